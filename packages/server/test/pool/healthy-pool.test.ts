import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../src/domain/durations.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { relaySecret, startPool, type HealthyPool } from './support/healthy-pool.ts';

const phoneNumber = '+15550100001';

describe.each(engines)('a pool whose texts reach the kit, on $name', ({ create }) => {
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
  const texts = { sms: { secret: relaySecret } };
  const codesAsked = ({ host }: HealthyPool) =>
    host.calls().filter((call) => call.endsWith('/request_code')).length;

  it('verifies a number that is added, and verifies it anew for as long as texts come', async () => {
    const pool = await start({ ...texts, numbers: 0 });
    const [added] = await pool.host.signup.pool.add(['+1 555 010 0001'], { who: 'ada' });
    expect(added?.outcome).toBe('added');
    expect(await pool.offered('early')).toEqual([]);
    await pool.live(5 / (24 * 60), minute);
    expect(await pool.number(phoneNumber)).toMatchObject({ verificationStatus: 'VERIFIED' });
    expect(await pool.offered('ada')).toEqual([phoneNumber]);

    const first = (await pool.number(phoneNumber)).verificationExpiresAt ?? 0;
    await pool.live(44, 4 * day);
    expect((await pool.number(phoneNumber)).verificationExpiresAt).toBe(first);
    await pool.live(2, 12 * hour);
    const second = (await pool.number(phoneNumber)).verificationExpiresAt ?? 0;
    expect(second - first).toBeGreaterThan(44 * day);
    await pool.live(100, 2 * day);
    expect((await pool.number(phoneNumber)).verificationExpiresAt).toBeGreaterThan(second);
    expect(codesAsked(pool)).toBe(4);
    expect(await pool.offered('bob')).toEqual([phoneNumber]);
    expect(pool.told).toEqual([]);
  });

  it('verifies many new numbers no faster than Meta takes their codes, which is 125 an hour, so that none is lost', async () => {
    const pool = await start({ ...texts, numbers: 0, nodes: 2 });
    pool.host.sim.seedNumbers({ count: 130, status: 'NOT_VERIFIED' });
    await pool.host.signup.pool.sync();
    // The nodes take turns: none of the codes of this moment is lost to a race for one number.
    await pool.live(0, minute);
    expect(codesAsked(pool)).toBe(16);
    await pool.live(1 / 24, 5 * minute);
    const { free } = await pool.host.signup.pool.count();
    expect(free).toBeGreaterThan(60);
    await pool.live(0.75 / 24, 5 * minute);
    expect(await pool.host.signup.pool.count()).toMatchObject({ free: 130, unverified: 0 });
    expect(codesAsked(pool)).toBe(130);
  }, 60_000);

  it('tells of lapsing 14, 3 and 0 days before when the texts that it asks for do not come', async () => {
    const pool = await start({ ...texts, numbers: 1 });
    // The relay is silent: nobody hands over what is in the inbox.
    const { host } = pool;
    for (let hours = 0; hours < 95 * 24; hours += 12) {
      await host.signup.runDue();
      host.pass(12 * hour);
    }
    expect(pool.days('numberExpiring').map(Math.floor)).toEqual([76, 87, 90]);
    expect(codesAsked(pool)).toBeGreaterThan(3);
    expect(codesAsked(pool)).toBeLessThan(15);
  });

  it('leaves a claimed number alone', async () => {
    const pool = await start({ ...texts, numbers: 1 });
    const { host } = pool;
    const { session, numbers } = await host.open('ada');
    const { messages, code } = host.sim.signUp({ ids: numbers.map(({ id }) => id) });
    const { event, data } = JSON.parse(messages[0] ?? '{}') as { event: string; data: object };
    await request(host.app)
      .post('/signup/claims')
      .set('authorization', `Bearer ${session}`)
      .send({ event, data, code })
      .expect(202);
    await pool.live(1, hour);
    expect(await pool.host.signup.pool.count()).toMatchObject({ claimed: 1, free: 0 });
    const before = codesAsked(pool);
    await pool.live(100, 2 * day);
    expect(await pool.number(phoneNumber)).toMatchObject({ claimedBy: 'ada' });
    expect(codesAsked(pool)).toBe(before);
    expect(pool.told).toEqual([]);
  });
});
