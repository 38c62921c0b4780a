import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Timer } from '../../src/ports/clock.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { StepEnd } from '../../src/ports/step.ts';
import type { Store } from '../../src/ports/store.ts';
import { leased, t0 } from '../../src/testing/contract/contract-case.ts';
import { runClaim } from '../../src/worker/run-claim.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A timer whose hands are moved by the test. */
function handTimer() {
  const waiting = new Set<() => void>();
  const timer: Timer = {
    after(_ms, run) {
      waiting.add(run);
      return { cancel: () => void waiting.delete(run) };
    },
  };
  const strike = () => {
    const due = Array.from(waiting);
    waiting.clear();
    for (const run of due) run();
  };
  return { timer, strike, waiting };
}

describe.each(engines)('running a claim on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await openStore(database.address);
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  const runner = (steps: Record<string, () => Promise<StepEnd>>, timer: Timer, over: Partial<Store> = {}) =>
    runClaim({
      store: { ...store, ...over },
      clock: { now: () => t0 },
      timer,
      logger: silent,
      leaseMs: 60_000,
      steps,
    });

  it('renews its lease while Meta is slow, and stops when the claim is done', async () => {
    const lease = await leased(store, 'ada');
    const { timer, strike, waiting } = handTimer();
    let finish: (end: StepEnd) => void = () => undefined;
    const slow = new Promise<StepEnd>((resolve) => {
      finish = resolve;
    });
    const renewed: boolean[] = [];
    const run = runner({ exchange: () => slow }, timer, {
      async renewLease(input) {
        const holds = await store.renewLease(input);
        renewed.push(holds);
        return holds;
      },
    });
    const done = run(lease, new AbortController().signal);
    for (let beat = 1; beat <= 3; beat += 1) {
      await expect.poll(() => waiting.size).toBe(1);
      strike();
      await expect.poll(() => renewed.length).toBe(beat);
    }
    finish({ next: { do: 'done' } });
    await done;
    expect(renewed).toEqual([true, true, true]);
    await expect.poll(() => waiting.size).toBe(0);
  });

  it('rests when a step breaks, and says so on the claim when it goes on', async () => {
    const { timer } = handTimer();
    const broken = runner({ exchange: () => Promise.reject(new Error('CANARY')) }, timer);
    const first = await leased(store, 'ada');
    await broken(first, new AbortController().signal);
    expect(await store.leaseWork({ now: t0 + 29_999, limit: 1 })).toEqual([]);
    const reason = async () => (await store.findClaim(first.claimId))?.reason?.code;
    expect(await reason()).toBeUndefined();
    for (let round = 1; round <= 2; round += 1) {
      const [lease] = await store.leaseWork({ now: t0 + 30_000, limit: 1 });
      if (lease === undefined) throw new Error('not due');
      await broken(lease, new AbortController().signal);
    }
    expect(await reason()).toBe('step_broke');
  });

  it('leaves a step that it does not know to a newer node', async () => {
    const { timer } = handTimer();
    const lease = await leased(store, 'ada');
    await runner({}, timer)(lease, new AbortController().signal);
    expect(await store.leaseWork({ now: t0 + 30_000, limit: 1 })).toHaveLength(1);
  });

  it('gives back at once what it had not begun when it is told to stop', async () => {
    const { timer } = handTimer();
    const lease = await leased(store, 'ada');
    const stopping = new AbortController();
    const run = runner(
      {
        exchange: () => {
          stopping.abort();
          return Promise.resolve({ next: { do: 'go', step: 'prove' } });
        },
        prove: () => Promise.reject(new Error('must not be begun')),
      },
      timer,
    );
    await run(lease, stopping.signal);
    expect(await store.leaseWork({ now: t0, limit: 1 })).toMatchObject([{ step: 'prove' }]);
  });
});
