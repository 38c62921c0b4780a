import { afterEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { rotateSecrets, type RotationOptions } from '../../src/secrets/rotate-secrets.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { cipherOf, closedTo, lookAtRest, spoiledFor, type AtRest } from './support/at-rest.ts';

const old = 'CANARY-old-secret-0123456789-0123456789';
const fresh = 'CANARY-new-secret-0123456789-0123456789';
const gone = 'CANARY-gone-secret-123456789-0123456789';

/** More than two slices, with a code in every third. */
const claims = 120;
const cellsOfThem = 2 * claims + claims / 3;

let database: TestDatabase;
let store: Store;
let disk: AtRest;
afterEach(async () => {
  await store.close();
  await disk.close();
  await database.drop();
});

async function open(engine: (typeof engines)[number]): Promise<void> {
  database = await engine.createMigrated();
  store = await openStore(database.address);
  disk = lookAtRest(database.address);
}

const sleep = () => Promise.resolve();
async function rotate(secrets: string[], options: RotationOptions = {}, over: Partial<Store> = {}) {
  const cipher = await cipherOf(...secrets);
  return rotateSecrets({ store: { ...store, ...over }, cipher, sleep })(options);
}

describe.each(engines)('sealing everything anew, on $name', (engine) => {
  it('leaves every cell to the newest secret alone, with what was in it', async () => {
    await open(engine);
    const cells = await disk.seed({ claims, cipher: await cipherOf(old) });
    expect(cells).toBe(cellsOfThem);
    expect(await rotate([fresh, old])).toEqual({
      sealed: cells,
      current: 0,
      changed: 0,
      unreadable: [],
      complete: true,
    });
    const after = await disk.cells();
    expect(after).toHaveLength(cells);
    expect(await spoiledFor(await cipherOf(fresh), after)).toEqual([]);
    expect(await closedTo(await cipherOf(old), after)).toHaveLength(cells);
  });

  it('has nothing left to do the second time, and writes nothing', async () => {
    await open(engine);
    await disk.seed({ claims, cipher: await cipherOf(old) });
    await rotate([fresh, old]);
    const before = await disk.cells();
    const replaceSealed = () => Promise.reject(new Error('something was written'));
    expect(await rotate([fresh, old], {}, { replaceSealed })).toMatchObject({
      sealed: 0,
      current: cellsOfThem,
      changed: 0,
    });
    expect(await disk.cells()).toEqual(before);
  });

  it('goes on where a run before was cut off, whichever call was its last', async () => {
    await open(engine);
    await disk.seed({ claims, cipher: await cipherOf(old) });
    const either = await cipherOf(fresh, old);
    let cutOff = 0;
    for (let last = 0; ; last += 1) {
      let calls = 0;
      const mortal = <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) => {
        return (...args: Args) =>
          (calls += 1) > last ? Promise.reject(new Error('cut off')) : call(...args);
      };
      const over = { listSealed: mortal(store.listSealed), replaceSealed: mortal(store.replaceSealed) };
      const end = await rotate([fresh, old], {}, over).then(
        ({ complete }) => complete,
        (error: unknown) => String(error),
      );
      expect(await spoiledFor(either, await disk.cells())).toEqual([]);
      if (end === true) break;
      expect(end).toBe('Error: cut off');
      cutOff += 1;
    }
    expect(cutOff).toBeGreaterThan(6);
    expect(await spoiledFor(await cipherOf(fresh), await disk.cells())).toEqual([]);
  });

  it('leaves alone what it cannot open, names its key, and does the rest', async () => {
    await open(engine);
    await disk.seed({ claims: 60, cipher: await cipherOf(old) });
    const lost = await cipherOf(gone);
    const cells = await disk.seed({ claims: 6, cipher: lost, from: 1_000 });
    const before = await closedTo(await cipherOf(fresh, old), await disk.cells());
    expect(before).toHaveLength(cells);
    const { kid } = lost.keyOf(await lost.seal('any', 'cell'));
    const result = await rotate([fresh, old]);
    expect(result).toEqual({
      sealed: 140,
      current: 0,
      changed: 0,
      unreadable: [{ kid, texts: cells }],
      complete: true,
    });
    expect(JSON.stringify(result)).not.toContain('CANARY');
    expect(await closedTo(await cipherOf(fresh), await disk.cells())).toEqual(before);
    expect(await rotate([fresh, gone])).toMatchObject({ sealed: cells, current: 140, unreadable: [] });
  });

  it('leaves alone what is written between its look and its own writing', async () => {
    await open(engine);
    const newest = await cipherOf(fresh);
    await disk.seed({ claims: 9, cipher: await cipherOf(old) });
    const listSealed: Store['listSealed'] = async (input) => {
      const slice = await store.listSealed(input);
      const [first] = slice.texts;
      // A server seals something else into the first cell of each slice, at the worst moment.
      if (first !== undefined) {
        const sealed = await newest.seal(`written meanwhile`, first.cell);
        expect(await store.replaceSealed([{ old: first, sealed }])).toEqual([true]);
      }
      return slice;
    };
    expect(await rotate([fresh, old], {}, { listSealed })).toMatchObject({ sealed: 19, changed: 2 });
    const cells = await disk.cells();
    expect(await closedTo(newest, cells)).toEqual([]);
    expect(await spoiledFor(newest, cells)).toHaveLength(2);
  });

  it.each([{ areOver: false }, { areOver: true }])(
    'leaves another app of the same database alone, its PINs as well: $areOver',
    async ({ areOver }) => {
      await open(engine);
      const ours = await disk.seed({ claims: 5, cipher: await cipherOf(old), areOver });
      await disk.seed({ claims: 5, cipher: await cipherOf(gone), app: '9', areOver });
      expect(await store.countSealed()).toBe(ours);
      expect(await rotate([fresh, old])).toMatchObject({ sealed: ours, unreadable: [] });
      expect(await closedTo(await cipherOf(gone), await disk.cells())).toHaveLength(ours);
    },
  );
});

