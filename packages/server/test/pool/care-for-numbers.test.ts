import { describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../src/domain/durations.ts';
import { StoreUnavailableError } from '../../src/ports/store-errors.ts';
import { poolNumber, t0, wish } from '../../src/testing/contract/contract-case.ts';
import { engines } from '../support/databases.ts';
import { careWorld } from './support/care-world.ts';

describe.each(engines)('the care for a pool without texts, on $name', ({ create }) => {
  const world = careWorld(create);

  it('tells of an end four times, on the right days, however often two nodes look', async () => {
    const nodes = [await world.node(), await world.node()];
    const [{ store }] = nodes as [(typeof nodes)[0], ...typeof nodes];
    await world.mirror(store, [world.verified(1, 80)]);
    const told: string[] = [];
    for (; world.now <= t0 + 100 * day; world.now += 6 * hour) {
      await Promise.all(nodes.map(({ care }) => care()));
      const lines = await world.told(store);
      told.push(...lines.map((line) => `day ${(world.now - t0) / day}: ${line}`));
    }
    expect(told).toEqual([
      'day 35: numberExpiring 1000001 45 45',
      'day 66: numberExpiring 1000001 14 14',
      'day 77: numberExpiring 1000001 3 3',
      'day 80: numberExpiring 1000001 0 0',
    ]);
    expect(world.asked).toEqual([]);
  });

  it('tells of numbers that are seen late once, of the newest stage', async () => {
    const { store, care } = await world.node();
    await world.mirror(store, [
      world.verified(1, 10),
      world.verified(2, 2),
      world.verified(3, -200),
      world.verified(4, 60),
    ]);
    await care();
    await care();
    expect(await world.told(store)).toEqual([
      'numberExpiring 1000001 14 10',
      'numberExpiring 1000002 3 2',
      'numberExpiring 1000003 0 0',
    ]);
  });

  it('tells once, 75 days after a number was seen, that it will be dropped', async () => {
    const { store, care } = await world.node();
    await world.mirror(store, [world.added(1), world.added(2, { ownerBusinessId: '77' })]);
    const told: string[] = [];
    for (; world.now <= t0 + 95 * day; world.now += 12 * hour) {
      await care();
      told.push(...(await world.told(store)).map((line) => `day ${(world.now - t0) / day}: ${line}`));
    }
    expect(told).toEqual(['day 75: numberUnverified 1000001 15']);
  });

  it('tells of no end that Meta does not name, and the number is given to customers', async () => {
    const { store, care } = await world.node();
    const since = world.now - 100 * day;
    await world.mirror(store, [
      world.verified(1, 0, { verifiedAt: since, verificationExpiresAt: undefined }),
    ]);
    await care();
    const { numbers } = await store.openSession(wish('ada', { now: world.now }));
    expect(numbers.map(({ id }) => id)).toEqual(['1000001']);
    expect(await world.told(store)).toEqual([]);
    await world.mirror(store, [world.added(1, { verificationStatus: 'EXPIRED', verifiedAt: since })]);
    await care();
    expect(await world.told(store)).toEqual(['numberExpiring 1000001 0 0']);
    expect((await store.openSession(wish('bob', { now: world.now }))).numbers).toEqual([]);
  });

  it('leaves what is to be told to a node that has somebody to tell', async () => {
    const deaf = await world.node({ destinations: [] });
    const { store, care } = await world.node();
    await world.mirror(store, [world.verified(1, 2), world.added(2)]);
    world.now += 76 * day;
    await deaf.care();
    const low = { now: world.now, verifiedUntil: world.now, levels: [{ country: 'US', low: 5 }] };
    expect(await deaf.store.warnOfLowPool(low)).toEqual([{ country: 'US', free: 0 }]);
    await care();
    expect(await world.told(store)).toEqual([]);
    world.now += hour;
    await care();
    await store.warnOfLowPool(low);
    const told = await store.leaseHostEvents({ now: world.now, limit: 9 });
    expect(told.map(({ event }) => event.type).sort()).toEqual([
      'numberExpiring',
      'numberUnverified',
      'poolLow',
    ]);
  });

  it('looks again at once at what a clock that was ahead put off', async () => {
    const { store, care } = await world.node();
    await world.mirror(store, [world.verified(1, 60)]);
    world.now = t0 + 30 * day;
    await care();
    world.now = t0;
    await care();
    const [number] = await store.listNumbersToCareFor({ now: t0 + 7 * day, limit: 1 });
    expect(number?.careAt).toBeLessThanOrEqual(t0 + 7 * day);
  });

  it('begins anew when Meta names another end', async () => {
    const { store, care } = await world.node();
    await world.mirror(store, [world.verified(1, 2)]);
    await care();
    await world.mirror(store, [world.verified(1, 40)]);
    await care();
    await world.mirror(store, [world.verified(1, 90)]);
    await care();
    expect(await world.told(store)).toEqual(['numberExpiring 1000001 3 2', 'numberExpiring 1000001 45 40']);
  });

  it('looks at each number again within a week, and never at what is claimed or gone', async () => {
    const { store, care } = await world.node();
    const numbers = Array.from({ length: 40 }, (_, n) => world.verified(n, n * 3));
    await world.mirror(store, numbers);
    await care();
    expect(await store.listNumbersToCareFor({ now: world.now, limit: 50 })).toEqual([]);
    expect(await store.listNumbersToCareFor({ now: world.now + 7 * day, limit: 50 })).toHaveLength(40);
    world.now += minute;
    await world.mirror(store, numbers.slice(1));
    expect(await store.listNumbersToCareFor({ now: world.now + 7 * day, limit: 50 })).toHaveLength(39);
  });

  it('asks for nothing but what is due, and then that alone', async () => {
    let lists = 0;
    const { store, care } = await world.node();
    const counted = await world.node({
      store: {
        listNumbersToCareFor: (input) => {
          lists += 1;
          return store.listNumbersToCareFor(input);
        },
        finishCare: () => Promise.reject(new Error('not expected')),
      },
    });
    await world.mirror(store, [poolNumber(1)]);
    await care();
    await counted.care();
    expect(lists).toBe(1);
  });

  it('goes on with the others when one look breaks, and comes back to that one in an hour', async () => {
    const { store, care } = await world.node();
    const broken = await world.node({
      store: {
        tellOfExpiry: (input) =>
          input.id === '1000001' ? Promise.reject(new Error('CANARY')) : store.tellOfExpiry(input),
      },
    });
    await world.mirror(store, [world.verified(1, 2), world.verified(2, 2)]);
    await broken.care();
    expect(await world.told(store)).toEqual(['numberExpiring 1000002 3 2']);
    expect(world.log.join('\n')).toContain('it is tried again');
    expect(world.log.join('\n')).not.toContain('CANARY');
    world.now += hour - 1;
    await care();
    expect(await world.told(store)).toEqual([]);
    world.now += 1;
    await care();
    expect(await world.told(store)).toEqual(['numberExpiring 1000001 3 2']);
  });

  it('says so when the database is away, and misses nothing', async () => {
    const { store, care } = await world.node();
    const away = await world.node({
      store: { finishCare: () => Promise.reject(new StoreUnavailableError('away')) },
    });
    await world.mirror(store, [world.verified(1, 2)]);
    await expect(away.care()).rejects.toThrow(StoreUnavailableError);
    await care();
    expect(await world.told(store)).toEqual(['numberExpiring 1000001 3 2']);
  });

  it('begins nothing new when it is closing', async () => {
    let looks = 0;
    const { store } = await world.node();
    const { care } = await world.node({
      store: {
        finishCare: (input) => {
          looks += 1;
          world.closing.abort();
          return store.finishCare(input);
        },
      },
    });
    await world.mirror(
      store,
      Array.from({ length: 60 }, (_, n) => world.verified(n, 60)),
    );
    await care();
    expect(looks).toBeLessThanOrEqual(8);
    expect(await store.listNumbersToCareFor({ now: world.now, limit: 100 })).toHaveLength(60 - looks);
  });

  it('gets through a large pool that is new, a bounded part of it in each turn, and each number once', async () => {
    const count = process.env['TEST_LONG'] === '1' ? 10_000 : 1_300;
    const { store } = await world.node();
    let looks = 0;
    const { care } = await world.node({
      texts: true,
      store: {
        finishCare: (input) => {
          looks += 1;
          return store.finishCare(input);
        },
      },
    });
    const numbers = Array.from({ length: count }, (_, n) => world.added(n));
    await world.mirror(store, numbers);
    for (let turn = 1; turn <= Math.ceil(count / 1_000); turn += 1) {
      await care();
      expect(looks).toBe(Math.min(count, turn * 1_000));
    }
    await care();
    expect(looks).toBe(count);
    // The others wait for their turn, not all for the same moment.
    const later = await store.listNumbersToCareFor({ now: world.now + hour, limit: count });
    expect(later.length).toBeLessThan(150);
    const inAWeek = await store.listNumbersToCareFor({ now: world.now + 7 * day, limit: count });
    expect(inAWeek).toHaveLength(count);
  });

  it('leaves a number that is set aside in peace, and warns of it all the same', async () => {
    const { store, care } = await world.node({ texts: true });
    await world.mirror(store, [world.verified(1, 14)]);
    await store.openSession(wish('ada', { now: world.now }));
    await care();
    expect(world.asked).toEqual([]);
    expect(await world.told(store)).toEqual(['numberExpiring 1000001 14 14']);
    world.now = t0 + hour;
    await care();
    expect(world.asked).toEqual(['1000001']);
  });
});
