import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../../src/ports/store-errors.ts';
import { openDatabase } from '../../../src/store/open-database.ts';
import { createOwnPostgres } from '../../nodes/support/own-postgres.ts';
import { bundleProgram, type BundledProgram } from '../../support/bundle-program.ts';
import { chanceOf } from '../../support/chance.ts';
import { openStore } from '../../support/databases.ts';
import { createCrowd, summaryOf, wrongAnswers, type Crowd } from '../../upgrade/support/crowd.ts';
import type { RunningNode } from '../../upgrade/support/start-node.ts';
import { createNodesWorld, type NodesWorld } from '../../upgrade/support/world.ts';
import { createOwnDatabase, type OwnDatabase } from './support/own-database.ts';

const isLong = process.env['TEST_LONG'] === '1';
const timeout = isLong ? 1_800_000 : 120_000;
const customers = isLong ? 400 : 80;
const seed = Number(process.env['TORTURE_SEED'] ?? randomInt(2 ** 31));

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('../../upgrade/support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());

let world: NodesWorld;
let database: OwnDatabase;
beforeEach(async () => {
  database = await createOwnDatabase();
  world = await createNodesWorld('PostgreSQL', customers);
});
afterEach(async () => {
  await world.close();
  await database.drop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const crowdOf = (node: RunningNode) => createCrowd({ sim: world.sim, url: () => node.url });
async function signUpAll(crowd: Crowd, count: number, atOnce: number): Promise<void> {
  let next = 0;
  const queue = async () => {
    while (next < count) {
      next += 1;
      await crowd.signUp(`customer-${next}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, queue));
}
/** Everybody was served in the end, and each has a number of their own. */
async function expectNothingLost(crowd: Crowd, count: number): Promise<void> {
  await crowd.found();
  expect(crowd.claims).toHaveLength(count);
  expect(new Set(crowd.claims.map(({ id }) => id)).size).toBe(count);
  expect(new Set(crowd.claims.map(({ poolNumberId }) => poolNumberId)).size).toBe(count);
}

describe('PostgreSQL', { timeout }, () => {
  it('that ends connections at random, idle or in the middle of a transaction, costs nothing but another try', async () => {
    const node = await world.start(bundled.file, { database: database.url });
    await node.started;
    const crowd = crowdOf(node);
    const chance = chanceOf(seed);
    const ending = { on: true };
    let ended = 0;
    const terminator = (async () => {
      const admin = await database.connect();
      const { rows: self } = await admin.query<{ pid: number }>('select pg_backend_pid() as pid');
      while (ending.on) {
        const { rows } = await admin.query<{ pid: number }>(
          'select pid from pg_stat_activity where datname = current_database() and pid <> $1 order by pid',
          [self[0]?.pid],
        );
        const victims = rows.filter(() => chance.below(4) === 0).map(({ pid }) => pid);
        await admin.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [victims]);
        ended += victims.length;
        await pause(chance.below(40));
      }
    })();
    await signUpAll(crowd, customers, 8);
    ending.on = false;
    await terminator;
    expect(wrongAnswers(crowd.answers), `TORTURE_SEED=${seed}`).toEqual([]);
    expect(ended, `TORTURE_SEED=${seed}`).toBeGreaterThan(20);
    await expectNothingLost(crowd, customers);
    expect(node.isAlive()).toBe(true);
    const { asked, refused, slowest } = summaryOf(crowd.answers);
    process.stdout.write(
      `${ended} connections ended: ${asked} requests, ${refused} refused, slowest ${slowest} ms\n`,
    );
    // Work in the hands of a dead connection is taken up when its lease is over: 20 seconds.
    if (isLong) await crowd.settled();
  });

  it('whose connections are all taken is called unavailable, and is used again when there are some', async () => {
    const role = `limited_${database.url.slice(-12)}`;
    await database.query(`create role ${role} login password 'limited' connection limit 20`);
    try {
      await database.query(`grant all on database ${new URL(database.url).pathname.slice(1)} to ${role}`);
      const admin = await database.connect();
      await admin.query(`grant all on schema public to ${role}`);
      const url = new URL(database.url);
      url.username = role;
      url.password = 'limited';
      const node = await world.start(bundled.file, { database: url.href });
      await node.started;
      const crowd = crowdOf(node);
      await crowd.signUp('before');

      await admin.query(`alter role ${role} connection limit 0`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [role]);
      const refused = await Promise.all(
        Array.from({ length: 12 }, (_, n) => crowd.ask(node.url, '/signup/sessions', `late-${n}`, {})),
      );
      expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 503));
      expect(Math.max(...refused.map(({ ms }) => ms))).toBeLessThan(2_000);
      expect((await crowd.ask(node.url, '/signup/readyz', 'late')).status).toBe(503);
      expect(node.log()).toContain('"cause":"53300"');
      await expect(openStore(url.href)).rejects.toThrow(/max_connections/);

      // Fewer than the node would like to have: whoever gets none is told to come again.
      await admin.query(`alter role ${role} connection limit 3`);
      await signUpAll(crowd, 40, 20);
      await admin.query(`alter role ${role} connection limit 20`);
      expect(wrongAnswers(crowd.answers.filter(({ what }) => !what.endsWith('readyz')))).toEqual([]);
      await expectNothingLost(crowd, 41);
    } finally {
      await world.close();
      const admin = await database.connect();
      await admin.query(`drop owned by ${role} cascade`);
      await database.query(`drop role ${role}`);
    }
  });

  it('that has become a standby refuses writes and is read; once it is the primary all is well without a restart', async () => {
    const server = await createOwnPostgres();
    try {
      const node = await world.start(bundled.file, { database: server.url });
      await node.started;
      const crowd = crowdOf(node);
      const before = await crowd.signUp('before');
      await crowd.settled();

      const [row] = await askServer(server.url, 'show data_directory');
      await server.stopImmediately();
      await writeFile(join(String(row?.['data_directory']), 'standby.signal'), '');
      await server.start();
      expect(await askServer(server.url, 'select pg_is_in_recovery() as standby')).toEqual([
        { standby: true },
      ]);

      await expect
        .poll(async () => (await crowd.ask(node.url, `/signup/claims/${before.id}`, 'before')).status)
        .toBe(200);
      const refused = await crowd.ask(node.url, '/signup/sessions', 'late', {});
      expect([refused.status, Number(refused.retryAfter) > 0]).toEqual([503, true]);
      expect(node.log()).toContain('"cause":"25006"');
      // A node that has nothing to migrate starts and reads; one that has says what is wrong.
      await (await openStore(server.url)).close();
      await expect(openStore(emptySchemaOf(server.url))).rejects.toThrow(/takes no writes.*standby/);

      await askServer(server.url, 'select pg_promote()');
      await signUpAll(crowd, 10, 5);
      expect(wrongAnswers(crowd.answers)).toEqual([]);
      await expectNothingLost(crowd, 11);
    } finally {
      await world.close();
      await server.remove();
    }
  });

  it('whose connection leads to a standby is asked by a new connection, which may lead to the primary', async () => {
    const engine = openDatabase(database.url, {
      sleep: () => Promise.resolve(),
      onLostConnection: () => undefined,
    });
    await engine.write((trx) => sql`create table t (id integer)`.execute(trx));
    // What a connection that was made before a fail-over sees.
    await sql`set default_transaction_read_only = on`.execute(engine.read);
    const write = () => engine.write((trx) => sql`insert into t values (1)`.execute(trx));
    await expect(write()).rejects.toThrow(StoreUnavailableError);
    await expect(write()).resolves.toBeDefined();
    await engine.close();
  });
});

async function askServer(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Where nothing was migrated. */
function emptySchemaOf(url: string): string {
  const empty = new URL(url);
  empty.searchParams.set('options', '-c search_path=pg_temp');
  return empty.href;
}
