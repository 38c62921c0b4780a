import { describe, expect, it } from 'vitest';
import type { AccountLease } from '../../src/ports/accounts.ts';
import type { Timer } from '../../src/ports/clock.ts';
import type { Graph } from '../../src/ports/graph.ts';
import type { Store } from '../../src/ports/store.ts';
import { lookAtAccounts } from '../../src/reconcile/look-at-accounts.ts';
import { failure, listOf, now } from '../registration/support/step-world.ts';
import { hour, leaseWith, minute, reconcileWorld, second } from './support/reconcile-world.ts';

type Finish = Parameters<Store['finishAccount']>[0];

/** A lane over accounts that wait to be leased, each once. */
function laneOver(due: AccountLease[], graph: Partial<Graph> = {}, store: Partial<Store> = {}) {
  const finished: Finish[] = [];
  const asked: number[] = [];
  const beats = new Set<() => void>();
  const timer: Timer = {
    after(_ms, run) {
      beats.add(run);
      return { cancel: () => void beats.delete(run) };
    },
  };
  const closing = new AbortController();
  const world = reconcileWorld({
    graph: { listAccountNumbers: () => listOf([]), ...graph },
    store: {
      leaseAccounts({ limit }) {
        asked.push(limit);
        return Promise.resolve(due.splice(0, limit));
      },
      finishAccount(input) {
        finished.push(input);
        return Promise.resolve(true);
      },
      renewAccount: () => Promise.resolve(true),
      ...store,
    },
  });
  const lane = lookAtAccounts({ ...world.deps, timer, leaseMs: 30 * second, signal: closing.signal });
  return { lane, finished, asked, beats, closing, world };
}

const accounts = (count: number, over: Partial<AccountLease> = {}) =>
  Array.from({ length: count }, (_, index) => leaseWith({ wabaId: String(100 + index), ...over }));

describe('looks at accounts', () => {
  it('are four at once at the most, and go on until nothing is due', async () => {
    let atOnce = 0;
    let most = 0;
    const { lane, finished } = laneOver(accounts(30), {
      async *listAccountNumbers() {
        most = Math.max(most, (atOnce += 1));
        await new Promise((resolve) => setImmediate(resolve));
        atOnce -= 1;
        yield* [];
      },
    });
    await lane.runDue();
    expect(finished).toHaveLength(30);
    expect(most).toBe(4);
  });

  it('do not make whoever begins them wait', async () => {
    let go: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (go = resolve));
    const { lane, finished, asked } = laneOver(accounts(4), {
      async *listAccountNumbers() {
        await slow;
        yield* [];
      },
    });
    await lane.begin();
    await lane.begin();
    expect({ finished: finished.length, asked }).toEqual({ finished: 0, asked: [4] });
    go();
    await lane.settled();
    expect(finished).toHaveLength(4);
  });

  it('that break stop no other one, and are tried again later each time', async () => {
    const lane = (looks: number) =>
      laneOver(accounts(3, { looks }), {
        listAccountNumbers: (wabaId) => {
          if (wabaId === '101') throw new Error('a defect of ours');
          return listOf([]);
        },
      });
    const waits: number[] = [];
    for (const looks of [1, 2, 3, 20]) {
      const { lane: one, finished, world } = lane(looks);
      await one.runDue();
      expect(finished.map((end) => end.lease.wabaId).toSorted()).toEqual(['100', '101', '102']);
      const broken = finished.find((end) => end.lease.wabaId === '101');
      expect(broken?.settled).toBe(false);
      waits.push((broken?.lookAgainAt ?? 0) - now);
      expect(world.log).toContain('a look at an account broke; it is tried again');
    }
    expect(waits).toEqual([30 * second, minute, 2 * minute, 30 * minute]);
  });

  it('that Meta puts off come again when Meta says, and not before', async () => {
    const throttled = failure({ kind: 'throttled', retryAt: now + 3 * hour });
    const { lane, finished } = laneOver(accounts(1), {
      async *listAccountNumbers() {
        await Promise.reject(throttled);
        yield* [];
      },
    });
    await lane.runDue();
    expect(finished).toMatchObject([{ lookAgainAt: now + 3 * hour, settled: false }]);
  });

  it('that Meta refuses for a reason of its own become rare', async () => {
    const refused = failure({ kind: 'invalid_input' });
    const graph: Partial<Graph> = {
      async *listAccountNumbers() {
        await Promise.reject(refused);
        yield* [];
      },
    };
    const { lane, finished } = laneOver(accounts(1, { looks: 30 }), graph);
    await lane.runDue();
    expect(finished).toMatchObject([{ lookAgainAt: now + 6 * hour }]);
  });

  it('of routine stay routine when they fail', async () => {
    const { lane, finished } = laneOver(accounts(1, { settledAt: now - hour }), {
      listAccountNumbers: () => {
        throw new Error('a defect of ours');
      },
    });
    await lane.runDue();
    expect(finished).toMatchObject([{ settled: true }]);
  });

  it('keep their lease while Meta is slow, and stop renewing it at the end', async () => {
    let go: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (go = resolve));
    const renewed: string[] = [];
    const { lane, beats } = laneOver(
      accounts(1),
      {
        async *listAccountNumbers() {
          await slow;
          yield* [];
        },
      },
      {
        renewAccount({ lease }) {
          renewed.push(lease.wabaId);
          return renewed.length === 1
            ? Promise.reject(new Error('the database is away for a moment'))
            : Promise.resolve(true);
        },
      },
    );
    await lane.begin();
    for (let beat = 1; beat <= 3; beat += 1) {
      await expect.poll(() => beats.size).toBe(1);
      const [run] = beats;
      beats.clear();
      run?.();
      await expect.poll(() => renewed.length).toBe(beat);
    }
    await expect.poll(() => beats.size).toBe(1);
    go();
    await lane.settled();
    expect(beats.size).toBe(0);
  });

  it('are not begun while the kit is closing, and what was taken goes back', async () => {
    const stop: (() => void)[] = [];
    const leaseAccounts = () => {
      for (const run of stop) run();
      return Promise.resolve(accounts(2));
    };
    const { lane, finished, closing, world } = laneOver([], {}, { leaseAccounts });
    stop.push(() => closing.abort());
    await lane.runDue();
    expect(finished).toMatchObject([{ lookAgainAt: now }, { lookAgainAt: now }]);
    expect(world.readWith).toEqual([]);
    await lane.runDue();
    expect(finished).toHaveLength(2);
  });

  it('write nothing when somebody else has the account', async () => {
    const fenced = { endAccount: () => Promise.resolve(undefined) };
    const { lane, finished } = laneOver(accounts(1, { removedAt: now }), {}, fenced);
    await lane.runDue();
    expect(finished).toEqual([]);
  });
});
