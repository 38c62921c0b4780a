import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readNumbers } from '../../src/numbers/read-numbers.ts';
import type { Store } from '../../src/ports/store.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

const minute = 60_000;
const hour = 60 * minute;
/** More than two slices. */
const count = 60;
const sealed = () => Promise.reject(new Error('nothing is sealed here'));
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe.each(engines)('two nodes that read numbers in service, on $name', ({ create }) => {
  let database: TestDatabase;
  let stores: Store[] = [];
  let now = 0;
  /** Numbers that Meta was asked for, in that order. */
  let asked: string[] = [];
  beforeEach(async () => {
    database = await create();
    stores = [await openStore(database.address), await openStore(database.address)];
    const claims = Array.from({ length: count }, (_, n) => ({
      id: `claim-${n}`,
      customerId: 'ada',
      wabaId: String(8_000 + n),
      phoneNumberId: String(7_000 + n),
      phoneNumber: `+1415555${1_000 + n}`,
      sealedToken: undefined,
      tokenExpiresAt: undefined,
      sealedPin: undefined,
      registeredAt: undefined,
    }));
    await stores[0]?.importClaims({ now: t0, who: 'ann', claims });
    now = t0 + hour;
    asked = [];
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  });

  /** A turn of one node. @param call what happens while Meta is asked */
  const turnOf = (node: number, call: () => Promise<void>, stop = new AbortController()) => {
    const store = stores[node];
    if (store === undefined) throw new Error('no such node');
    const describeNumber = async (id: string) => {
      asked.push(id);
      await call();
      return { displayPhoneNumber: id, facts: { status: 'CONNECTED' } };
    };
    const clock = { now: () => now };
    const cipher = { seal: sealed, open: sealed };
    const { signal } = stop;
    return readNumbers({ graph: { describeNumber }, store, cipher, clock, logger: quiet, signal })();
  };
  const twice = () => {
    const once = new Set<string>();
    return asked.filter((id) => once.size === once.add(id).size);
  };

  it('read each of them once, at the same time', async () => {
    const begun = new Set<number>();
    let go: () => void = () => {};
    const bothAreAtIt = new Promise<void>((resolve) => (go = resolve));
    const call = (node: number) => async () => {
      begun.add(node);
      if (begun.size === 2) go();
      await bothAreAtIt;
    };
    await Promise.all([0, 1].map((node) => turnOf(node, call(node))));
    expect(begun.size).toBe(2);
    expect(twice()).toEqual([]);
    expect(asked).toHaveLength(count);
  });

  it('leave numbers to who crashed over them for five minutes, and read them then', async () => {
    const stop = new AbortController();
    const crash = () => {
      stop.abort();
      return Promise.reject(new Error('the machine went away'));
    };
    await turnOf(0, crash, stop);
    const cut = asked.splice(0);
    now += 5 * minute - 1;
    await turnOf(1, () => Promise.resolve());
    expect(asked).toHaveLength(count - 25);
    expect(new Set([...asked, ...cut]).size).toBe(asked.length + cut.length);
    now += 1;
    await turnOf(1, () => Promise.resolve());
    expect(twice()).toEqual([]);
    expect(asked).toHaveLength(count);
  });

  it('begin none that they could not be done with before another one takes it', async () => {
    await turnOf(0, async () => void (now += 2 * minute));
    expect(asked.length).toBeLessThan(25);
    for (let turn = 0; turn < 2; turn += 1) {
      await turnOf(1, () => Promise.resolve());
      now += 5 * minute;
    }
    expect(twice()).toEqual([]);
    expect(asked).toHaveLength(count);
  });
});
