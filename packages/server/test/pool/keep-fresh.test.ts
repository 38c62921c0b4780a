import { describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../src/domain/durations.ts';
import { codePace } from '../../src/pool/code-pace.ts';
import { NumberVerifiedError, TooManyCodesError } from '../../src/pool/pool-errors.ts';
import { graphError } from '../../src/ports/graph-errors.ts';
import type { GraphErrorKind } from '../../src/ports/graph-error-kind.ts';
import { StoreUnavailableError } from '../../src/ports/store-errors.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { engines } from '../support/databases.ts';
import { careWorld } from './support/care-world.ts';

const refused = (kind: GraphErrorKind, retryAt?: number) =>
  graphError('Meta said no.', { kind, action: 'request a code', retryAt });
/** Meta takes 125 codes an hour (Meta, "Verify code"). */
const metasLimit = 125;

describe.each(engines)('codes that are asked for by themselves, on $name', ({ create }) => {
  const world = careWorld(create);
  const daysOf = (times: readonly number[]) => times.map((time) => (time - t0) / day);

  /** Passes time in steps, with a turn of each node at each. @returns when codes were asked for */
  async function pass(
    until: number,
    step: number,
    cares: readonly (() => Promise<void>)[],
  ): Promise<number[]> {
    const times: number[] = [];
    for (; world.now < until; world.now += step) {
      const before = world.asked.length;
      for (const care of cares) await care();
      times.push(...Array.from(world.asked.slice(before), () => world.now));
    }
    return times;
  }

  it('are for what is not verified, lapsed, or in its last 45 days, and ours', async () => {
    const { store, care } = await world.node({ texts: true });
    await world.mirror(store, [
      world.added(1),
      world.added(2, { verificationStatus: 'EXPIRED' }),
      world.verified(3, -1),
      world.verified(4, 45),
      world.verified(5, 46),
      world.verified(6, 20, { ownerBusinessId: '77' }),
      world.verified(7, 0, { verificationExpiresAt: undefined, verifiedAt: undefined }),
      world.added(8, { ownerBusinessId: undefined }),
    ]);
    await care();
    await care();
    expect(world.asked.sort()).toEqual(['1000001', '1000002', '1000003', '1000004', '1000008']);
    expect(await world.told(store)).toEqual(['numberExpiring 1000006 45 20']);
    world.now += day;
    await care();
    expect(world.asked).toContain('1000005');
  });

  it('are three on three days and then one a week while nothing comes of them', async () => {
    const nodes = [await world.node({ texts: true }), await world.node({ texts: true })];
    await world.mirror(nodes[0]?.store ?? fail(), [world.added(1)]);
    const times = await pass(
      t0 + 31 * day,
      3 * hour,
      nodes.map(({ care }) => care),
    );
    expect(daysOf(times)).toEqual([0, 1, 2, 9, 16, 23, 30]);
  });

  it('that come to nothing have the host told 14, 3 and 0 days before, a moment later', async () => {
    const { store, care } = await world.node({ texts: true });
    await world.mirror(store, [world.verified(1, 46)]);
    const told: string[] = [];
    for (; world.now <= t0 + 50 * day; world.now += hour) {
      await care();
      for (const line of await world.told(store)) told.push(`${(world.now - t0) / day}: ${line}`);
    }
    expect(told.map((line) => line.split(' ').slice(-2).join(' '))).toEqual(['14 14', '3 3', '0 0']);
    const days = told.map((line) => Number.parseFloat(line));
    expect(days.map(Math.floor)).toEqual([32, 43, 46]);
    expect(Math.max(...days.map((at) => at % 1))).toBeLessThanOrEqual(1 / 24);
  });

  it('that succeed have nobody told of anything, also of a number that is seen late', async () => {
    const { store, care } = await world.node({ texts: true });
    await world.mirror(store, [world.verified(1, 2)]);
    await care();
    world.now += minute;
    await world.mirror(store, [world.verified(1, 90)]);
    const times = await pass(t0 + 44 * day, 6 * hour, [care]);
    expect([world.asked, times]).toEqual([['1000001'], []]);
    expect(await world.told(store)).toEqual([]);
  });

  it('wait for a day after a person asked for one', async () => {
    const { store, care } = await world.node({ texts: true });
    await world.mirror(store, [world.added(1)]);
    await store.spendNumberCall({
      now: world.now,
      phoneNumber: world.added(1).phoneNumber,
      numberId: '1000001',
      kind: 'request_code',
      who: 'ada',
      budget: { window: day, calls: 6, apart: minute },
    });
    expect(daysOf(await pass(t0 + 2 * day, hour, [care]))).toEqual([1]);
  });

  it('of a hundred numbers come no faster than they can be handed in, on two nodes together', async () => {
    const nodes = [await world.node({ texts: true }), await world.node({ texts: true })];
    const numbers = Array.from({ length: 100 }, (_, n) => world.added(n));
    await world.mirror(nodes[0]?.store ?? fail(), numbers);
    const times = await pass(
      t0 + 20 * hour,
      minute,
      nodes.map(({ care }) => care),
    );
    expect(new Set(world.asked).size).toBe(100);
    const perHour = times.map((from) => times.filter((at) => at >= from && at < from + hour).length);
    expect(Math.max(...perHour)).toBeLessThanOrEqual(metasLimit);
    const perPeriod = times.map(
      (from) => times.filter((at) => at >= from && at < from + codePace.period).length,
    );
    expect(Math.max(...perPeriod)).toBeLessThanOrEqual(2 * codePace.codes);
    expect(times.filter((at) => at < t0 + codePace.period)).toHaveLength(codePace.codes);
    expect(times.at(-1)).toBeLessThan(t0 + 3 * hour);
  });

  it('end for a while when Meta wants less, whichever numbers were due, and go on then', async () => {
    const { store, care } = await world.node({ texts: true });
    const retryAt = t0 + 2 * hour;
    await world.mirror(
      store,
      Array.from({ length: 60 }, (_, n) => world.added(n)),
    );
    world.meta = () => {
      throw refused('throttled', retryAt);
    };
    const before = await pass(retryAt, minute, [care]);
    expect(before.length).toBeLessThanOrEqual(8);
    world.meta = () => undefined;
    expect(await pass(retryAt + 3 * hour, minute, [care])).not.toHaveLength(0);
    await pass(t0 + 2 * day, 10 * minute, [care]);
    expect(new Set(world.asked).size).toBe(60);
  });

  it('spend few calls when every one fails, or the token is bad', async () => {
    const { store, care } = await world.node({ texts: true });
    await world.mirror(
      store,
      Array.from({ length: 60 }, (_, n) => world.added(n)),
    );
    for (const kind of ['auth', 'permission', 'unreachable', 'unknown'] as const) {
      world.meta = () => Promise.reject(refused(kind));
      const before = world.asked.length;
      await pass(world.now + 14 * minute, minute, [care]);
      // Five that fail, and those that were under way at the fifth.
      expect(world.asked.length - before).toBeLessThanOrEqual(kind === 'auth' ? 8 : 12);
      await pass(world.now + 20 * minute, 20 * minute, []);
    }
  });

  it('are asked for the others when Meta refuses one, which is left for a while', async () => {
    const { store, care } = await world.node({ texts: true });
    await world.mirror(store, [world.added(1), world.added(2), world.added(3), world.added(4)]);
    world.meta = (id) => {
      if (id === '1000001') throw refused('request_code_failed', t0 + 5 * hour);
      if (id === '1000002') throw new TooManyCodesError(t0 + 9 * hour);
      if (id === '1000003') throw new Error('CANARY');
    };
    await care();
    expect(world.asked.sort()).toEqual(['1000001', '1000002', '1000003', '1000004']);
    const due = await store.listNumbersToCareFor({ now: t0 + 12 * hour, limit: 9 });
    expect(due.map(({ id, careAt }) => [id, ((careAt ?? 0) - t0) / hour])).toEqual([
      ['1000003', 1],
      ['1000001', 5],
      ['1000002', 9],
    ]);
    expect(world.log.join('\n')).not.toContain('CANARY');
  });

  it('have nobody told of an end that is over meanwhile: Meta refuses because the number is verified', async () => {
    const { store, care } = await world.node({ texts: true });
    await world.mirror(store, [world.verified(1, 13), world.added(2)]);
    world.now += 80 * day;
    world.meta = async (id) => {
      await store.keepNumber({ number: world.verified(Number(id) - 1_000_000, 90), now: world.now });
      throw new NumberVerifiedError(world.now + 45 * day);
    };
    await care();
    await care();
    expect(world.asked.sort()).toEqual(['1000001', '1000002']);
    expect(await world.told(store)).toEqual([]);
  });

  it('are not counted where the call never left this machine', async () => {
    const { store, care } = await world.node({ texts: true });
    await world.mirror(store, [world.added(1)]);
    world.meta = async () => {
      const [call] = await store.listNumberCalls({ phoneNumber: world.added(1).phoneNumber, limit: 1 });
      await store.endNumberCall({ callId: call?.id ?? '', outcome: 'refused', reason: 'not_sent' });
      throw refused('unreachable');
    };
    expect(daysOf(await pass(t0 + 4 * hour, minute, [care])).map((days) => days * 24)).toEqual([0, 1, 2, 3]);
  });

  it('leave a number to the next round when the database is away', async () => {
    const { store } = await world.node({ texts: true });
    const { care } = await world.node({
      texts: true,
      store: { takeTurn: () => Promise.reject(new StoreUnavailableError('away')) },
    });
    await world.mirror(store, [world.added(1)]);
    await expect(care()).rejects.toThrow(StoreUnavailableError);
    expect(await store.listNumbersToCareFor({ now: world.now, limit: 9 })).toHaveLength(1);
  });
});

function fail(): never {
  throw new Error('no node');
}
