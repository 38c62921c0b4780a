import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { compareAccounts, compareWhenDue } from '../../src/reconcile/compare-accounts.ts';
import { sweep } from '../../src/reconcile/sweep.ts';
import { failure, listOf, now } from '../registration/support/step-world.ts';
import { hour, minute, reconcileWorld } from './support/reconcile-world.ts';

const account = (n: number) => ({ wabaId: String(1_000 + n), ownerBusinessId: '9' });

describe('the comparison with Meta’s list', () => {
  it('notes all accounts, a hundred at a time', async () => {
    const noted: number[] = [];
    const ids = new Set<string>();
    const { deps } = reconcileWorld({
      graph: { listClientAccounts: () => listOf(Array.from({ length: 250 }, (_, n) => account(n))) },
      store: {
        noteAccounts({ accounts }) {
          noted.push(accounts.length);
          for (const { wabaId } of accounts) ids.add(wabaId);
          return Promise.resolve({ unknown: 0 });
        },
      },
    });
    await compareAccounts(deps)();
    expect(noted).toEqual([100, 100, 50]);
    expect(ids.size).toBe(250);
  });
});

/** A node that is asked every quarter of an hour. */
function asked(over: Partial<Store> = {}) {
  const turns = new Set<string>();
  const lists: number[] = [];
  let at = now;
  let fails = false;
  const { deps } = reconcileWorld({
    graph: {
      listClientAccounts() {
        lists.push((at - now) / minute);
        if (fails) throw failure({ kind: 'permission' });
        return listOf([]);
      },
    },
    store: {
      takeTurn({ name, slot }) {
        const isFirst = !turns.has(`${name} ${slot}`);
        turns.add(`${name} ${slot}`);
        return Promise.resolve(isFirst);
      },
      returnTurn: ({ name, slot }) => Promise.resolve(void turns.delete(`${name} ${slot}`)),
      hastenVanished: () => Promise.resolve({ vanished: 0 }),
      hasSilentSessions: () => Promise.resolve(false),
      ...over,
    },
  });
  const compare = compareWhenDue({ ...deps, clock: { now: () => at } });
  return {
    lists,
    compare,
    fail: (does: boolean) => (fails = does),
    async during(ms: number) {
      for (const until = at + ms; at < until; at += 15 * minute) await compare();
    },
  };
}

describe('the accounts are compared', () => {
  it('every six hours', async () => {
    const { lists, during } = asked();
    await during(24 * hour);
    expect(lists).toEqual([0, 360, 720, 1080]);
  });

  it('every hour while a page may have died in silence', async () => {
    const { lists, during } = asked({ hasSilentSessions: () => Promise.resolve(true) });
    await during(4 * hour);
    expect(lists).toEqual([0, 60, 120, 180]);
  });

  it('every quarter of an hour while numbers vanish', async () => {
    const since: number[] = [];
    const { lists, during } = asked({
      hastenVanished: ({ now: at, since: from }) => {
        since.push(at - from);
        return Promise.resolve({ vanished: 1 });
      },
    });
    await during(hour);
    expect(lists).toEqual([0, 15, 30, 45]);
    expect(new Set(since)).toEqual(new Set([hour]));
  });

  it('again when that failed, although nothing is due by itself', async () => {
    const { lists, compare, fail, during } = asked();
    fail(true);
    await expect(compare()).rejects.toMatchObject({ kind: 'permission' });
    fail(false);
    await during(hour);
    expect(lists).toEqual([0, 0]);
  });
});

describe('a sweep', () => {
  it('goes on in slices while there is more, and not for ever', async () => {
    const calls = { revived: 0, warned: 0, forgotten: 0 };
    const { deps, log } = reconcileWorld({
      store: {
        reviveStuck({ before, limit }) {
          expect([now - before, limit]).toEqual([10 * minute, 50]);
          return Promise.resolve((calls.revived += 1) < 3 ? limit : 1);
        },
        warnOfTokens: () => Promise.resolve((calls.warned += 1) && 0),
        forgetHeard({ before, limit }) {
          expect(now - before).toBe(30 * 24 * hour);
          calls.forgotten += 1;
          return Promise.resolve(limit);
        },
      },
    });
    await sweep(deps)();
    expect(calls).toEqual({ revived: 3, warned: 1, forgotten: 20 });
    expect(log).toContain('claims that were under way had no work');
  });
});
