import { describe, expect, it } from 'vitest';
import type { PoolNumber } from '../../src/domain/pool-number.ts';
import { syncPool } from '../../src/pool/sync-pool.ts';
import type { PoolStore } from '../../src/ports/pool-store.ts';
import type { Store } from '../../src/ports/store.ts';
import { poolNumber, t0 } from '../../src/testing/contract/contract-case.ts';

/** One sync of what Meta lists. */
async function synced(numbers: Omit<PoolNumber, 'country'>[], unreadable = 0) {
  const mirrored: Parameters<Store['mirrorPool']>[0][] = [];
  const countries: Parameters<PoolStore['noteCountries']>[0][] = [];
  const log: string[] = [];
  const note = (message: string) => void log.push(message);
  const sync = syncPool({
    graph: { listPool: () => Promise.resolve({ numbers, unreadable }) },
    store: {
      mirrorPool: (input) => {
        mirrored.push(input);
        return Promise.resolve({ gone: 4 });
      },
      noteCountries: (noted) => Promise.resolve(void countries.push(noted)),
    },
    clock: { now: () => t0 },
    logger: { debug() {}, info: note, warn: note, error: note },
    businessId: '2000',
  });
  return { result: await sync(), mirrored: mirrored[0], countries: countries[0], log };
}

describe('a sync of the pool', () => {
  it('says how many are listed, gone, lapsed, and shared with us', async () => {
    const { result } = await synced([
      poolNumber(1),
      poolNumber(2, { verificationExpiresAt: t0 }),
      poolNumber(3, { verificationStatus: 'EXPIRED' }),
      poolNumber(4, { ownerBusinessId: '77' }),
      poolNumber(5, { ownerBusinessId: undefined }),
      poolNumber(6, {
        verificationStatus: 'NOT_VERIFIED',
        verifiedAt: undefined,
        verificationExpiresAt: undefined,
      }),
    ]);
    expect(result).toMatchObject({ listed: 6, gone: 4, lapsed: 2, shared: 1 });
  });

  it('counts a number once that is on two pages', async () => {
    const { result, mirrored } = await synced([
      poolNumber(1),
      poolNumber(2),
      poolNumber(1, { ownerBusinessId: '77' }),
    ]);
    expect(result).toMatchObject({ listed: 2, shared: 1 });
    expect(mirrored?.numbers.map(({ id }) => id)).toEqual(['1000001', '1000002']);
  });

  it('notes each country once, and that some numbers do not tell theirs', async () => {
    const { countries } = await synced([
      poolNumber(1),
      poolNumber(2),
      poolNumber(3, { phoneNumber: '+31612345678' }),
      poolNumber(4, { phoneNumber: '+999123456789' }),
    ]);
    expect(countries).toEqual(['US', 'NL', '']);
  });

  it('takes nothing for gone where an entry could not be read, and says so', async () => {
    expect((await synced([poolNumber(1)], 1)).mirrored?.complete).toBe(false);
    expect((await synced([poolNumber(1)], 1)).log).toEqual(['the pool has entries that cannot be read']);
    expect((await synced([poolNumber(1)])).mirrored?.complete).toBe(true);
  });
});
