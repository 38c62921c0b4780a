import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import type { Engine } from '../../src/store/engine/engine.ts';
import { takeNumbersToRead } from '../../src/store/phone-numbers/take-numbers.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { explained } from '../pool/support/explained.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { manyInService } from './support/many-in-service.ts';
import { openEngine } from '../support/open-engine.ts';

const isLong = process.env['TEST_LONG'] === '1';
const size = isLong ? 100_000 : 20_000;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** All of the large account are due long since. */
const then = t0 + 2 * day;
const other = '800000009000000';
/** A turn of the worker every five seconds, see `numbers/read-numbers.ts`. */
const turn = 5_000;

describe.each(engines)(`${size} numbers of one account that are due, on $name`, ({ name, create }) => {
  let database: TestDatabase;
  let engine: Engine;
  let store: Store;
  beforeAll(async () => {
    database = await create();
    store = await openStore(database.address);
    engine = openEngine(database.address);
    await engine.migrating(async (trx) => {
      const all = [
        ...manyInService(engine.kind, { count: size, accounts: 1 }),
        ...manyInService(engine.kind, { from: 9_000_000, count: 1, accounts: 1 }),
      ];
      for (const statement of all) await sql.raw(statement).execute(trx);
      await sql`update signup_phone_numbers set run_at = ${then} where phone_number_id = ${other}`.execute(
        trx,
      );
    });
  }, 600_000);
  afterAll(async () => {
    await Promise.all([store.close(), engine.close()]);
    await database.drop();
  });

  it('have 120 of them taken, and a number of another account that is due last', async () => {
    const taken: { id: string; at: number }[] = [];
    let longest = 0;
    let now = then;
    for (; now < then + 6 * turn; now += turn) {
      for (;;) {
        const begun = performance.now();
        const some = await store.takeNumbersToRead({ now, limit: 25, until: now + 5 * minute });
        longest = Math.max(longest, performance.now() - begun);
        taken.push(...some.map(({ phoneNumberId }) => ({ id: phoneNumberId, at: now })));
        if (some.length < 25) break;
      }
    }
    const its = taken.find(({ id }) => id === other);
    process.stdout.write(
      `${name}: ${size} due: another account after ${((its?.at ?? Infinity) - then) / 1000} s, the longest take ${longest.toFixed(0)} ms\n`,
    );
    expect(its?.at).toBeLessThanOrEqual(then + 2 * turn);
    expect(taken.filter(({ id }) => id !== other)).toHaveLength(120);
    expect(new Set(taken.map(({ id }) => id)).size).toBe(121);
  }, 120_000);

  it('are planned one after the other then, over a day', async () => {
    const { rows } = await sql<{ run_at: number; numbers: number | string }>`
      select run_at, count(*) as numbers from signup_phone_numbers
      where run_at > ${then + hour - minute} group by run_at order by run_at`.execute(engine.read);
    expect(rows.reduce((sum, { numbers }) => sum + Number(numbers), 0)).toBe(size - 120);
    expect(rows[0]?.run_at).toBeGreaterThanOrEqual(then + hour);
    expect(rows.at(-1)?.run_at).toBeLessThanOrEqual(then + day + 6 * turn);
    const early = rows.filter(({ run_at }) => run_at < then + 20 * hour);
    expect(early.length).toBe(19 * 120);
    // Each turn that puts off many begins anew.
    const most = Math.ceil(size / 50_000);
    expect(Math.max(...early.map(({ numbers }) => Number(numbers)))).toBeLessThanOrEqual(most);
  });

  it('are never all looked at to put them off', async () => {
    await engine.write((trx) => sql`update signup_phone_numbers set run_at = ${then}`.execute(trx));
    const queries = await explained(
      engine,
      (trx, deps) => {
        let acts = 0;
        const write: Engine['write'] = (act) => {
          if (++acts > 2) throw new Error('enough');
          return act(trx);
        };
        const input = { now: then + minute, limit: 25, until: then + 6 * minute };
        const inside = { ...deps, engine: { ...deps.engine, write }, breathe: () => Promise.resolve() };
        return takeNumbersToRead(inside, input).catch((error: unknown) => {
          if (!(error instanceof Error) || error.message !== 'enough') throw error;
        });
      },
      ['signup_phone_numbers'],
    );
    expect(queries.some(({ sql: text }) => text.includes('held.place'))).toBe(true);
    for (const { sql: text, plan } of queries) {
      // PostgreSQL goes through a small table sooner than it looks up five hundred rows.
      if (!isLong && text.includes('held.place') && plan.includes('Hash Join')) continue;
      expect(plan, `${text}\n${plan}`).not.toMatch(
        /SCAN signup_|Seq Scan on signup_|\(app_id=\? AND business_id=\?\)/,
      );
      const rows = [...plan.matchAll(/(?:actual rows=|Rows Removed by [\w ]+: )(\d+)/g)];
      expect(Math.max(0, ...rows.map(([, count]) => Number(count))), `${text}\n${plan}`).toBeLessThan(600);
    }
  });
});
