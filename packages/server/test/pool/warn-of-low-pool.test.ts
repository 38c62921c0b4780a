import { describe, expect, it } from 'vitest';
import { day, hour } from '../../src/domain/durations.ts';
import { warnOfLowPool } from '../../src/pool/warn-of-low-pool.ts';
import type { PoolStore } from '../../src/ports/pool-store.ts';

const now = Date.UTC(2026, 0, 1);
type Asked = Parameters<PoolStore['warnOfLowPool']>[0];

/** A look, and what the store was asked to warn of. */
function warning(low: Parameters<typeof warnOfLowPool>[0]['low'], countries: string[]) {
  const asked: Asked[] = [];
  const warn = warnOfLowPool({
    store: {
      listCountries: () => Promise.resolve(countries),
      warnOfLowPool: (input) => {
        asked.push(input);
        return Promise.resolve([]);
      },
    },
    clock: { now: () => now },
    low,
  });
  return { warn, asked };
}

describe('a look whether the pool is low', () => {
  it('is about each country that the pool knows, also the one of numbers that do not tell', async () => {
    const { warn, asked } = warning(5, ['', 'NL', 'US']);
    await warn();
    expect(asked.map(({ levels }) => levels)).toEqual([
      [
        { country: '', low: 5 },
        { country: 'NL', low: 5 },
        { country: 'US', low: 5 },
      ],
    ]);
  });

  it('is about the countries that were named, whatever the pool has', async () => {
    const { warn, asked } = warning({ US: 20, GB: 3 }, ['NL']);
    await warn();
    expect(asked.map(({ levels }) => levels)).toEqual([
      [
        { country: 'US', low: 20 },
        { country: 'GB', low: 3 },
      ],
    ]);
  });

  it('counts what lasts as long as a number that a customer is given', async () => {
    const { warn, asked } = warning(1, ['US']);
    await warn();
    expect(asked).toMatchObject([{ now, verifiedUntil: now + hour + day }]);
  });

  it('says nothing before the first list has come, and then also of a pool without a number', async () => {
    const { warn, asked } = warning({ US: 1 }, []);
    await warn();
    expect(asked).toEqual([]);
    await warn('sync');
    expect(asked).toHaveLength(1);
  });

  it('is none where nobody asked for it', async () => {
    const { warn, asked } = warning(undefined, ['US']);
    await warn('sync');
    expect(asked).toEqual([]);
  });
});
