import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SchemaTooNewError, StoreUnavailableError } from '../../../src/ports/store-errors.ts';
import type { Engine } from '../../../src/store/engine/engine.ts';
import { migrateAlone } from '../../../src/store/engine/postgres-migrating.ts';
import { openDatabase } from '../../../src/store/open-database.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { openStore } from '../../support/databases.ts';
import { createOwnDatabase, type OwnDatabase } from './support/own-database.ts';

/** The number that migrators of all versions lock. */
const migrationLock = 727_469_301;

/** Beside other tests everything may take several times as long; milliseconds. */
const timeout = 120_000;

let database: OwnDatabase;
let engines: Engine[] = [];
beforeEach(async () => {
  database = await createOwnDatabase();
});
afterEach(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
  engines = [];
  await database.drop();
});
const open = (options?: string) => {
  const url = new URL(database.url);
  if (options !== undefined) url.searchParams.set('options', options);
  const engine = openDatabase(url.href, {
    sleep: () => Promise.resolve(),
    onLostConnection: () => undefined,
  });
  engines.push(engine);
  return engine;
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a migration on PostgreSQL', { timeout }, () => {
  it('may take longer than a query may, and so may waiting for another node’s', async () => {
    const order: string[] = [];
    let begun: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    // The role's own limit does not count either.
    const first = open('-c statement_timeout=1000').migrating(async (trx) => {
      begun();
      // Longer than the 8 seconds that a query of a node is given.
      await sql`select pg_sleep(9)`.execute(trx);
      order.push('first');
    });
    await hasBegun;
    const second = open().migrating(() => Promise.resolve(order.push('second')));
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });

  it('is not waited for by a node that has nothing to do, nor by one that is too old', async () => {
    await (await openStore(database.url)).close();
    const other = await database.connect();
    await other.query('begin');
    await other.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    const begun = performance.now();
    await (await openStore(database.url)).close();
    await other.query("insert into signup_migrations (name, applied_at) values ('9999-newer', 0)");
    await other.query('commit and chain');
    await other.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await expect(openStore(database.url)).rejects.toThrow(SchemaTooNewError);
    expect(performance.now() - begun).toBeLessThan(3_000);
    await other.query('rollback');
  });

  it('is begun again when it came into a deadlock with a running node', async () => {
    const other = await database.connect();
    await other.query('create table theirs (id integer); create table ours (id integer)');
    // Looks once whether it is in a deadlock, before it is in one: so the migration is the one that is ended.
    await other.query("set deadlock_timeout = '10ms'");
    await other.query('begin; insert into theirs values (1)');
    let tries = 0;
    await open().migrating(async (trx) => {
      tries += 1;
      await sql`alter table ours add column more integer`.execute(trx);
      if (tries === 1) {
        void other.query('insert into ours (id) values (1)').then(() => other.query('commit'));
        await isWaiting(other);
        await pause(100);
      }
      await sql`alter table theirs add column more integer`.execute(trx);
    });
    expect(tries).toBe(2);
    expect((await other.query('select id, more from ours')).rows).toEqual([{ id: 1, more: null }]);
    expect((await other.query('select id, more from theirs')).rows).toEqual([{ id: 1, more: null }]);
  });

  it('lets others through while it waits for a table that a long query keeps', async () => {
    const long = await database.connect();
    await long.query('create table kept (id integer)');
    await long.query('begin; select * from kept');
    const node = await database.connect();
    const tried = { times: 0 };
    const migrated = open().migrating(async (trx) => {
      tried.times += 1;
      await sql`alter table kept add column more integer`.execute(trx);
    });
    let slowest = 0;
    while (tried.times < 2) {
      const begun = performance.now();
      await node.query('insert into kept (id) values (1)');
      slowest = Math.max(slowest, performance.now() - begun);
      await pause(20);
    }
    await long.query('commit');
    await migrated;
    // Below the 8 seconds that a query is given, and far below the ten minutes of the migration.
    expect(slowest).toBeLessThan(4_000);
    expect((await node.query('select more from kept limit 1')).rows).toEqual([{ more: null }]);
  });

  it.each([
    ['another migrator', 'select pg_advisory_xact_lock(727469301)', /Other nodes have been migrating/],
    [
      'somebody’s query',
      'lock table kept in access share mode',
      /long query or transaction of somebody else/,
    ],
  ])('gives up, with a sentence, when %s never ends', async (_who, held, sentence) => {
    const other = await database.connect();
    await other.query('create table kept (id integer)');
    await other.query('begin');
    await other.query(held);
    const pool = new pg.Pool({ connectionString: database.url, max: 1 });
    pool.on('error', () => undefined);
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
    const migrated = migrateAlone(
      db,
      migrationLock,
      (trx) => sql`alter table kept add column more integer`.execute(trx),
      { turn: 50, table: 50, rest: 10, tries: 3 },
    );
    await expect(migrated).rejects.toThrow(StoreUnavailableError);
    await expect(migrated).rejects.toThrow(sentence);
    await other.query('rollback');
    expect((await other.query('select * from kept')).fields.map(({ name }) => name)).toEqual(['id']);
    await db.destroy();
  });

  it('is made once by many nodes, also where transactions are serializable', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c default_transaction_isolation=serializable');
    const stores = await Promise.all(Array.from({ length: 8 }, () => openStore(url.href)));
    await Promise.all(stores.map((store) => store.ping()));
    await Promise.all(stores.map((store) => store.close()));
  });
});

/** Resolves when a connection waits for a lock. */
async function isWaiting(client: pg.Client): Promise<void> {
  const other = await database.connect();
  const { processID } = client as unknown as { processID: number }; // pg does not type it
  await expect
    .poll(
      async () =>
        (await other.query('select wait_event_type from pg_stat_activity where pid = $1', [processID]))
          .rows[0] as object,
      { timeout: 5_000, interval: 10 },
    )
    .toEqual({ wait_event_type: 'Lock' });
}
