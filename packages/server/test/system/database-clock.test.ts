import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../src/ports/store-errors.ts';
import { databaseClock } from '../../src/system/database-clock.ts';

const t = Date.UTC(2026, 0, 1);

/** A machine and a database, each with a clock that a test sets. */
function world() {
  const times = { machine: t, database: t as number | undefined };
  const warned: unknown[] = [];
  const due: (() => void)[] = [];
  let isAway = false;
  const clock = databaseClock({
    machine: { now: () => times.machine },
    timer: {
      after(_ms, run) {
        due.push(run);
        return { cancel: () => void due.splice(due.indexOf(run), 1) };
      },
    },
    logger: { debug() {}, info() {}, warn: (message) => void warned.push(message), error() {} },
    readDatabase: () =>
      isAway ? Promise.reject(new StoreUnavailableError('away')) : Promise.resolve(times.database),
  });
  return { clock, times, warned, due, goAway: () => (isAway = true) };
}

describe('the clock of all nodes of a database', () => {
  it.each([-600_000, -3_000, 3_000, 600_000])(
    'is the database’s where the machine’s is off by %i ms',
    async (off) => {
      const { clock, times } = world();
      times.machine = t + off;
      expect(clock.now()).toBe(t + off);
      await clock.measure();
      expect(clock.now()).toBe(t);
      times.machine += 1_000;
      expect(clock.now()).toBe(t + 1_000);
    },
  );

  it('is the machine’s where both are as good as the same, and where there is only one', async () => {
    const { clock, times, warned } = world();
    times.database = t + 400;
    await clock.measure();
    expect(clock.now()).toBe(t);
    times.database = undefined;
    await clock.measure();
    expect(clock.now()).toBe(t);
    expect(warned).toEqual([]);
  });

  it('says when somebody should set the machine’s, once for each difference', async () => {
    const { clock, times, warned } = world();
    times.machine = t + 60_000;
    await clock.measure();
    await clock.measure();
    expect(warned).toHaveLength(1);
  });

  it('comes back to the machine’s once that was put right', async () => {
    const { clock, times } = world();
    times.machine = t + 60_000;
    await clock.measure();
    times.machine = t + 5_000;
    times.database = t + 5_000;
    await clock.measure();
    expect(clock.now()).toBe(t + 5_000);
  });

  it('stays what it was while the database is away', async () => {
    const { clock, times, goAway } = world();
    times.machine = t + 60_000;
    await clock.measure();
    goAway();
    await clock.measure();
    expect(clock.now()).toBe(t);
  });

  it('is measured again and again until it is stopped', async () => {
    const { clock, times, due } = world();
    clock.watch();
    times.machine = t + 60_000;
    due.shift()?.();
    await expect.poll(() => due.length).toBe(1);
    expect(clock.now()).toBe(t);
    clock.stop();
    expect(due).toEqual([]);
    clock.watch();
    expect(due).toEqual([]);
  });
});
