import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/durations.ts';
import { lookOverPool } from '../../src/pool/look-over-pool.ts';
import type { PoolRecord } from '../../src/ports/records.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';

const record = (id: number, over: Partial<PoolRecord> = {}): PoolRecord => ({
  id: String(id),
  phoneNumber: `+1555010${String(id).padStart(4, '0')}`,
  displayPhoneNumber: `+1 555-010-${String(id).padStart(4, '0')}`,
  country: 'US',
  verificationStatus: 'VERIFIED',
  verifiedAt: t0 - day,
  verificationExpiresAt: t0 + 60 * day,
  ownerBusinessId: undefined,
  heldBy: undefined,
  heldUntil: undefined,
  claimId: undefined,
  claimedBy: undefined,
  claimedAt: undefined,
  goneAt: undefined,
  lastListedAt: undefined,
  syncedAt: t0,
  firstSeenAt: t0 - 80 * day,
  ...over,
});
const never = { verificationStatus: 'NOT_VERIFIED', verifiedAt: undefined, verificationExpiresAt: undefined };

/** A pool that is listed in pages of two. */
function world(records: PoolRecord[]) {
  const seen = { pages: 0, rests: 0 };
  const look = lookOverPool({
    clock: { now: () => t0 },
    sleep: () => {
      seen.rests += 1;
      return Promise.resolve();
    },
    store: {
      listPool({ cursor }) {
        seen.pages += 1;
        const from = Number(cursor ?? 0);
        const next = from + 2;
        return Promise.resolve({
          items: records.slice(from, next),
          nextCursor: next < records.length ? String(next) : undefined,
        });
      },
    },
  });
  return { look, seen };
}

describe('a look over the pool', () => {
  it('counts how many numbers stand where, and names those that need a hand, the most urgent first', async () => {
    const { look } = world([
      record(1),
      record(2, { heldBy: 'ada', heldUntil: t0 + 1 }),
      record(3, { claimId: 'c', verificationExpiresAt: t0 + day }),
      record(4, { verificationStatus: 'EXPIRED' }),
      record(5, { goneAt: t0 }),
      record(6, never),
      record(7, { verificationExpiresAt: t0 + 9 * day }),
      record(8, { verificationExpiresAt: t0 + 2 * day }),
      record(9, { verificationExpiresAt: t0 }),
      record(10, { ...never, firstSeenAt: t0 }),
    ]);
    const { counts, nextExpiryAt, lapsing, dropping } = await look();
    expect(counts).toEqual({ unverified: 2, free: 3, held: 1, claimed: 1, lapsed: 2, gone: 1 });
    expect(nextExpiryAt).toBe(t0 + 2 * day);
    expect(lapsing.count).toBe(2);
    expect(lapsing.first.map(({ id }) => id)).toEqual(['8', '7']);
    expect(dropping.first).toMatchObject([{ id: '6', at: t0 + 10 * day }]);
  });

  it('names twenty of many, the most urgent ones', async () => {
    const { look } = world(
      Array.from({ length: 50 }, (_, n) =>
        record(n, { verificationExpiresAt: t0 + ((n * 7) % 50) * 1000 + 1 }),
      ),
    );
    const { lapsing } = await look();
    expect(lapsing.count).toBe(50);
    expect(lapsing.first.map(({ at }) => at)).toEqual(
      Array.from({ length: 20 }, (_, n) => t0 + n * 1000 + 1),
    );
  });

  it('rests between its slices, and is one look for all who ask meanwhile', async () => {
    const { look, seen } = world([record(1), record(2), record(3), record(4), record(5)]);
    const [one, other] = await Promise.all([look(), look()]);
    expect(other).toBe(one);
    expect(seen).toEqual({ pages: 3, rests: 2 });
    expect(await look()).toEqual(one);
    expect(seen.pages).toBe(6);
  });
});
