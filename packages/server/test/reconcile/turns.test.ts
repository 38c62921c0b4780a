import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { inTurns } from '../../src/worker/in-turns.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { failure } from '../registration/support/step-world.ts';

const second = 1_000;
const minute = 60 * second;
const period = 5 * minute;

describe.each(engines)('a chore that the nodes do in turns, on $name', ({ create }) => {
  let database: TestDatabase;
  let stores: Store[];
  let now: number;
  let log: string[];
  beforeEach(async () => {
    database = await create();
    stores = [await openStore(database.address)];
    now = t0;
    log = [];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await database.drop();
  });

  const note = (message: string) => void log.push(message);
  const nodeOver = (store: Store, chore: () => Promise<void>) =>
    inTurns(
      period,
      {
        store,
        clock: { now: () => now },
        logger: { debug: note, info: note, warn: note, error: note },
        name: 'x',
      },
      chore,
    );

  it('is done again when the clock was set back by a day, and after a failure too', async () => {
    let done = 0;
    let fails = false;
    const node = nodeOver(stores[0] ?? fail(), () => {
      done += 1;
      return fails ? Promise.reject(new Error('of a test')) : Promise.resolve();
    });
    now = t0 + 24 * 60 * minute;
    await node();
    now = t0;
    await node();
    await node();
    expect(done).toBe(2);
    now = t0 + 24 * 60 * minute + period;
    fails = true;
    await node();
    await node();
    expect(done).toBe(3);
    now = t0 + period;
    fails = false;
    await node();
    expect(done).toBe(4);
  });

  it('is done once in a period by twenty nodes', async () => {
    stores.push(await openStore(database.address));
    let done = 0;
    const nodes = Array.from({ length: 20 }, (_, index) =>
      nodeOver(stores[index % 2] ?? stores[0] ?? fail(), () => Promise.resolve(void (done += 1))),
    );
    const all = () => Promise.all(nodes.map((node) => node()));
    await all();
    await all();
    expect(done).toBe(1);
    now += period - 1;
    await all();
    expect(done).toBe(1);
    now += 1;
    await all();
    expect(done).toBe(2);
  });

  it('is waited for by whoever asks while it is done', async () => {
    const [store = fail()] = stores;
    let finish: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (finish = resolve));
    const node = nodeOver(store, () => slow);
    let ended = 0;
    const both = [node(), node()].map((one) => one.then(() => (ended += 1)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toBe(0);
    finish();
    await Promise.all(both);
    expect(ended).toBe(2);
  });

  it('is tried again soon, by another node as well, when it failed', async () => {
    const [store = fail()] = stores;
    let tries = 0;
    const unlucky = nodeOver(store, () => {
      tries += 1;
      return Promise.reject(new Error('Meta is down'));
    });
    await unlucky();
    await unlucky();
    expect({ tries, log }).toEqual({ tries: 1, log: ['a chore failed; it is tried again'] });
    now += 15 * second;
    await unlucky();
    expect(tries).toBe(2);
    now += 15 * second;
    await unlucky();
    expect(tries).toBe(2);
    let done = 0;
    await nodeOver(store, () => Promise.resolve(void (done += 1)))();
    expect(done).toBe(1);
  });

  it('is left alone for as long as Meta says', async () => {
    const [store = fail()] = stores;
    let tries = 0;
    const node = nodeOver(store, () => {
      tries += 1;
      return Promise.reject(failure({ kind: 'throttled', retryAt: t0 + 20 * minute }));
    });
    for (; now < t0 + 20 * minute; now += minute) await node();
    expect(tries).toBe(1);
    await node();
    expect(tries).toBe(2);
  });

  it('never fails for a node whose database is away', async () => {
    const [store = fail()] = stores;
    let done = 0;
    const away = { ...store, takeTurn: () => Promise.reject(new Error('away')) };
    const chore = () => Promise.resolve(void (done += 1));
    await nodeOver(away, chore)();
    expect(done).toBe(0);
    await nodeOver(store, chore)();
    expect(done).toBe(1);
  });
});

function fail(): never {
  throw new Error('there is no store');
}
