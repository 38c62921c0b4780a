import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../../src/ports/store-errors.ts';
import { createStore } from '../../../src/store/create-store.ts';
import type { Engine } from '../../../src/store/engine/engine.ts';
import { openDatabase } from '../../../src/store/open-database.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import { poolNumber, t0, wish } from '../../../src/testing/contract/contract-case.ts';

/** What a stopped event loop is, milliseconds: longer than other tests keep the processor, shorter than any wait for a lock. */
const stop = 500;

/** Beside other tests everything may take several times as long; milliseconds. */
const timeout = 120_000;

let folder: string;
let file: string;
let engines: Engine[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signup-engine-'));
  file = join(folder, 'signup.db');
});
afterEach(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
  engines = [];
  await rm(folder, { recursive: true, force: true });
});

const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
const open = () => {
  const engine = openDatabase(`sqlite:${file}`, { sleep: pause, onLostConnection: () => undefined });
  engines.push(engine);
  return engine;
};
const storeOf = (engine: Engine) =>
  createStore({
    engine,
    scope: { appId: '1', businessId: '2' },
    now: () => t0,
    defer: (run) => void setImmediate(run),
    leaseMs: 60_000,
    newId: systemRandom.id,
    destinations: () => [],
  });
/** How long the event loop stood still at most while `act` ran, milliseconds. */
async function longestStop(act: () => Promise<void>): Promise<number> {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  // The first sample is of the time before.
  await pause(20);
  loop.reset();
  await act();
  loop.disable();
  return loop.max / 1e6;
}

describe('a SQLite file', { timeout }, () => {
  it('that somebody else is making at this moment is waited for without stopping the event loop', async () => {
    const other = new Database(file);
    other.exec('begin exclusive; create table others (id integer)');
    let isReady = false;
    const longest = await longestStop(async () => {
      const ready = storeOf(open())
        .migrate()
        .then(() => (isReady = true));
      await Promise.race([ready, pause(2_500)]);
      expect(isReady).toBe(false);
      other.exec('commit');
      other.close();
      await ready;
    });
    expect(longest).toBeLessThan(stop);
  });

  it('is opened and read while another process writes, without waiting', async () => {
    await storeOf(open()).migrate();
    const other = new Database(file);
    other.exec('begin immediate');
    const begun = performance.now();
    const store = storeOf(open());
    await store.migrate();
    await store.ping();
    expect(performance.now() - begun).toBeLessThan(500);
    other.exec('rollback');
    other.close();
  });

  it('that is none is called so, and is left as it is', async () => {
    await writeFile(file, 'these are not the tables you are looking for'.repeat(30));
    const failed = storeOf(open()).migrate();
    await expect(failed).rejects.toThrow(StoreUnavailableError);
    await expect(failed).rejects.toThrow(/check that it is a SQLite file/);
  });

  it('refuses all who wait for one lock when the first of them has waited for long enough', async () => {
    const engine = open();
    const store = storeOf(engine);
    await store.migrate();
    const other = new Database(file);
    other.exec('begin immediate');
    const begun = performance.now();
    const waits = await Promise.all(
      Array.from({ length: 20 }, () =>
        store.releaseHolds({ now: t0, limit: 1 }).then(
          () => -1,
          () => performance.now() - begun,
        ),
      ),
    );
    expect(Math.min(...waits)).toBeGreaterThan(500);
    expect(Math.max(...waits)).toBeLessThan(2_000);
    // Known to be held for long by now: whoever comes is told soon, and the first who finds it free has it.
    const again = performance.now();
    await expect(store.releaseHolds({ now: t0, limit: 1 })).rejects.toThrow(StoreUnavailableError);
    expect(performance.now() - again).toBeLessThan(800);
    other.exec('rollback');
    other.close();
    await expect(store.releaseHolds({ now: t0, limit: 1 })).resolves.toBeDefined();
  });

  it('is written on while somebody reads for long, and its log is cut when they are through', async () => {
    const engine = open();
    await engine.write((trx) => sql`create table big (id integer primary key, what blob)`.execute(trx));
    const write = () =>
      engine.write((trx) =>
        sql`insert into big (id, what) values (1, randomblob(500000))
          on conflict (id) do update set what = excluded.what`.execute(trx),
      );
    const reader = new Database(file);
    reader.exec('begin');
    reader.prepare('select count(*) from big').get();
    // No checkpoint gets past the reader, so the log only grows.
    for (let n = 0; n < 180; n += 1) await write();
    const grown = (await stat(`${file}-wal`)).size;
    expect(grown).toBeGreaterThan(80e6);
    reader.exec('commit');
    reader.close();
    const longest = await longestStop(async () => {
      for (let n = 0; n < 3; n += 1) {
        await write();
        await pause(10);
      }
    });
    expect((await stat(`${file}-wal`)).size).toBeLessThan(70e6);
    expect(longest).toBeLessThan(stop);
  });

  it('gives no number out twice to stores that all wait for its lock', async () => {
    const stores = [open(), open(), open()].map(storeOf);
    await Promise.all(stores.map((store) => store.migrate()));
    const numbers = Array.from({ length: 30 }, (_, n) => poolNumber(n));
    await stores[0]?.mirrorPool({ numbers, now: t0, complete: true });
    const other = new Database(file);
    other.exec('begin immediate');
    const opening = stores.flatMap((store, node) =>
      Array.from({ length: 10 }, (_, n) => store.openSession(wish(`customer-${node}-${n}`))),
    );
    await pause(300);
    other.exec('rollback');
    other.close();
    const given = (await Promise.all(opening)).flatMap((session) => session.numbers.map(({ id }) => id));
    expect(given).toHaveLength(30);
    expect(new Set(given).size).toBe(30);
  });
});
