import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { SchemaTooNewError, StoreUnavailableError } from '../../src/ports/store-errors.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { incoming } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

const open: TestDatabase[] = [];
afterEach(async () => {
  for (const database of open.splice(0)) await database.drop();
});
async function create(name: string): Promise<TestDatabase> {
  const engine = engines.find((one) => one.name === name);
  if (engine === undefined) throw new Error(`no engine ${name}`);
  const database = await engine.create();
  open.push(database);
  return database;
}
const fileOf = (database: TestDatabase) => database.address.slice('sqlite:'.length);

describe('a database that is not as it should be', () => {
  it('is left alone when a newer version has migrated it', async () => {
    const database = await create('SQLite');
    await (await openStore(database.address)).close();
    const file = new Database(fileOf(database));
    file.exec("insert into signup_migrations (name, applied_at) values ('9999-from-the-future', 0)");
    file.close();
    await expect(openStore(database.address)).rejects.toThrow(SchemaTooNewError);
    await expect(openStore(database.address)).rejects.toThrow(/9999-from-the-future/);
  });

  it('is refused on PostgreSQL when its commits are not durable', async () => {
    const url = new URL(inject('postgresUrl'));
    url.searchParams.set('options', '-c synchronous_commit=off');
    await expect(openStore(url.href)).rejects.toThrow(/synchronous_commit/);
  });

  it('is called unavailable when no server listens', async () => {
    await expect(openStore('postgres://nobody@127.0.0.1:9/none')).rejects.toThrow(StoreUnavailableError);
  });

  it('is called unavailable when another process keeps SQLite’s lock, and works when it is free again', async () => {
    const database = await create('SQLite');
    const store = await openStore(database.address);
    const other = new Database(fileOf(database));
    other.exec('begin immediate');
    await expect(store.recordClaim(incoming('ada'))).rejects.toThrow(StoreUnavailableError);
    other.exec('rollback');
    other.close();
    expect((await store.recordClaim(incoming('ada'))).outcome).toBe('created');
    await store.close();
  });

  it('waits for a lock that is given back in time, without stopping the event loop', async () => {
    const database = await create('SQLite');
    const store = await openStore(database.address);
    const other = new Database(fileOf(database));
    other.exec('begin immediate');
    const recorded = store.recordClaim(incoming('ada'));
    let turns = 0;
    while (turns < 50) {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
    }
    other.exec('commit');
    other.close();
    expect((await recorded).outcome).toBe('created');
    await store.close();
  });
});

describe('durability', () => {
  it('is what SQLite is told, and still is after the first write', async () => {
    const database = await create('SQLite');
    const engine = openDatabase(database.address, {
      sleep: () => Promise.resolve(),
      onLostConnection: () => undefined,
    });
    await engine.write((trx) => trx.schema.createTable('t').addColumn('x', 'integer').execute());
    await expect(engine.checkDurability()).resolves.toBeUndefined();
    await engine.close();
  });

  it('survives the loss of the connections of PostgreSQL’s pool', async () => {
    const name = `victim-${randomUUID()}`;
    const url = new URL(inject('postgresUrl'));
    url.searchParams.set('application_name', name);
    const lost: Error[] = [];
    const engine = openDatabase(url.href, {
      sleep: () => Promise.resolve(),
      onLostConnection: (error) => lost.push(error),
    });
    await engine.checkDurability();
    const admin = new pg.Client({ connectionString: inject('postgresUrl') });
    await admin.connect();
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
      name,
    ]);
    await admin.end();
    await expect.poll(() => lost.length).toBeGreaterThan(0);
    await expect(engine.checkDurability()).resolves.toBeUndefined();
    await engine.close();
  });
});
