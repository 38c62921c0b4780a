import { afterEach, describe, expect, it } from 'vitest';
import type { PoolNumber } from '../../src/domain/pool-number.ts';
import type { OpenSession } from '../../src/ports/intake.ts';
import type { Store } from '../../src/ports/store.ts';
import { poolNumber, t0 } from '../../src/testing/contract/contract-case.ts';
import { chanceOf, type Chance } from '../support/chance.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

const isLong = process.env['TEST_LONG'] === '1';
const histories = isLong ? 200 : 8;
const wishes = 60;
const seed = Number(process.env['TEST_SEED'] ?? (isLong ? Date.now() % 1_000_000 : 5));
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const open: { store: Store; database: TestDatabase }[] = [];
const closeAll = async () => {
  for (const { store, database } of open.splice(0)) {
    await store.close();
    await database.drop();
  }
};
afterEach(closeAll);

interface Hold {
  number: PoolNumber;
  customerId: string;
  until: number;
}

/** Which numbers are given, in which order, written down as plainly as can be. */
class Model {
  holds: Hold[] = [];
  private readonly pool: readonly PoolNumber[];

  constructor(pool: readonly PoolNumber[]) {
    this.pool = pool;
  }

  give(wish: OpenSession): string[] {
    this.holds = this.holds.filter(({ until }) => until > wish.now);
    const lasting = bySoonestEnd(this.pool).filter(
      (number) => number.verificationStatus === 'VERIFIED' && endOf(number) > wish.verifiedUntil,
    );
    const isMine = (number: PoolNumber) =>
      this.holds.some((hold) => hold.number.id === number.id && hold.customerId === wish.customerId);
    const isFree = (number: PoolNumber) => !this.holds.some((hold) => hold.number.id === number.id);
    const isWished = ({ country }: PoolNumber) => wish.country === undefined || country === wish.country;
    const mine = lasting.filter(isMine);
    const mayWishForMore = mine.length < 3 * wish.wanted;
    const given = [
      ...mine.filter(isWished),
      ...lasting.filter(
        (number) => wish.country !== undefined && mayWishForMore && isWished(number) && isFree(number),
      ),
      ...mine.filter((number) => !isWished(number)),
      ...lasting.filter(isFree),
    ];
    const ids = new Set([...new Set(given.map(({ id }) => id))].slice(0, wish.wanted));
    const chosen = bySoonestEnd(this.pool).filter(({ id }) => ids.has(id));
    this.holds = this.holds.filter(({ number }) => !ids.has(number.id));
    for (const number of chosen)
      this.holds.push({ number, customerId: wish.customerId, until: wish.launchUntil });
    return [...chosen.filter(isWished), ...chosen.filter((number) => !isWished(number))].map(({ id }) => id);
  }
}

const endOf = ({ verificationExpiresAt }: PoolNumber) => verificationExpiresAt ?? Infinity;
const bySoonestEnd = (pool: readonly PoolNumber[]) =>
  pool.toSorted((a, b) => (endOf(a) === endOf(b) ? 0 : endOf(a) - endOf(b)));

/** A pool in which no two numbers end at once, in no order of their ids; one at most has no end. */
function poolOf(chance: Chance): PoolNumber[] {
  const size = 1 + chance.below(12);
  const ends = Array.from({ length: size }, (_, n) => t0 + (20 + n * chance.below(8)) * hour + n * minute);
  return ends
    .map((end, n) => ({ end, n, place: chance.below(1_000) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ end, n }, place) =>
      poolNumber(place, {
        country: chance.of(['US', 'US', 'DE', undefined]),
        verificationStatus: chance.below(8) === 0 ? 'EXPIRED' : 'VERIFIED',
        verificationExpiresAt: n === 0 && chance.below(2) === 0 ? undefined : end,
      }),
    );
}

describe.each(engines)('the numbers that a customer is given on $name', ({ create }) => {
  it(
    'are those that a plain account of the rules names, in its order',
    { timeout: isLong ? 900_000 : 60_000 },
    async () => {
      const seen = { none: 0, again: 0, several: 0, elsewhere: 0 };
      for (let history = 0; history < histories; history += 1) {
        const chance = chanceOf(seed * 1_000 + history);
        const pool = poolOf(chance);
        await closeAll();
        const database = await create();
        const store = await openStore(database.address);
        open.push({ store, database });
        await store.mirrorPool({ numbers: pool, now: t0, complete: true });
        const model = new Model(pool);
        let now = t0;
        for (let n = 0; n < wishes; n += 1) {
          now += chance.of([0, 1, 3 * minute, 20 * minute, 61 * minute]);
          const customerId = `customer-${chance.below(5)}`;
          const wish: OpenSession = {
            id: `session-${chance.below(3)}-of-${customerId}`,
            customerId,
            country: chance.of([undefined, undefined, 'US', 'DE', 'FR']),
            wanted: 1 + chance.below(3),
            now,
            launchUntil: now + hour,
            claimUntil: now + day,
            verifiedUntil: now + hour + day,
          };
          const held = model.holds.filter((hold) => hold.customerId === customerId);
          const expected = model.give(wish);
          const { numbers } = await store.openSession(wish);
          const ids = numbers.map(({ id }) => id);
          expect(ids, `seed ${seed}, history ${history}, wish ${n}: ${JSON.stringify(wish)}`).toEqual(
            expected,
          );
          const isWished = (id: string) => pool.some((one) => one.id === id && one.country === wish.country);
          seen.none += ids.length === 0 ? 1 : 0;
          seen.several += ids.length > 1 ? 1 : 0;
          seen.again += held.some(({ number }) => ids.includes(number.id)) ? 1 : 0;
          seen.elsewhere += wish.country !== undefined && ids.length > 0 && !ids.some(isWished) ? 1 : 0;
        }
      }
      // Each of these happens often, or the account above says little.
      for (const [what, count] of Object.entries(seen))
        expect(count, `${what} is rare`).toBeGreaterThan(histories);
    },
  );
});
