import { describe, expect, it } from 'vitest';
import { patience, patiently } from '../../src/cli/patiently.ts';
import { StoreUnavailableError } from '../../src/ports/store-errors.ts';

const locked: Error = new StoreUnavailableError('locked');

/** A database that is locked until a moment, and somebody who waits for it; each try takes a second. */
function waiting({ lockedUntil = Infinity, stopAt = Infinity, error = locked } = {}) {
  let now = 0;
  const told: [waited: number, most: number][] = [];
  let tries = 0;
  const result = patiently(
    () => {
      tries += 1;
      now += 1_000;
      return now > lockedUntil ? Promise.resolve('done') : Promise.reject(error);
    },
    {
      isStopped: () => now >= stopAt,
      wait: (ms) => {
        now += ms;
        return Promise.resolve();
      },
      now: () => now,
      onWait: (waited, most) => told.push([waited, most]),
    },
  );
  return { result, told, tries: () => tries, now: () => now };
}

describe('work that needs the database', () => {
  it('waits for a lock of six seconds, and says how long it has', async () => {
    const { result, told } = waiting({ lockedUntil: 6_000 });
    expect(await result).toBe('done');
    expect(told[0]).toEqual([1_000, patience]);
    expect(told.map(([waited]) => waited)).toEqual([1_000, 2_500, 4_000, 5_500]);
  });

  it('gives up after 30 seconds with why', async () => {
    const { result, now } = waiting();
    await expect(result).rejects.toThrow('locked');
    expect(now()).toBeGreaterThanOrEqual(patience);
    expect(now()).toBeLessThan(patience + 3_000);
  });

  it('gives up at once when it is to stop', async () => {
    const { result, now } = waiting({ stopAt: 3_000 });
    await expect(result).rejects.toThrow('locked');
    expect(now()).toBeLessThan(5_000);
  });

  it('waits for nothing else that goes wrong', async () => {
    const { result, tries } = waiting({ error: new Error('a bug') });
    await expect(result).rejects.toThrow('a bug');
    expect(tries()).toBe(1);
  });
});
