import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdentityCursor } from '../../src/ports/identity-store.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Engine } from '../../src/store/engine/engine.ts';
import { removeIdentities } from '../../src/store/identities/remove-identities.ts';
import { tellOfUnheardChanges } from '../../src/store/identities/tell-of-unheard-changes.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { manyInService } from '../numbers/support/many-in-service.ts';
import { explained } from '../pool/support/explained.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { openEngine } from '../support/open-engine.ts';

const isLong = process.env['TEST_LONG'] === '1';
/** Numbers in service, each with one customer; and customers of one more, and of one that nobody ever claimed. */
const numbers = isLong ? 10_000 : 500;
const customers = isLong ? 1_000_000 : 20_000;
const inService = '800000000000007';
const nobodys = '800000000999999';
const day = 86_400_000;
const before = t0 - 90 * day;

describe.each(engines)(`${customers} customers of a number on $name`, ({ name, createMigrated }) => {
  let database: TestDatabase;
  let engine: Engine;
  let store: Store;
  beforeAll(async () => {
    database = await createMigrated();
    store = await openStore(database.address);
    engine = openEngine(database.address);
    const rows =
      engine.kind === 'sqlite'
        ? `(with recursive row (n) as (select 1 union all select n + 1 from row where n < ${customers}) select n from row)`
        : `(select n from generate_series(1, ${customers}) n)`;
    const insert = (id: string, seenAt: string) =>
      `insert into signup_identities (app_id, business_id, phone_number_id, digits, hash, hash_at, hash_message_id)
       select '1', '2', '${id}', cast(4915100000000 + n as text), 'a', ${seenAt}, 'wamid.a' from ${rows} as many`;
    await engine.migrating(async (trx) => {
      const all = manyInService(engine.kind, { count: numbers, accounts: numbers });
      for (const statement of [
        ...all,
        insert(inService, '0'),
        // Each tenth is old.
        insert(nobodys, `case when n % 10 = 0 then ${before - 1} else ${t0} end`),
        'analyze',
      ]) {
        await sql.raw(statement).execute(trx);
      }
    });
  }, 600_000);
  afterAll(async () => {
    await Promise.all([store.close(), engine.close()]);
    await database.drop();
  });

  const middle = '4915100010000';
  const round = (after: IdentityCursor | undefined): Parameters<typeof explained>[1] => {
    return (trx, deps) => {
      const inside: Engine = { ...deps.engine, write: (act) => act(trx), reading: (act) => act() };
      return removeIdentities({ ...deps, engine: inside }, { before, limit: 500, after });
    };
  };
  const acts: [string, Parameters<typeof explained>[1]][] = [
    ['that they are of a number in service', round({ phoneNumberId: '800000000000006', digits: undefined })],
    ['the next of those that may be old', round({ phoneNumberId: nobodys, digits: middle })],
    ['that there are no more', round({ phoneNumberId: nobodys, digits: undefined })],
    [
      'changes that nobody has heard of',
      (trx, deps) => {
        const inside: Engine = { ...deps.engine, write: (act) => act(trx), reading: (act) => act() };
        return tellOfUnheardChanges(
          { ...deps, engine: inside, destinations: () => ['handler'] },
          { now: t0, limit: 100 },
        );
      },
    ],
  ];
  it.each(acts)('are never all looked at to find %s', async (_what, act) => {
    const queries = await explained(engine, act, ['signup_identities']);
    expect(queries.length).toBeGreaterThan(0);
    for (const { sql: text, plan } of queries) {
      expect(plan, `${text}\n${plan}`).not.toMatch(
        /SCAN signup_|Seq Scan on signup_|Sort|TEMP B-TREE|USING INDEX \S+pk \(app_id=\? AND business_id=\?\)/,
      );
      const rows = [...plan.matchAll(/(?:actual rows=|Rows Removed by [\w ]+: )(\d+)/g)];
      expect(Math.max(0, ...rows.map(([, count]) => Number(count))), `${text}\n${plan}`).toBeLessThan(501);
    }
  });

  it('are gone over in rounds, each of a few milliseconds, and only those go that may', async () => {
    const total = { removed: 0, rounds: 0, longest: 0 };
    const begun = performance.now();
    let after: IdentityCursor | undefined;
    do {
      const since = performance.now();
      const { removed, next } = await store.removeIdentities({ before, limit: 500, after });
      total.longest = Math.max(total.longest, performance.now() - since);
      total.removed += removed;
      total.rounds += 1;
      after = next;
    } while (after !== undefined);
    const took = performance.now() - begun;
    process.stdout.write(
      `${name}: ${total.rounds} rounds in ${took.toFixed(0)} ms, the longest ${total.longest.toFixed(1)} ms\n`,
    );
    expect(total.removed).toBe(customers / 10);
    // Each number in service is one round, and so is each slice of the other.
    expect(total.rounds).toBeLessThan(numbers + customers / 500 + 5);
  }, 120_000);
});
