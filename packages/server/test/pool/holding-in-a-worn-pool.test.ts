import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenSession } from '../../src/ports/intake.ts';
import { numberState } from '../../src/domain/number-lifecycle.ts';
import type { PoolRecord } from '../../src/ports/records.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Engine } from '../../src/store/engine/engine.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { listNumbersToCareFor } from '../../src/store/pool/care.ts';
import { listPool } from '../../src/store/pool/list-pool.ts';
import { warnOfLowPool } from '../../src/store/pool/pool-levels.ts';
import { listTexts } from '../../src/store/pool/texts.ts';
import { holdNumbers } from '../../src/store/sessions/hold-numbers.ts';
import { releaseHolds } from '../../src/store/sessions/release-holds.ts';
import { t0, wish } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { explained, type Explained } from './support/explained.ts';
import { freeNumbers, wornPool } from './support/worn-pool.ts';

const isLong = process.env['TEST_LONG'] === '1';
const size = isLong ? 1_000_000 : 20_000;
const hour = 3_600_000;
const day = 24 * hour;
const defer = (run: () => void) => void setImmediate(run);

/** Rows that a plan of PostgreSQL touched beside those that it gave. */
function touched({ plan }: Explained): number {
  const counts = [...plan.matchAll(/Rows Removed by \w+(?: \w+)*: (\d+)/g)].map(([, count]) => Number(count));
  const rows = [...plan.matchAll(/\(actual rows=(\d+)/g)].map(([, count]) => Number(count));
  return Math.max(0, ...counts, ...rows);
}

describe.each(engines)(`a worn pool of ${size} numbers on $name`, ({ name, create }) => {
  let database: TestDatabase;
  let engine: Engine;
  beforeAll(async () => {
    database = await create();
    await (await openStore(database.address)).close();
    engine = openDatabase(database.address, {
      sleep: () => Promise.resolve(),
      onLostConnection: (error) => {
        throw error;
      },
    });
    await engine.migrating(async (trx) => {
      for (const statement of wornPool(engine.kind, size)) await sql.raw(statement).execute(trx);
    });
  }, 600_000);
  afterAll(async () => {
    await engine.close();
    await database.drop();
  });

  const expectSearched = (queries: readonly Explained[], most: number) => {
    expect(queries.length).toBeGreaterThan(0);
    for (const query of queries) {
      const what = `${query.sql}\n${query.plan}`;
      expect(query.plan, `${what}\nlooks at all numbers`).not.toMatch(
        /SCAN signup_numbers|Seq Scan on signup_numbers/,
      );
      // What one customer holds is a handful, and sorted so that two nodes lock it in one order.
      if (!query.sql.includes('"held_by" in'))
        expect(query.plan, `${what}\nsorts`).not.toMatch(/TEMP B-TREE FOR ORDER BY|Sort Key/);
      const rows = engine.kind === 'postgres' ? touched(query) : 0;
      expect(rows, `${what}\nlooks at more than ${most} rows`).toBeLessThanOrEqual(most);
    }
  };
  const holding = (over: Partial<OpenSession>) =>
    explained(engine, async (trx, deps) => {
      await trx.insertInto('signup_sessions').values(sessionOf('ada')).execute();
      return holdNumbers(trx, deps, [wish('ada', over)]);
    });

  it('has as many free numbers as a new one', async () => {
    const { rows } = await sql<{ free: number }>`select count(*) as free from signup_numbers
      where verification_status = 'VERIFIED' and held_by is null and claim_id is null and gone_at is null
        and verification_expires_at > ${t0 + day + hour}`.execute(engine.read);
    expect(Number(rows[0]?.free)).toBeGreaterThanOrEqual(freeNumbers);
  });

  it.each([
    ['any country', {}, 'signup_numbers_free'],
    ['a country', { country: 'DE' }, 'signup_numbers_free_by_country'],
    ['a country that it has no number of', { country: 'FR' }, 'signup_numbers_free_by_country'],
  ])('gives a number of %s by the index of free numbers', async (_what, over, index) => {
    const queries = await holding(over);
    expectSearched(queries, 50);
    const first = queries.find((query) => query.sql.includes('"verification_expires_at" >'));
    expect(first?.plan).toMatch(new RegExp(`\\b${index}\\b`));
  });

  it('gives a number that never lapses by the index as well', async () => {
    expectSearched(await holding({ verifiedUntil: t0 + 365 * day }), 50);
  });

  it('gives holds back in slices, without looking at other numbers', async () => {
    const release = explained(engine, (trx, deps) => releaseHolds(trx, deps, { now: t0 + day, limit: 50 }));
    expectSearched(await release, 100);
  });

  it.each([
    ['a number to look after', t0 + day],
    ['numbers to look after, when a month of them waits', t0 + 30 * day],
  ])('finds %s by its time', async (_what, now) => {
    const listed = explained(engine, (_trx, deps) => listNumbersToCareFor(deps, { now, limit: 50 }));
    expectSearched(await listed, 100);
  });

  it('counts no further than it must to know that there are enough', async () => {
    const levels = ['US', 'DE', 'FR', ''].map((country) => ({ country, low: 10 }));
    const counted = explained(engine, (trx, deps) =>
      warnOfLowPool(trx, deps, { now: t0, verifiedUntil: t0 + day + hour, levels }),
    );
    expectSearched(await counted, 50);
  });

  it('finds texts that wait by their age', async () => {
    const listed = explained(engine, (_trx, deps) => listTexts(deps, { limit: 50 }));
    expectSearched(await listed, 50);
  });

  it.each([
    ['the first page', undefined],
    ['a page in the middle', `${t0 + 40 * day}.5`],
    ['a page at the end', `${t0 + 81 * day}.5`],
  ])('lists %s by the end of the verification', async (_what, cursor) => {
    const listed = explained(engine, (_trx, deps) =>
      listPool({ ...deps, defer }, { sort: 'expires', limit: 50, cursor }),
    );
    expectSearched(await listed, 100);
  });

  const slow: [string, Partial<Query>][] = [
    ['a part of a number', { search: '99 99999' }],
    ['Meta’s word', { status: 'PENDING' }],
    ['where it stands', { state: { is: 'unverified', now: t0 } }],
  ];
  // PostgreSQL stops nobody.
  it.each(name === 'SQLite' ? slow : [])(
    'looks for %s in slices, and lets others have their turn between them',
    async (_what, query) => {
      for (const sort of ['id', 'expires'] as const) {
        let rests = 0;
        const resting = (run: () => void) => {
          rests += 1;
          defer(run);
        };
        const listed = await explained(engine, (_trx, deps) =>
          listPool({ ...deps, defer: resting }, { sort, limit: 50, ...query }),
        );
        // Whole ids and numbers are looked for first; there is one of each, if any.
        const slices = listed.filter((one) => !one.sql.includes('union'));
        for (const one of slices) {
          expect(one.plan, `${one.sql}\nsorts or scans`).not.toMatch(/TEMP B-TREE|SCAN signup_numbers$/m);
        }
        expectSearched(
          slices.filter((one) => !one.sql.includes('offset')),
          0,
        );
        const unbounded = listed.filter(({ sql: text }) => !/offset|<=/.test(text));
        expect(rests, 'rests').toBeGreaterThanOrEqual(3);
        expect(unbounded.length, 'queries without an end').toBeLessThanOrEqual(listed.length - 2 * rests);
      }
    },
  );

  const everySlice: [string, Partial<Query>, (record: PoolRecord) => boolean][] = [
    ['Meta’s word', { status: 'EXPIRED' }, ({ verificationStatus }) => verificationStatus === 'EXPIRED'],
    [
      'where it stands',
      { state: { is: 'lapsed', now: t0 } },
      (record) => numberState(record, t0) === 'lapsed',
    ],
    ['a part of a number', { search: '-77-' }, ({ phoneNumber }) => phoneNumber.includes('77')],
  ];
  // A million records are more than a test should hold; the slices are the same.
  it.each(isLong ? [] : everySlice)(
    'has each number once and in order when it is looked for by %s, whatever slice it is in',
    async (_what, query, isOne) => {
      const store = await openStore(database.address);
      for (const sort of ['id', 'expires'] as const) {
        const all = await everyPage(store, { sort, limit: 5_000 });
        expect(all).toHaveLength(size);
        const found = await everyPage(store, { sort, limit: 97, ...query });
        expect(found).toEqual(all.filter(isOne));
        expect(found.length).toBeGreaterThan(200);
      }
      await store.close();
    },
  );

  it.each([
    ['Meta’s id', '123456789012345678'],
    ['who holds it', 'customer-2005'],
    ['who has it', 'owner-19999'],
    ['a telephone number', '+1 5550000999'],
  ])('looks for %s by an index', async (_what, search) => {
    for (const sort of ['id', 'expires'] as const) {
      const listed = await explained(engine, (_trx, deps) =>
        listPool({ ...deps, defer }, { sort, limit: 50, search }),
      );
      for (const query of listed)
        expect(query.plan).not.toMatch(/SCAN signup_numbers|Seq Scan on signup_numbers/);
      if (engine.kind === 'postgres')
        for (const query of listed) expect(touched(query)).toBeLessThanOrEqual(10);
    }
  });
});

type Query = Parameters<Store['listPool']>[0];

async function everyPage(store: Store, query: Query): Promise<PoolRecord[]> {
  const all: PoolRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.listPool({ ...query, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

function sessionOf(customer: string) {
  return {
    id: `session-of-${customer}`,
    app_id: '1',
    business_id: '2',
    customer_id: customer,
    country: null,
    created_at: t0,
    renewed_at: t0,
    launch_until: t0,
    claim_until: t0,
  };
}