describe('sealing everything anew', () => {
  const [sqlite] = engines;
  if (sqlite === undefined) throw new Error('an engine is needed');

  it('tells how far it is, and ends at all of them', async () => {
    await open(sqlite);
    await disk.seed({ claims, cipher: await cipherOf(old) });
    const told: number[] = [];
    const totals = new Set<number>();
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      told.push(done);
      totals.add(total);
    };
    await rotate([fresh, old], { onProgress });
    expect(told.length).toBeGreaterThan(4);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(cellsOfThem);
    expect([...totals]).toEqual([cellsOfThem]);
  });

  it('stops after the slice under way when it is interrupted, and says that it did', async () => {
    await open(sqlite);
    await disk.seed({ claims, cipher: await cipherOf(old) });
    const interrupt = new AbortController();
    const options = { signal: interrupt.signal, onProgress: () => interrupt.abort() };
    const { complete, sealed } = await rotate([fresh, old], options);
    expect(complete).toBe(false);
    expect(sealed).toBeGreaterThan(0);
    expect(sealed).toBeLessThan(cellsOfThem);
    expect(await rotate([fresh, old])).toMatchObject({ sealed: cellsOfThem - sealed, current: sealed });
  });

  it('gives the servers the database between two slices', async () => {
    await open(sqlite);
    await disk.seed({ claims, cipher: await cipherOf(old) });
    const acts: string[] = [];
    const cipher = await cipherOf(fresh, old);
    const watched: Store = {
      ...store,
      replaceSealed: (all) => {
        acts.push('write');
        return store.replaceSealed(all);
      },
    };
    await rotateSecrets({
      store: watched,
      cipher,
      sleep: (ms) => {
        acts.push(ms > 0 ? 'rest' : 'no rest');
        return Promise.resolve();
      },
    })();
    expect(acts.length).toBeGreaterThan(8);
    expect(acts).toEqual(acts.map((_, n) => (n % 2 === 0 ? 'write' : 'rest')));
  });

  it('does without a cipher that can name the key of a text', async () => {
    await open(sqlite);
    await disk.seed({ claims: 9, cipher: await cipherOf(old) });
    const { seal, open: openSealed } = await cipherOf(fresh, old);
    const rotation = rotateSecrets({ store, cipher: { seal, open: openSealed }, sleep });
    expect(await rotation()).toMatchObject({ sealed: 21, current: 0 });
    expect(await rotation()).toMatchObject({ sealed: 21, current: 0 });
    expect(await spoiledFor(await cipherOf(fresh), await disk.cells())).toEqual([]);
  });

  it('names no key of a text that is none of its making', async () => {
    await open(sqlite);
    await disk.seed({
      claims: 1,
      cipher: { seal: (_plain, cell) => Promise.resolve(`no JWE: ${cell}`), open: () => Promise.reject() },
    });
    expect(await rotate([fresh])).toMatchObject({ sealed: 0, unreadable: [{ kid: undefined, texts: 3 }] });
  });
});
