import { describe, expect, it } from 'vitest';
import type { AccountLease } from '../../src/ports/accounts.ts';
import { now, numberWith } from '../registration/support/step-world.ts';
import { failingList, look, settled } from './support/looks.ts';
import {
  hour,
  leaseWith,
  minute,
  reconcileWorld,
  second,
  type ReconcileWorld,
} from './support/reconcile-world.ts';

interface Ended {
  kept: readonly string[];
  isLast: boolean;
}

/** A world whose store notes what is ended. */
function world(given: Parameters<typeof reconcileWorld>[0] = {}): { world: ReconcileWorld; ended: Ended[] } {
  const ended: Ended[] = [];
  const endAccount = ({ kept, isLast }: Ended) => Promise.resolve(ended.push({ kept, isLast }));
  return { world: reconcileWorld({ ...given, store: { ...given.store, endAccount } }), ended };
}
const refused = { graph: { listAccountNumbers: () => failingList('permission') } };
const removed: Partial<AccountLease> = { addedAt: now - hour, removedAt: now - minute };

describe('an account that was removed', () => {
  it('and that Meta shows to nobody here, has all its claims ended, and is not looked at again', async () => {
    for (const addedAt of [undefined, now - hour, now - minute]) {
      const { world: gone, ended } = world(refused);
      expect(await look(gone, leaseWith({ ...removed, addedAt }))).toEqual({
        lookAgainAt: undefined,
        settled: true,
      });
      expect(ended).toEqual([{ kept: [], isLast: true }]);
    }
  });

  it('and that Meta still shows, keeps the claims on what is there, and is looked at again', async () => {
    const { world: shown, ended } = world({
      numbers: [numberWith({ id: '7' }), numberWith({ id: '8', status: 'DISCONNECTED' })],
    });
    const end = await look(shown, leaseWith({ ...removed, looks: 1 }));
    expect(end).toEqual({ lookAgainAt: now + 30 * second, settled: false });
    expect(ended).toEqual([{ kept: ['7'], isLast: false }]);
    // It may be a list that lags: nothing new is made of it yet.
    expect(shown.recovered).toEqual([]);
  });

  it('and that Meta goes on showing for hours, is ours again', async () => {
    const { world: shown, ended } = world();
    const long = {
      ...removed,
      looks: 9,
      foundAt: now - 20 * hour,
      removedAt: now - 10 * hour,
      addedAt: now - 15 * hour,
    };
    await look(shown, leaseWith(long));
    expect(ended).toEqual([{ kept: ['7'], isLast: true }]);
    expect(shown.recovered).toHaveLength(1);
  });

  it('and added again, whichever came first, has its numbers looked at', async () => {
    const { world: again, ended } = world();
    await look(again, leaseWith({ addedAt: now - minute, removedAt: now - hour }));
    expect(ended).toEqual([{ kept: ['7'], isLast: true }]);
    expect(again.recovered).toMatchObject([{ customerId: 'ada' }]);
  });

  it('is not taken for removed because our own token is no good', async () => {
    const { world: broken, ended } = world({ graph: { listAccountNumbers: () => failingList('auth') } });
    await expect(look(broken, leaseWith(removed))).rejects.toMatchObject({ kind: 'auth' });
    expect(ended).toEqual([]);
  });

  it('in one number has that one ended, unless it is still there', async () => {
    const left = { removedNumbers: [{ phoneNumber: '15550100002', at: now }], looks: 1 };
    const { world: shown, ended } = world();
    expect(await look(shown, leaseWith(left))).toEqual({ lookAgainAt: now + 30 * second, settled: false });
    expect(ended).toEqual([{ kept: ['7'], isLast: false }]);
    const { world: hidden, ended: all } = world(refused);
    await look(hidden, leaseWith(left));
    expect(all).toEqual([{ kept: [], isLast: true }]);
  });

  it('is left to whoever has the lease now', async () => {
    const fenced = reconcileWorld({ ...refused, store: { endAccount: () => Promise.resolve(undefined) } });
    expect(await look(fenced, leaseWith(removed))).toBe('fenced');
  });

  it('leads to nothing more once it is settled and Meta shows it: the next look is one of routine', async () => {
    const { world: shown } = world({ store: { findPoolNumber: () => Promise.resolve(undefined) } });
    const lease = leaseWith({ ...removed, settledAt: now - hour, looks: 9 });
    await look(shown, lease);
    expect(
      await look(shown, {
        ...lease,
        settledAt: undefined,
        foundAt: now - 20 * hour,
        removedAt: now - 12 * hour,
        addedAt: now - 13 * hour,
      }),
    ).toMatchObject(settled);
  });

  it('has its claims ended also where nothing is recovered, and is not even read before that', async () => {
    const { world: off, ended } = world(refused);
    const deps = { ...off.deps, options: { recovery: false } };
    expect(await look({ ...off, deps }, leaseWith({ addedAt: now }))).toEqual({
      lookAgainAt: undefined,
      settled: true,
    });
    expect(off.readWith).toEqual([]);
    await look({ ...off, deps }, leaseWith(removed));
    expect(ended).toHaveLength(1);
    const { world: shown } = world();
    await look(
      { ...shown, deps: { ...shown.deps, options: { recovery: false } } },
      leaseWith({ ...removed, addedAt: now }),
    );
    expect(shown.recovered).toEqual([]);
  });
});
