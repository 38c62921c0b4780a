import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddedSignupOptions } from '../../src/index.ts';
import { startIdentityHost, type IdentityHost } from '../identity/support/identity-host.ts';
import { chanceOf } from '../support/chance.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let host: IdentityHost;
let id: string;
const start = async (over: Partial<EmbeddedSignupOptions> = {}) => {
  host = await startIdentityHost({ identityCheck: false, ...over });
  ({ phoneNumberId: id } = await host.registered());
};
beforeEach(() => start());
afterEach(() => host.close());

const number = () => host.signup.numbers.find(id);
const factsOf = async () =>
  Object.fromEntries(Object.entries((await number()).facts).map(([fact, { value }]) => [fact, value]));
const history = async () =>
  (await host.signup.numbers.changes(id)).map(({ fact, before, after }) => `${fact}: ${before} → ${after}`);
const readsOf = (of = id) =>
  host.sim
    .requests({ method: 'GET', path: `/${of}` })
    .filter(({ query }) => String(query['fields']).includes('throughput')).length;
/** Time passes, and the background does what is due meanwhile. */
async function pass(ms: number, step = 10_000): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    host.pass(step);
    await host.signup.runDue();
  }
}
/** Until the number was read for the first time. */
const untilRead = () => pass(13 * minute, minute);

describe('a number in service', () => {
  it('is read some minutes after it was registered, with its customer’s token, and not before', async () => {
    await pass(8 * minute, minute);
    expect([readsOf(), (await number()).readAt]).toEqual([0, undefined]);
    await pass(5 * minute, minute);
    expect(readsOf()).toBe(1);
    expect(await factsOf()).toMatchObject({
      status: 'CONNECTED',
      codeVerificationStatus: 'VERIFIED',
      platformType: 'CLOUD_API',
      throughputLevel: 'STANDARD',
      lastOnboardedAt: expect.stringMatching(/^2026-01-01T.*Z$/),
    });
    expect(host.sim.requests({ path: `/${id}` }).at(-1)?.token).not.toBe('systemUser');
    expect(await history()).toEqual([]);
  });

  it('is read once a day from then on', async () => {
    await untilRead();
    const { readAt = 0, nextReadAt } = await number();
    expect(nextReadAt - readAt).toBeGreaterThan(22 * hour - 1);
    expect(nextReadAt - readAt).toBeLessThanOrEqual(day);
    await pass(4 * day, 3 * hour);
    expect(readsOf()).toBe(5);
  });

  it('has a new throughput as soon as Meta tells of it, and a line of history', async () => {
    await untilRead();
    host.sim.emit({
      kind: 'phone-number-quality-update',
      phoneNumberId: id,
      event: 'THROUGHPUT_UPGRADE',
      tier: 'TIER_100K',
    });
    await host.sim.deliver();
    expect(await factsOf()).toMatchObject({ throughputLevel: 'HIGH', messagingLimit: 'TIER_100K' });
    expect(await history()).toContain('throughputLevel: STANDARD → HIGH');
    await pass(10 * minute);
    // What the read finds is the same, and no news.
    expect(readsOf()).toBe(2);
    expect((await history()).filter((line) => line.startsWith('throughputLevel'))).toHaveLength(1);
  });

  it('has a new name once Meta has approved it, and the old one until then', async () => {
    await untilRead();
    const { verifiedName } = await factsOf();
    const decide = async (decision: 'PENDING' | 'REJECTED' | 'APPROVED') => {
      host.sim.emit({
        kind: 'phone-number-name-update',
        phoneNumberId: id,
        decision,
        requestedName: 'Lucky Shrub',
      });
      await host.deliver();
      return factsOf();
    };
    expect(await decide('PENDING')).toMatchObject({ nameStatus: 'PENDING_REVIEW', verifiedName });
    expect(await decide('REJECTED')).toMatchObject({ nameStatus: 'DECLINED', verifiedName });
    expect(await decide('APPROVED')).toMatchObject({ nameStatus: 'APPROVED', verifiedName: 'Lucky Shrub' });
    expect(await history()).toEqual(
      expect.arrayContaining([
        'nameStatus: PENDING_REVIEW → DECLINED',
        'nameStatus: DECLINED → APPROVED',
        `verifiedName: ${verifiedName} → Lucky Shrub`,
      ]),
    );
  });

  it('is read when something happens to its account', async () => {
    await untilRead();
    await pass(hour, 10 * minute);
    const { wabaId } = await number();
    host.sim.emit({
      kind: 'account-update',
      wabaId,
      event: 'DISABLED_UPDATE',
      details: { ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'January 1, 2026' } },
    });
    await host.sim.deliver();
    expect(readsOf()).toBe(1);
    await pass(20_000, 5_000);
    expect(readsOf()).toBe(2);
  });

  it('is read once for a storm of webhooks, and not once for each', async () => {
    await untilRead();
    await pass(hour, 10 * minute);
    const { wabaId } = await number();
    for (let n = 0; n < 48; n += 1) {
      host.sim.emit({ kind: 'account-update', wabaId, event: 'VOLUME_BASED_PRICING_TIER_UPDATE' });
      await host.sim.deliver();
      await pass(5_000, 5_000);
    }
    expect(readsOf()).toBe(2);
    await pass(10 * minute);
    expect(readsOf()).toBe(3);
  });

  it('ends in the newest state, however its webhooks are shuffled and repeated', async () => {
    await untilRead();
    await pass(hour, 10 * minute);
    const seed = Number(process.env['TEST_SEED'] ?? 7);
    const chance = chanceOf(seed);
    const { wabaId, displayPhoneNumber } = await number();
    const since = Math.floor(((await number()).readAt ?? 0) / 1000) + 60;
    const bodies = Array.from({ length: 40 }, (_, n) =>
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [
          {
            id: wabaId,
            time: since + n,
            changes: [
              {
                field: 'phone_number_quality_update',
                value: {
                  display_phone_number: displayPhoneNumber.replace(/\D/g, ''),
                  event: 'ONBOARDING',
                  current_limit: `TIER_${n}K`,
                },
              },
            ],
          },
        ],
      }),
    );
    const told = [...bodies, ...bodies.slice(0, 20)];
    while (told.length > 0) {
      const [body = ''] = told.splice(chance.below(told.length), 1);
      expect(await host.post(body)).toBe(200);
    }
    expect(await factsOf(), `seed ${seed}`).toMatchObject({ messagingLimit: 'TIER_39K' });
    const changes = await host.signup.numbers.changes(id);
    const times = changes.filter(({ fact }) => fact === 'messagingLimit').map(({ at }) => at);
    expect(times, `seed ${seed}`).toEqual(times.toSorted((a, b) => b - a));
  });
});

