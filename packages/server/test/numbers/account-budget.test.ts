import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import type { Engine } from '../../src/store/engine/engine.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { catchUp } from './support/catch-up.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** When what makes them due happens. */
const then = t0 + 6 * hour;

describe.each(engines)('the reads of a large account on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  let engine: Engine;
  beforeEach(async () => {
    database = await create();
    store = await openStore(database.address);
    engine = openDatabase(database.address, {
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onLostConnection: () => undefined,
    });
  });
  afterEach(async () => {
    await Promise.all([store.close(), engine.close()]);
    await database.drop();
  });

  const own = (count: number, { wabaId = '900', now = t0 - day, from = 7_000 } = {}) =>
    store.importClaims({
      now,
      who: 'ann',
      claims: Array.from({ length: count }, (_, n) => ({
        id: `claim-${from + n}`,
        customerId: 'ada',
        wabaId,
        phoneNumberId: String(from + n),
        phoneNumber: `+141555${from + n}`,
        sealedToken: undefined,
        tokenExpiresAt: undefined,
        sealedPin: undefined,
        registeredAt: undefined,
      })),
    });
  const keepRead = (phoneNumberId: string, askedAt: number, seen = 0) =>
    store.keepNumberRead({
      phoneNumberId,
      askedAt,
      facts: {},
      displayPhoneNumber: '+1',
      nextReadAt: askedAt + day,
      seen,
    });
  /** All of them were read some hours ago, as every day. */
  const readToday = async (count: number) => {
    for (let n = 0; n < count; n += 1) await keepRead(String(7_000 + n), t0 + hour);
  };

  /** What a server does that takes what is due every half minute. `ends`: what becomes of a read. */
  async function reads(
    until: number,
    ends = (id: string, now: number, seen: number) => keepRead(id, now, seen),
  ): Promise<{ id: string; at: number }[]> {
    const made: { id: string; at: number }[] = [];
    for (let now = then; now < until; now += 30 * second) {
      for (let most = 8; most > 0; most -= 1) {
        const taken = await store.takeNumbersToRead({ now, limit: 25, until: now + 5 * minute });
        if (taken.length === 0) break;
        for (const { phoneNumberId, wakes } of taken) {
          made.push({ id: phoneNumberId, at: now });
          await ends(phoneNumberId, now, wakes);
        }
      }
    }
    return made;
  }

  /** The most that were made in any hour. */
  const mostInAnHour = (made: readonly { at: number }[]): number =>
    Math.max(0, ...made.map(({ at }) => made.filter((one) => one.at >= at && one.at < at + hour).length));

  const news = (count: number) => ({
    now: then,
    readAt: then,
    news: Array.from({ length: count }, (_, n) => ({
      about: 'number' as const,
      wabaId: '900',
      phoneNumber: `141555${7_000 + n}`,
      facts: { messagingLimit: 'TIER_2K' },
      at: then,
    })),
  });
  const causes: [string, () => Promise<unknown>][] = [
    [
      'one webhook about the account',
      async () => {
        await readToday(150);
        const account = { about: 'account', wabaId: '900', at: then } as const;
        await store.recordNumberNews({ now: then, readAt: then, news: [account] });
        const due = await store.listNumbersToRead({ now: then + 10 * second, limit: 1_000 });
        expect(due.length).toBeLessThanOrEqual(120);
      },
    ],
    [
      'a webhook about each of its numbers',
      async () => {
        await readToday(150);
        for (const one of news(150).news) {
          await store.recordNumberNews({ now: then, readAt: then, news: [one] });
        }
      },
    ],
    ['an import', () => Promise.resolve()],
    [
      'what older servers recorded',
      async () => {
        await engine.write((trx) => sql`delete from signup_phone_numbers`.execute(trx));
        expect(await catchUp(store, { now: then - 15 * minute, limit: 200 })).toBe(150);
      },
    ],
  ];
  it.each(causes)(
    'are 120 an hour at most after %s, and miss none',
    async (_what, happens) => {
      await own(150);
      await happens();
      // Another account does not wait for them.
      await own(1, { wabaId: '901', now: then - 20 * minute, from: 8_000 });
      const made = await reads(then + 2.5 * hour);
      const large = made.filter(({ id }) => id < '8000');
      expect(new Set(large.map(({ id }) => id)).size).toBe(150);
      expect(mostInAnHour(large)).toBeLessThanOrEqual(120);
      expect(made.find(({ id }) => id === '8000')?.at).toBeLessThan(then + minute);
    },
    60_000,
  );

  it('hold up no other account, where more of them have to wait than are taken at once', async () => {
    await own(170);
    for (let n = 0; n < 120; n += 1) await keepRead(String(7_000 + n), then - minute);
    await own(1, { wabaId: '901', now: then - 13 * minute, from: 8_000 });
    const taken = await store.takeNumbersToRead({ now: then, limit: 25, until: then + 5 * minute });
    expect(taken.map(({ phoneNumberId }) => phoneNumberId)).toEqual(['8000']);
    expect(await store.listNumbersToRead({ now: then + 58 * minute, limit: 10 })).toHaveLength(1);
    expect(await reads(then + 30 * second)).toEqual([]);
  });

  it('are 120 an hour at most, however many servers take them at one moment, and read them later', async () => {
    await own(300);
    const others = [await openStore(database.address), await openStore(database.address)];
    const take = (node: Store, now: number) =>
      node.takeNumbersToRead({ now, limit: 25, until: now + 5 * minute });
    try {
      const taken: string[] = [];
      for (let round = 0; round < 4; round += 1) {
        const all = await Promise.all([store, ...others].map((node) => take(node, then + round)));
        taken.push(...all.flat().map(({ phoneNumberId }) => phoneNumberId));
      }
      expect(taken).toHaveLength(120);
      expect(new Set(taken).size).toBe(120);
      // They are read a little later; there is room an hour after that, and not after they were taken.
      for (const id of taken) await keepRead(id, then + 2 * minute);
      expect(await take(store, then + hour + minute)).toEqual([]);
      expect(await take(store, then + hour + 3 * minute)).not.toEqual([]);
    } finally {
      await Promise.all(others.map((node) => node.close()));
    }
  });

  it('are put off by an hour at most once there is room, where there is news', async () => {
    await own(400);
    for (let n = 0; n < 400; n += 100) {
      await store.recordNumberNews({ now: then, readAt: then, news: news(400).news.slice(n, n + 100) });
    }
    const now = then + 4 * hour;
    let taken = 0;
    for (let round = 0; round < 6; round += 1) {
      taken += (await store.takeNumbersToRead({ now, limit: 25, until: now + 5 * minute })).length;
    }
    expect(taken).toBe(120);
    expect(await store.listNumbersToRead({ now: now + hour - 1, limit: 1_000 })).toHaveLength(120);
    expect(await store.listNumbersToRead({ now: now + 2 * hour, limit: 1_000 })).toHaveLength(400);
  });

  it.each([13, 50, 100])(
    'are 120 an hour at most for %i numbers, while each read fails and each minute has news',
    async (count) => {
      await own(count);
      const account = { about: 'account', wabaId: '900', at: then } as const;
      const made = await reads(then + hour, async (phoneNumberId, now, seen) => {
        const failed = { phoneNumberId, reason: 'throttled:80007', nextReadAt: now + minute, seen };
        await store.keepNumberUnread({ ...failed, askedAt: now });
        await store.recordNumberNews({ now, readAt: now + 10 * second, news: [account] });
      });
      expect(mostInAnHour(made)).toBeLessThanOrEqual(120);
      expect(new Set(made.map(({ id }) => id)).size).toBe(count);
    },
    60_000,
  );

  it('are made at once where it has few numbers, so that news is known soon', async () => {
    await own(20);
    await readToday(20);
    const account = { about: 'account', wabaId: '900', at: then } as const;
    await store.recordNumberNews({ now: then - 10 * second, readAt: then, news: [account] });
    expect((await reads(then + second)).length).toBe(20);
  });
});
