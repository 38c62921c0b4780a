import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../src/domain/durations.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { startPool, type HealthyPool } from './support/healthy-pool.ts';

const phoneNumber = '+15550100001';

describe.each(engines)('a pool that nobody attends to and no text reaches, on $name', ({ create }) => {
  let database: TestDatabase;
  const pools: HealthyPool[] = [];
  beforeEach(async () => {
    database = await create();
  });
  afterEach(async () => {
    for (const pool of pools.splice(0)) await pool.close();
    await database.drop();
  });
  async function start(over: Parameters<typeof startPool>[1]): Promise<HealthyPool> {
    const pool = await startPool(database, over);
    pools.push(pool);
    return pool;
  }
  const codesAsked = ({ host }: HealthyPool) =>
    host.calls().filter((call) => call.endsWith('/request_code')).length;

  it('warns 45, 14, 3 and 0 days before the end without texts, once on two nodes, and then offers the number no more', async () => {
    const pool = await start({ numbers: 1, nodes: 2 });
    const { id, displayPhoneNumber, ownerBusinessId } = await pool.number(phoneNumber);
    // Often around the days that matter, and now and then between them.
    for (const [days, step] of [
      [44, 4],
      [2, 0.5],
      [29, 4],
      [2, 0.5],
      [9, 3],
      [2, 0.5],
    ] as const) {
      await pool.live(days, step * day);
    }
    expect(await pool.offered('ada')).toEqual([phoneNumber]);
    await pool.live(10, 12 * hour);
    // News of the same moment is looked at first, in the next round.
    expect(pool.days('numberExpiring').map(Math.floor)).toEqual([45, 76, 87, 90]);
    expect(pool.told.map(({ event }) => event.data)).toEqual(
      [45, 14, 3, 0].map((days) => ({
        number: {
          id,
          phoneNumber,
          displayPhoneNumber,
          country: 'US',
          verificationStatus: days === 0 ? expect.stringMatching(/VERIFIED|EXPIRED/) : 'VERIFIED',
          ownerBusinessId,
        },
        expiresAt: new Date(t0 + 90 * day).toISOString(),
        stage: days,
        daysLeft: days,
      })),
    );
    expect(new Set(pool.told.map(({ event }) => event.id)).size).toBe(4);
    expect(await pool.host.signup.pool.count()).toMatchObject({ lapsed: 1, free: 0 });
    expect(await pool.offered('bob')).toEqual([]);
    expect(codesAsked(pool)).toBe(0);
    await pool.live(10, 2 * day);
    expect(pool.told).toHaveLength(4);
  });

  it('tells 75 days after it was added that a number is dropped, once, and notices that it is', async () => {
    const pool = await start({ numbers: 0, nodes: 2 });
    await pool.host.signup.pool.add([phoneNumber], { who: 'ada' });
    await pool.live(74, 2 * day);
    await pool.live(15, day);
    expect(pool.days('numberUnverified')).toEqual([75]);
    expect(pool.told[0]?.event.data).toMatchObject({
      number: { phoneNumber, verificationStatus: 'NOT_VERIFIED' },
      droppedAt: new Date(t0 + 90 * day).toISOString(),
      daysLeft: 15,
    });
    expect(await pool.host.signup.pool.count()).toMatchObject({ unverified: 1 });
    await pool.live(3, 12 * hour);
    expect(await pool.host.signup.pool.count()).toMatchObject({ unverified: 0, gone: 1 });
    expect(pool.told).toHaveLength(1);
  });

  it('tells once for each country that numbers run out, and again only after there were enough', async () => {
    const pool = await start({ numbers: 3, nodes: 2, pool: { low: 2 } });
    const { host } = pool;
    host.sim.seedNumbers({ phoneNumbers: ['+31 6 12345678'] });
    const low = () => pool.told.map(({ event }) => event.data);
    await pool.live(1 / 24, 5 * minute);
    expect(low()).toEqual([{ country: 'NL', free: 1, low: 2 }]);
    await pool.offered('ada', 'US');
    await pool.live(10 / (24 * 60), 5 * minute);
    expect(low()).toHaveLength(1);
    await pool.offered('bob', 'US');
    await pool.live(10 / (24 * 60), 5 * minute);
    expect(low().slice(1)).toEqual([{ country: 'US', free: 1, low: 2 }]);
    // Their holds end, and a day later others come.
    await pool.live(1.5, 2 * hour);
    expect(low()).toHaveLength(2);
    await pool.offered('eve', 'US');
    await pool.offered('dan', 'US');
    await pool.live(1 / 24, 5 * minute);
    expect(low().slice(2)).toEqual([{ country: 'US', free: 1, low: 2 }]);
    host.sim.seedNumbers({ phoneNumbers: ['+31 6 12345679'] });
    await pool.live(5, 12 * hour);
    expect(low()).toHaveLength(3);
  });

  it('tells that numbers run out as soon as a sync has come, and also while none can be had', async () => {
    const pool = await start({ numbers: 4, pool: { low: 3 } });
    const { host } = pool;
    await pool.live(0, minute);
    await pool.offered('ada');
    await pool.offered('bob');
    await pool.live(0, minute);
    expect(pool.told).toEqual([]);
    await host.signup.pool.sync();
    await pool.live(0, minute);
    expect(pool.days('poolLow')).toEqual([0]);
    // Their holds end, and a day later others come.
    await pool.live(1.5, 2 * hour);
    host.sim.setFaults([
      {
        match: { path: '/*/preverified_numbers' },
        times: 'always',
        fault: { kind: 'error', status: 403, error: { code: 200, message: 'Permissions error' } },
      },
    ]);
    await expect(host.signup.pool.sync()).rejects.toThrow();
    await pool.offered('eve');
    await pool.offered('dan');
    await pool.live(5 / (24 * 60), 5 * minute);
    expect(pool.days('poolLow')).toHaveLength(2);
  });
});