describe('a number that cannot be read', () => {
  it('keeps what is known of it, and why, once its customer has taken the token away', async () => {
    await untilRead();
    const before = await factsOf();
    const { wabaId } = await number();
    const account = host.sim.state().accounts.find((one) => one.id === wabaId);
    host.sim.revokeToken({ businessId: String(account?.ownerBusinessId) });
    await pass(2 * day, 2 * hour);
    const after = await number();
    expect(await factsOf()).toEqual(before);
    expect(after.problem?.reason).toBe('auth:190');
    expect(after.failures).toBeGreaterThan(1);
    // With growing waits: not every minute.
    expect(readsOf()).toBeLessThan(10);
    expect(host.log.some((line) => line.includes('could not be read') && line.includes('auth:190'))).toBe(
      true,
    );
  });

  it('is tried again by itself when Meta was in trouble, and in order then', async () => {
    host.sim.setFaults([
      {
        match: { method: 'GET', path: `/${id}` },
        times: 'always',
        fault: { kind: 'error', status: 500, error: { code: 2, message: 'Service temporarily unavailable' } },
      },
    ]);
    await untilRead();
    const failed = await number();
    expect([failed.readAt, failed.problem?.reason]).toEqual([undefined, 'transient:2']);
    host.sim.setFaults([]);
    await pass(hour, minute);
    const read = await number();
    expect([read.problem, read.failures, (await factsOf())['status']]).toEqual([undefined, 0, 'CONNECTED']);
  });

  it('waits for the end of Meta’s throttling', async () => {
    host.sim.setFaults([
      {
        match: { method: 'GET', path: `/${id}` },
        times: 'always',
        fault: { kind: 'throttled', code: 80007, regainMinutes: 120 },
      },
    ]);
    await untilRead();
    const { problem, nextReadAt } = await number();
    expect(problem?.reason).toBe('throttled:80007');
    expect(nextReadAt - (problem?.at ?? 0)).toBeGreaterThanOrEqual(119 * minute);
    expect(nextReadAt - (problem?.at ?? 0)).toBeLessThanOrEqual(123 * minute);
    // Meta would answer again, but nobody asks before the time that it named.
    host.sim.setFaults([]);
    const reads = readsOf();
    for (let waited = 0; readsOf() === reads && waited < 3 * hour; waited += minute)
      await pass(minute, minute);
    expect(readsOf()).toBe(reads + 1);
    expect((await number()).readAt).toBeGreaterThanOrEqual(nextReadAt);
    expect((await number()).readAt).toBeLessThan(nextReadAt + 2 * minute);
    expect((await number()).problem).toBeUndefined();
  });

  it('is asked for once a day when Meta does not know it any more, and stops no other', async () => {
    const popup = host.sim.signUp({ ownNumber: '+15550200001' });
    const other = String(popup.phoneNumberId);
    const row = {
      customerId: 'wind-and-wool',
      wabaId: String(popup.wabaId),
      phoneNumberId: other,
      phoneNumber: '+15550200001',
    };
    await host.signup.claims.import([row], 'ann');
    host.sim.deletePhoneNumber(id);
    await pass(20 * minute, minute);
    expect((await number()).problem?.reason).toMatch(/^not_found:/);
    expect((await host.signup.numbers.find(other)).readAt).toBeDefined();
    const reads = readsOf();
    expect(reads).toBe(1);
    await pass(4 * day + 5 * hour, hour);
    // Once a day or up to two hours sooner, and an hour at most until it is seen to.
    expect(readsOf() - reads).toBe(4);
    expect(readsOf(other)).toBeGreaterThanOrEqual(5);
  });
});
