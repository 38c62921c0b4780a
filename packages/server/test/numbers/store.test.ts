import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatedFacts, NumberFacts } from '../../src/domain/number-facts.ts';
import type { NumberNews } from '../../src/domain/number-news.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Engine } from '../../src/store/engine/engine.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { chanceOf, type Chance } from '../support/chance.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { catchUp } from './support/catch-up.ts';

const isLong = process.env['TEST_LONG'] === '1';
const seeds = isLong ? [1, 2, 3, 4, 5, 6] : [Number(process.env['TEST_SEED'] ?? 20_261_121)];
const second = 1000;
const hour = 3_600_000;

describe.each(engines)('numbers in service on $name', ({ create }) => {
  let database: TestDatabase;
  let stores: Store[] = [];
  /** What another version, or a person, does to the database. */
  let engine: Engine;
  beforeEach(async () => {
    database = await create();
    stores = [await openStore(database.address), await openStore(database.address)];
    engine = openDatabase(database.address, {
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onLostConnection: () => undefined,
    });
  });
  afterEach(async () => {
    await Promise.all([...stores, engine].map((one) => one.close()));
    await database.drop();
  });

  const store = (n = 0): Store => {
    const one = stores[n];
    if (one === undefined) throw new Error('no store');
    return one;
  };
  const own = (count: number, from = 0) =>
    store().importClaims({
      now: t0,
      who: 'ann',
      claims: Array.from({ length: count }, (_, n) => ({
        id: `claim-${from + n}`,
        customerId: 'ada',
        wabaId: wabaOf(from + n),
        phoneNumberId: String(7_000 + from + n),
        phoneNumber: `+1415555${String(1_000 + from + n)}`,
        sealedToken: undefined,
        tokenExpiresAt: undefined,
        sealedPin: undefined,
        registeredAt: undefined,
      })),
    });
  const run = (query: ReturnType<typeof sql>) => engine.write((trx) => query.execute(trx));

  it('catches up with what a server of an older version recorded, slice by slice', async () => {
    await own(5);
    await run(sql`delete from signup_phone_numbers where phone_number_id <> '7000'`);
    const first = await store().noteMissingNumbers({ now: t0 + hour, limit: 3 });
    expect(first).toEqual({ noted: 2, next: { of: 'claims', id: 'claim-2' } });
    const rest = await store().noteMissingNumbers({ now: t0 + hour, limit: 3, after: first.next });
    expect(rest).toEqual({ noted: 2, next: { of: 'numbers', id: '' } });
    expect(await catchUp(store(), { now: t0 + hour, limit: 2 })).toBe(0);
    const all = await store().listNumbersToRead({ now: t0 + 2 * hour, limit: 10 });
    expect(all.map(({ phoneNumberId }) => phoneNumberId).toSorted()).toEqual([
      '7000',
      '7001',
      '7002',
      '7003',
      '7004',
    ]);
    expect(await store().findPhoneNumber('7003')).toMatchObject({
      wabaId: wabaOf(3),
      phoneNumber: '+14155551003',
      createdAt: t0 + hour,
      facts: {},
    });
  });

  it('catches up with claims that a server of an older version ended, or made live again', async () => {
    await own(2);
    await run(sql`update signup_claims set live = 0, status = 'ended' where id = 'claim-0'`);
    await run(sql`update signup_phone_numbers set left_at = ${t0} where phone_number_id = '7001'`);
    expect(await catchUp(store(), { now: t0 + hour, limit: 2 })).toBe(1);
    expect((await store().findPhoneNumber('7000'))?.leftAt).toBe(t0 + hour);
    expect((await store().findPhoneNumber('7001'))?.leftAt).toBeUndefined();
  });

  it('keeps facts that only a newer version knows, and takes nonsense for nothing', async () => {
    await own(2);
    const facts = { mood: { value: 'SUNNY', at: t0 }, status: { value: 'PENDING', at: 'then' } };
    await run(
      sql`update signup_phone_numbers set facts = ${JSON.stringify(facts)} where phone_number_id = '7000'`,
    );
    await run(sql`update signup_phone_numbers set facts = '[oops' where phone_number_id = '7001'`);
    const news = [0, 1].map((n): NumberNews => ({ ...blank(n), facts: { status: 'CONNECTED' }, at: t0 }));
    await store().recordNumberNews({ now: t0, readAt: t0, news });
    for (const n of [0, 1]) {
      expect((await store().findPhoneNumber(String(7_000 + n)))?.facts).toEqual({
        status: { value: 'CONNECTED', at: t0 },
      });
    }
    const { rows } = await sql<{
      facts: string;
    }>`select facts from signup_phone_numbers where phone_number_id = '7000'`.execute(engine.read);
    expect(JSON.parse(rows[0]?.facts ?? '')).toHaveProperty('mood', { value: 'SUNNY', at: t0 });
  });

  it('believes a read after one by a clock that was a day ahead, and a webhook of before that', async () => {
    await own(1);
    const read = (askedAt: number, facts: NumberFacts) =>
      store().keepNumberRead({
        phoneNumberId: '7000',
        askedAt,
        facts,
        displayPhoneNumber: '+1',
        nextReadAt: askedAt + hour,
        seen: 0,
      });
    await read(t0 + 24 * hour, { status: 'CONNECTED', messagingLimit: 'TIER_250' });
    await read(t0 + hour, { status: 'BANNED', messagingLimit: 'TIER_250' });
    const limit = { ...blank(0), facts: { messagingLimit: 'TIER_2K' }, at: t0 + 2 * hour };
    await store().recordNumberNews({ now: t0 + 2 * hour, readAt: t0 + 2 * hour, news: [limit] });
    // A read that ends late, of a clock that is right, changes nothing that is newer.
    await read(t0 + 2 * hour - second, { messagingLimit: 'TIER_10K' });
    const number = await store().findPhoneNumber('7000');
    expect(number?.facts).toEqual({
      status: { value: 'BANNED', at: t0 + hour },
      messagingLimit: { value: 'TIER_2K', at: t0 + 2 * hour },
    });
    const changes = await store().listPhoneNumberChanges({ phoneNumberId: '7000', limit: 10 });
    expect(changes.map(({ fact, before, after }) => [fact, before, after])).toEqual([
      ['messagingLimit', 'TIER_250', 'TIER_2K'],
      ['status', 'CONNECTED', 'BANNED'],
    ]);
  });

  it('notes the one number that somebody asks for, and no other', async () => {
    await own(3);
    await run(sql`delete from signup_phone_numbers`);
    await store().noteNumberOf({ now: t0 + hour, claimId: 'claim-1' });
    const found = await Promise.all(['7000', '7001', '7002'].map((id) => store().findPhoneNumber(id)));
    expect(found.map((number) => number?.createdAt)).toEqual([undefined, t0 + hour, undefined]);
    await run(sql`delete from signup_phone_numbers`);
    await run(sql`update signup_claims set live = 0, status = 'ended'`);
    await store().noteNumberOf({ now: t0 + hour, claimId: 'claim-1' });
    expect(await store().findPhoneNumber('7001')).toBeUndefined();
  });

  it('is of one app and portfolio alone', async () => {
    await own(2);
    const other = await openStore(database.address, 60_000, ['handler'], { appId: '8', businessId: '9' });
    try {
      await other.recordNumberNews({
        now: t0,
        readAt: t0,
        news: [
          { ...blank(0), facts: { status: 'BANNED' }, at: t0 },
          { about: 'cap', wabaId: wabaOf(0), mostNumbers: 2, at: t0 },
        ],
      });
      expect(await other.findPhoneNumber('7000')).toBeUndefined();
      expect(await other.listNumbersToRead({ now: t0 + hour, limit: 10 })).toEqual([]);
      await run(sql`delete from signup_phone_numbers where phone_number_id = '7001'`);
      expect(await catchUp(other, { now: t0 + hour, limit: 2 })).toBe(0);
      expect(await other.findPhoneNumber('7001')).toBeUndefined();
      await other.noteNumberOf({ now: t0 + hour, claimId: 'claim-1' });
      expect(await other.findPhoneNumber('7001')).toBeUndefined();
    } finally {
      await other.close();
    }
    expect(await store().findPhoneNumber('7000')).toMatchObject({ facts: {}, leftAt: undefined, wakes: 0 });
    expect(await store().findAccountCap(wabaOf(0))).toBeUndefined();
  });

  it.each(seeds)(
    'comes to the newest state by shuffled and repeated webhooks, while two nodes hear them at once (seed %i)',
    async (seed) => {
      const count = 12;
      await own(count);
      const chance = chanceOf(seed);
      const happened = Array.from({ length: isLong ? 4_000 : 600 }, () => happening(chance, count));
      const webhooks = cut(shuffled([...happened, ...happened.slice(0, 200)], chance), chance);
      // Each node hears half of them, several at once and in its own order: locks in two orders would be deadlocks.
      await Promise.all(
        stores.map(async (node, half) => {
          const mine = webhooks.filter((_, n) => n % 2 === half);
          for (let from = 0; from < mine.length; from += 4) {
            await Promise.all(
              mine
                .slice(from, from + 4)
                .map((news) =>
                  node.recordNumberNews({ now: t0 + hour, readAt: t0 + hour + 10 * second, news }),
                ),
            );
          }
        }),
      );
      const found = await Promise.all(
        Array.from(
          { length: count },
          async (_, n) => (await store().findPhoneNumber(String(7_000 + n)))?.facts,
        ),
      );
      const expected = Array.from({ length: count }, (_, n) => newest(happened, n));
      expect(found, `seed ${seed}`).toEqual(expected);
      const caps = await Promise.all([0, 1, 2].map((n) => store().findAccountCap(wabaOf(n))));
      expect(caps, `seed ${seed}`).toEqual([0, 1, 2].map((n) => newestCap(happened, wabaOf(n))));
      // The history of a fact goes from one value to the next, and ends in what is known.
      let lines = 0;
      for (let n = 0; n < count; n += 1) {
        const changes = await store(1).listPhoneNumberChanges({
          phoneNumberId: String(7_000 + n),
          limit: 500,
        });
        const limits = changes.filter(({ fact }) => fact === 'messagingLimit');
        lines += limits.length;
        // Where the newest word was heard first, nothing has changed since.
        if (limits.length > 0) expect(limits[0]?.after, `seed ${seed}`).toBe(found[n]?.messagingLimit?.value);
        for (const [index, { before }] of limits.slice(0, -1).entries()) {
          expect(before, `seed ${seed}`).toBe(limits[index + 1]?.after);
        }
      }
      expect(lines, `seed ${seed}`).toBeGreaterThan(count);
      expect(found.every((facts) => Object.keys(facts ?? {}).length === 3)).toBe(true);
    },
  );
});

