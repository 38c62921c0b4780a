// A number for a customer, from a pool of a thousand and from one of a million that years have worn: nearly all claimed, gone or
// lapsed, a few hundred free. The two databases take turns, call after call, so both see the same machine; their ratio counts.
//
//   node ../../tools/run-typescript.mjs bench/holding.ts [--customers 250] [--large 1000000] [--database postgres://…]
//
// Half a minute. With `--database` two schemas are made there, and dropped at the end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import type { Store } from '../src/ports/store.ts';
import { createStore } from '../src/store/create-store.ts';
import { openDatabase } from '../src/store/open-database.ts';
import { systemRandom } from '../src/system/system-random.ts';
import { t0, wish } from '../src/testing/contract/contract-case.ts';
import { freeNumbers, wornPool } from '../test/pool/support/worn-pool.ts';
import { median } from './load.ts';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '250' },
    large: { type: 'string', default: '1000000' },
    database: { type: 'string' },
  },
});
const customers = Math.min(Number(values.customers), freeNumbers - 10);
const sizes = [1_000, Number(values.large)] as const;
const hour = 3_600_000;
const day = 24 * hour;

interface Pool {
  size: number;
  store: Store;
  drop: () => Promise<void>;
}

/** What is timed: something that a page, a chore or an operator waits for. */
const acts: { name: string; run: (store: Store, n: number) => Promise<unknown> }[] = [
  { name: 'hold', run: (store, n) => store.openSession(wish(`customer-${n}`)) },
  { name: 'hold again', run: (store, n) => store.openSession(wish(`customer-${n}`)) },
  {
    name: 'give holds back',
    run: (store) => store.releaseHolds({ now: t0 + hour, limit: 1 }),
  },
  { name: 'hold in DE', run: (store, n) => store.openSession(wish(`german-${n % 60}`, { country: 'DE' })) },
  {
    name: 'look after',
    run: (store) => store.listNumbersToCareFor({ now: t0 + 2 * day, limit: 50 }),
  },
  {
    name: 'warn of low pool',
    run: (store) =>
      store.warnOfLowPool({ now: t0, verifiedUntil: t0 + day, levels: [{ country: 'US', low: 10 }] }),
  },
  { name: 'waiting texts', run: (store) => store.listTexts({ limit: 50 }) },
  { name: 'first page', run: (store) => store.listPool({ sort: 'expires', limit: 50 }) },
  {
    name: 'page in the middle',
    run: (store) => store.listPool({ sort: 'expires', limit: 50, cursor: `${t0 + 40 * day}.5` }),
  },
];

const folder = await mkdtemp(join(tmpdir(), 'signup-bench-'));
const pools: Pool[] = [];
try {
  for (const size of sizes) pools.push(await worn(size));
  const engine = values.database === undefined ? 'SQLite, synchronous=FULL' : 'PostgreSQL';
  console.log(`${engine}: p50 of ${customers} calls, pools of ${sizes.join(' and ')} numbers`);
  for (const { name, run } of acts) {
    const took = new Map(pools.map((pool) => [pool, [] as number[]]));
    for (let n = 0; n < customers; n += 1) {
      // Whoever is second finds the processor warm: they take turns at that as well.
      for (const pool of n % 2 === 0 ? pools : pools.toReversed()) {
        const begun = performance.now();
        await run(pool.store, n);
        took.get(pool)?.push(performance.now() - begun);
      }
    }
    const [small = Number.NaN, large = Number.NaN] = [...took.values()].map(median);
    console.log(
      `${name.padEnd(20)} ${small.toFixed(3).padStart(9)} ms ${large.toFixed(3).padStart(9)} ms   ratio ${(large / small).toFixed(2)}`,
    );
  }
} finally {
  for (const { drop } of pools) await drop();
  await rm(folder, { recursive: true, force: true });
}

async function worn(size: number): Promise<Pool> {
  const schema = `signup_bench_${process.pid}_${size}`;
  const url = values.database === undefined ? undefined : new URL(values.database);
  if (url !== undefined) {
    await execute(url.href, [`create schema ${schema}`]);
    url.searchParams.set('options', `-c search_path=${schema}`);
  }
  const address = url?.href ?? `sqlite:${join(folder, `${size}.db`)}`;
  const engine = open(address);
  const store = createStore({
    engine,
    scope: { appId: '1', businessId: '2' },
    now: () => t0,
    defer: (next) => void setImmediate(next),
    leaseMs: 60_000,
    newId: systemRandom.id,
    destinations: () => [],
  });
  await store.migrate();
  const begun = performance.now();
  await execute(address, wornPool(engine.kind, size));
  console.log(`a worn pool of ${size} numbers: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return {
    size,
    store,
    async drop() {
      await store.close();
      if (values.database !== undefined) await execute(values.database, [`drop schema ${schema} cascade`]);
    },
  };
}

function open(address: string) {
  return openDatabase(address, {
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onLostConnection: (error) => {
      throw error;
    },
  });
}

/** Without the limits of a request. */
async function execute(address: string, statements: readonly string[]): Promise<void> {
  const engine = open(address);
  await engine.migrating(async (trx) => {
    for (const statement of statements) await sql.raw(statement).execute(trx);
  });
  await engine.close();
}
