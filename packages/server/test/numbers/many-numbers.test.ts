import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NumberNews } from '../../src/domain/number-news.ts';
import type { Store } from '../../src/ports/store.ts';
import { findOwner } from '../../src/store/claims/find-claim.ts';
import type { Engine } from '../../src/store/engine/engine.ts';
import { findIdentity } from '../../src/store/identities/find-identity.ts';
import {
  claimsWithoutNumber,
  numbersWithoutOwner,
} from '../../src/store/phone-numbers/note-missing-numbers.ts';
import { listNumbersToRead } from '../../src/store/phone-numbers/read-numbers.ts';
import { recordNumberNews } from '../../src/store/phone-numbers/record-number-news.ts';
import { takeNumbersToRead } from '../../src/store/phone-numbers/take-numbers.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { explained } from '../pool/support/explained.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { catchUp } from './support/catch-up.ts';
import { manyInService } from './support/many-in-service.ts';
import { openEngine } from '../support/open-engine.ts';

const isLong = process.env['TEST_LONG'] === '1';
const size = isLong ? 1_000_000 : 20_000;
const second = 1000;
const hour = 3_600_000;
const tables = ['signup_phone_numbers', 'signup_claims', 'signup_identities'];
const breathe = () => Promise.resolve();

describe.each(engines)(`${size} numbers in service on $name`, ({ name, create }) => {
  let database: TestDatabase;
  let engine: Engine;
  let store: Store;
  beforeAll(async () => {
    database = await create();
    store = await openStore(database.address);
    engine = openEngine(database.address);
    await engine.migrating(async (trx) => {
      const all = manyInService(engine.kind, { count: size, accounts: size / 2 });
      for (const statement of all) await sql.raw(statement).execute(trx);
    });
  }, 600_000);
  afterAll(async () => {
    await Promise.all([store.close(), engine.close()]);
    await database.drop();
  });

  const news = (count: number, limit: string): NumberNews[] =>
    Array.from({ length: count }, (_, n) => ({
      about: 'number',
      wabaId: String(900_000_000_000_000 + n),
      phoneNumber: String(15_550_000_000 + n),
      facts: { messagingLimit: limit },
      at: t0 + second,
    }));
  const account: NumberNews = { about: 'account', wabaId: '900000000000077', at: t0 };

  const acts: [string, Parameters<typeof explained>[1]][] = [
    [
      'which to read, when few are due',
      (_, deps) => listNumbersToRead(deps, { now: t0 + 11_000, limit: 25 }),
    ],
    [
      'which to read, when all are due',
      (_, deps) => listNumbersToRead(deps, { now: t0 + 48 * hour, limit: 25 }),
    ],
    [
      'which to take, when all are due',
      (trx, deps) => {
        const inside: Engine = { ...deps.engine, write: (act) => act(trx) };
        const input = { now: t0 + 48 * hour, limit: 25, until: t0 + 49 * hour };
        return takeNumbersToRead({ ...deps, engine: inside, breathe }, input);
      },
    ],
    [
      'which a webhook means, and changes them',
      (trx, deps) => {
        const inside: Engine = { ...deps.engine, write: (act) => act(trx), reading: (act) => act() };
        const one = { now: t0, readAt: t0, news: [account, ...news(3, 'TIER_2K')] };
        return recordNumberNews({ ...deps, engine: inside, breathe }, one);
      },
    ],
    ['who owns one', (_, deps) => findOwner(deps, '800000000000077')],
    [
      'what claims have no number',
      (_, deps) => claimsWithoutNumber(deps, { after: 'claim-1000', limit: 50 }),
    ],
    [
      'what numbers have no owner',
      (_, deps) => numbersWithoutOwner(deps, { after: '800000000000077', limit: 50 }),
    ],
    ['a customer', (_, deps) => findIdentity(deps, { phoneNumberId: '800000000000077', waId: '15551234' })],
  ];
  it.each(acts)('are never all looked at to find %s', async (_what, act) => {
    const queries = await explained(engine, act, tables);
    expect(queries.length).toBeGreaterThan(0);
    for (const { sql: text, plan } of queries) {
      // `SEARCH … (app_id=? AND business_id=?)` alone is all numbers as well.
      expect(plan, `${text}\n${plan}`).not.toMatch(
        /SCAN signup_|Seq Scan on signup_(phone|claims|id)|\(app_id=\? AND business_id=\?\)|TEMP B-TREE/,
      );
      const rows = [...plan.matchAll(/(?:actual rows=|Rows Removed by [\w ]+: )(\d+)/g)];
      expect(Math.max(0, ...rows.map(([, count]) => Number(count))), `${text}\n${plan}`).toBeLessThan(200);
    }
  });

  /** For how long nothing else could run in this process, at most: by its own time, so that other processes do not count. */
  async function longestBlock(act: () => Promise<unknown>): Promise<number> {
    const ownTime = () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    };
    let longest = 0;
    let isOver = false;
    let last = ownTime();
    const look = () => {
      const now = ownTime();
      longest = Math.max(longest, now - last);
      last = now;
      if (!isOver) setImmediate(look);
    };
    setImmediate(look);
    const begun = performance.now();
    await act();
    const took = performance.now() - begun;
    await new Promise((resolve) => setImmediate(resolve));
    isOver = true;
    process.stdout.write(
      `${name}: ${expect.getState().currentTestName ?? ''}: ${took.toFixed(0)} ms, ${longest.toFixed(1)} ms at once\n`,
    );
    return longest;
  }

  it('are gone over for what older servers recorded while others have their turn', async () => {
    await engine.write((trx) =>
      sql`delete from signup_phone_numbers where phone_number_id in ('800000000000005', '800000000015005')`.execute(
        trx,
      ),
    );
    let noted = 0;
    const blocked = await longestBlock(async () => {
      noted = await catchUp(store, { now: t0, limit: 200 });
    });
    expect(noted).toBe(2);
    expect(blocked).toBeLessThan(100);
  }, 120_000);

  it.each([1_000, 5_000])(
    'are told of by a webhook of %i changes while others have their turn',
    async (count) => {
      await store.recordNumberNews({ now: t0, readAt: t0, news: news(count, 'TIER_250') });
      const heard = news(count, `TIER_${count}`).map((one) => ({ ...one, at: t0 + count * second }));
      const blocked = await longestBlock(() => store.recordNumberNews({ now: t0, readAt: t0, news: heard }));
      const last = String(800_000_000_000_000 + count - 1);
      expect((await store.findPhoneNumber(last))?.facts.messagingLimit?.value).toBe(`TIER_${count}`);
      expect(await store.listPhoneNumberChanges({ phoneNumberId: last, limit: 9 })).not.toEqual([]);
      expect(blocked).toBeLessThan(100);
    },
  );
});