/** Three accounts, so that an account has several numbers. */
const wabaOf = (n: number): string => String(880 + (n % 3));

const blank = (n: number) => ({
  about: 'number' as const,
  wabaId: wabaOf(n),
  phoneNumber: `1415555${String(1_000 + n)}`,
});

function happening(chance: Chance, count: number): NumberNews {
  const n = chance.below(count);
  const at = t0 + ((chance.below(1_000_000) * second) % (40 * 24 * hour));
  const kind = chance.below(10);
  if (kind === 0) return { about: 'account', wabaId: wabaOf(n), at };
  if (kind === 1) return { about: 'cap', wabaId: wabaOf(n), mostNumbers: 1 + chance.below(40), at };
  const facts = chance.of<NumberFacts>([
    { messagingLimit: chance.of(['TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_UNLIMITED']) },
    {
      nameStatus: chance.of(['APPROVED', 'DECLINED', 'PENDING_REVIEW']),
      verifiedName: `Name ${chance.below(50)}`,
    },
    { messagingLimit: 'TIER_100K', nameStatus: 'APPROVED', verifiedName: 'Lucky Shrub' },
  ]);
  return { ...blank(n), ...(kind === 2 ? { wabaId: undefined } : {}), facts, at };
}

function shuffled<T>(all: T[], chance: Chance): T[] {
  const rest = [...all];
  return all.flatMap(() => rest.splice(chance.below(rest.length), 1));
}

function cut<T>(all: readonly T[], chance: Chance): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length;) {
    const size = 1 + chance.below(12);
    parts.push(all.slice(from, from + size));
    from += size;
  }
  return parts;
}

/** The plainest model: of each fact the word with the latest time; of two for one moment the greater one. */
function newest(happened: readonly NumberNews[], n: number): DatedFacts {
  const facts: Record<string, { value: string; at: number }> = {};
  for (const one of happened) {
    if (one.about !== 'number' || one.phoneNumber !== blank(n).phoneNumber) continue;
    for (const [fact, value] of Object.entries(one.facts)) {
      const known = facts[fact];
      if (known === undefined || one.at > known.at || (one.at === known.at && value > known.value)) {
        facts[fact] = { value, at: one.at };
      }
    }
  }
  return facts;
}

function newestCap(happened: readonly NumberNews[], wabaId: string): number | undefined {
  return happened
    .flatMap((one) => (one.about === 'cap' && one.wabaId === wabaId ? [one] : []))
    .toSorted((a, b) => b.at - a.at || a.mostNumbers - b.mostNumbers)[0]?.mostNumbers;
}
