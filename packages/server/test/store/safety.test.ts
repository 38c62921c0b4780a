import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
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

  it('survives the loss of a connection in the middle of a transaction', async () => {
    const lost: Error[] = [];
    const engine = openDatabase(inject('postgresUrl'), {
      sleep: () => Promise.resolve(),
      onLostConnection: (error) => lost.push(error),
    });
    const admin = new pg.Client({ connectionString: inject('postgresUrl') });
    await admin.connect();
    const act = engine.write(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await expect.poll(() => lost.length).toBeGreaterThan(0);
      await sql`select 1`.execute(trx);
    });
    await expect(act).rejects.toThrow(StoreUnavailableError);
    await expect(engine.checkDurability()).resolves.toBeUndefined();
    await engine.close();
    await admin.end();
  });

  it('gives up on a connection that no longer answers, and does not hand it to the next caller', async () => {
    const server = new URL(inject('postgresUrl'));
    const sockets: Socket[] = [];
    const proxy = createServer((client) => {
      const upstream = connect(Number(server.port), server.hostname);
      client.pipe(upstream).pipe(client);
      client.on('error', () => upstream.destroy());
      upstream.on('error', () => client.destroy());
      sockets.push(upstream, client);
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const url = new URL(server);
    url.port = String((proxy.address() as AddressInfo).port); // a TCP port was asked for
    const engine = openDatabase(url.href, {
      sleep: () => Promise.resolve(),
      onLostConnection: () => undefined,
    });
    await engine.checkDurability();
    for (const socket of sockets) socket.unpipe().pause();

    const started = performance.now();
    await expect(engine.write((trx) => sql`select 1`.execute(trx))).rejects.toThrow(StoreUnavailableError);
    expect(performance.now() - started).toBeLessThan(15_000);
    await expect(engine.write((trx) => sql`select 1`.execute(trx))).resolves.toBeDefined();
    await engine.close();
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });

  it('is called unavailable for reading as well, and once it is closed', async () => {
    for (const { create: make } of engines) {
      const database = await make();
      const store = await openStore(database.address);
      await store.close();
      await store.close();
      await expect(store.findClaim('x')).rejects.toThrow(StoreUnavailableError);
      await expect(store.recordClaim(incoming('ada'))).rejects.toThrow(StoreUnavailableError);
      await database.drop();
    }
    const gone = openDatabase('postgres://nobody@127.0.0.1:9/none', {
      sleep: () => Promise.resolve(),
      onLostConnection: () => undefined,
    });
    await expect(gone.reading(() => sql`select 1`.execute(gone.read))).rejects.toThrow(StoreUnavailableError);
    await gone.close();
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
