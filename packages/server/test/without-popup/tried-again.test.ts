import type { ScriptedFault } from '@embedded-signup-kit/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { liveOn } from '../recovery/support/oracle.ts';
import { expectRegistered } from './support/expect-registered.ts';
import { day, first, hour, minute, startAccountWorld, type AccountWorld } from './support/account-world.ts';

const add = { method: 'POST', path: '/*/phone_numbers' };
const once = (match: ScriptedFault['match'], fault: ScriptedFault['fault'], after = 0): ScriptedFault => ({
  match,
  after,
  times: 1,
  fault,
});

const dead = {
  kind: 'error',
  status: 401,
  error: { code: 190, message: 'Error validating access token' },
} as const;
const denied = { kind: 'error', status: 403, error: { code: 200, message: 'Permissions error' } } as const;

describe('a claim that an operator opened', () => {
  let world: AccountWorld;
  afterEach(() => world.host.close());

  /** An operator asks for a free number on the account of a customer. */
  const asked = async (options: Parameters<typeof startAccountWorld>[0] = {}, over = {}) => {
    world = await startAccountWorld(options);
    const { wabaId } = await world.onboard('lucky-shrub', over);
    const numberId = first(await world.free());
    return { host: world.host, wabaId, numberId };
  };
  it('gives its number back when it is dismissed before Meta was asked, and another one may begin', async () => {
    const { host, wabaId, numberId } = await asked();
    const { body } = await world.register(wabaId, numberId);
    await host.signup.claims.dismiss(body.claim.id, 'ann', 'a typing error');
    expect(await world.free()).toContain(numberId);
    const again = await world.register(wabaId, numberId, 'Right Name');
    expect([again.status, again.body.claim.id === body.claim.id]).toEqual([202, false]);
    await host.wait(hour);
    expect((await host.records()).map(({ status }) => status).toSorted()).toEqual([
      'dismissed',
      'registered',
      'registered',
    ]);
    expect(
      host.sim.requests(add).map((one) => (one.body as { verified_name: string }).verified_name),
    ).toEqual(['Right Name']);
  });

  it('gives its number back when Meta refuses it for good; it is tried again where it was, unless somebody took it', async () => {
    const { host, wabaId, numberId } = await asked();
    const refused = { kind: 'error', status: 400, error: { code: 200_000, message: 'Cannot add' } } as const;
    host.sim.setFaults([once(add, refused), once(add, refused)]);
    const { body } = await world.register(wabaId, numberId);
    await host.run();
    const id = body.claim.id;
    expect(await world.claim(id)).toMatchObject({
      status: 'needs_operator',
      reason: { code: 'graph:200000' },
    });
    expect((await world.page('bob')).numbers).toContain(numberId);
    host.pass(2 * hour);
    await host.signup.claims.retry(id, 'ann');
    await host.run();
    expect(await world.claim(id)).toMatchObject({ status: 'needs_operator', wabaId });
    const taken = first((await world.page('bob')).numbers);
    expect(taken).toBe(numberId);
    await host.signup.claims.retry(id, 'ann');
    await host.run();
    expect(await world.claim(id)).toMatchObject({ reason: { code: 'number_not_free' } });
    host.pass(2 * hour);
    await host.run();
    host.pass(day);
    await host.signup.claims.retry(id, 'ann');
    await expectRegistered(world, numberId, wabaId);
  });

  it('is tried again, when a later step failed, without its number being added again', async () => {
    const { host, wabaId, numberId } = await asked();
    host.sim.setFaults([once({ method: 'POST', path: '/*/register' }, denied)]);
    const { body } = await world.register(wabaId, numberId);
    await host.run();
    expect(await world.claim(body.claim.id)).toMatchObject({
      status: 'needs_operator',
      poolNumberId: numberId,
    });
    await host.signup.claims.retry(body.claim.id, 'ann');
    await host.run();
    expect(await world.claim(body.claim.id)).toMatchObject({ status: 'registered', poolNumberId: numberId });
    expect(world.additions()).toBe(1);
  });

  it('is left to the operator again when Meta has lost its number, and never puts itself aside for itself', async () => {
    const { host, wabaId, numberId } = await asked();
    host.sim.setFaults([once({ method: 'POST', path: '/*/register' }, denied)]);
    const { body } = await world.register(wabaId, numberId);
    await host.run();
    const { phoneNumberId = '' } = await world.claim(body.claim.id);
    host.sim.deletePhoneNumber(phoneNumberId);
    await host.signup.claims.retry(body.claim.id, 'ann');
    await host.wait(hour);
    const claim = await world.claim(body.claim.id);
    expect(claim).toMatchObject({ status: 'needs_operator', phoneNumberId, poolNumberId: numberId });
    expect(claim.reason?.message).not.toContain(claim.id);
    expect(world.additions()).toBe(1);
  });

  it('keeps the day by which its number must be registered, however often it is tried again', async () => {
    const { host, wabaId, numberId } = await asked();
    host.sim.setFaults([{ match: { method: 'POST', path: '/*/register' }, times: 'always', fault: denied }]);
    const { body } = await world.register(wabaId, numberId);
    await host.run();
    const { registerBy, provenAt } = await world.claim(body.claim.id);
    expect([registerBy, provenAt]).toEqual([(provenAt ?? 0) + 14 * day, expect.any(Number)]);
    host.pass(10 * day);
    await host.signup.claims.retry(body.claim.id, 'ann');
    await host.run();
    expect(await world.claim(body.claim.id)).toMatchObject({
      status: 'needs_operator',
      registerBy,
      provenAt,
    });
  });

  it.each([
    [
      'before Meta has the number, and ours is refused as well',
      { method: 'GET', path: '/*/phone_numbers' },
      2,
    ],
    ['after', { method: 'POST', path: '/*/subscribed_apps' }, 1],
  ])(
    'is tried again with the token of a newer sign-up when its own is dead, %s',
    async (_when, dies, times) => {
      const { host, wabaId, numberId } = await asked({}, { outcome: 'only_waba', person: 'nora' });
      const { body } = await world.register(wabaId, numberId);
      const { ownerBusinessId: businessId = '' } =
        host.sim.state().accounts.find(({ id }) => id === wabaId) ?? {};
      host.sim.setFaults([{ match: dies, times, fault: dead }]);
      await host.run();
      expect(await world.claim(body.claim.id)).toMatchObject({ status: 'needs_operator', wabaId });
      host.sim.revokeToken({ businessId });
      host.sim.setFaults([{ match: dies, times, fault: dead }]);
      await host.signup.claims.retry(body.claim.id, 'ann');
      await host.run();
      expect((await world.claim(body.claim.id)).reason?.message).toMatch(/sign up again/);
      host.sim.setFaults([]);
      host.pass(minute);
      await world.onboard('lucky-shrub', { outcome: 'only_waba', person: 'nora', accountId: wabaId });
      await host.signup.claims.retry(body.claim.id, 'ann');
      await host.wait(hour);
      expect(await world.claim(body.claim.id)).toMatchObject({
        status: 'registered',
        poolNumberId: numberId,
      });
      expect(world.additions()).toBe(1);
    },
  );

  it('goes on with our own token when the customer’s dies after the operator asked', async () => {
    const { host, wabaId, numberId } = await asked();
    const { ownerBusinessId: businessId = '' } =
      host.sim.state().accounts.find(({ id }) => id === wabaId) ?? {};
    await world.register(wabaId, numberId);
    host.sim.revokeToken({ businessId });
    await host.wait(hour);
    expect(await world.attachment(numberId)).toMatchObject({ status: 'registered', sealedToken: undefined });
  });

  it('is put aside when a popup of the customer’s brought the number meanwhile', async () => {
    const { host, wabaId, numberId } = await asked({}, { person: 'nora' });
    const tab = await host.open('lucky-shrub');
    expect(tab.numbers[0]?.id).toBe(numberId);
    const { body } = await world.register(wabaId, numberId);
    // Meta is away for a moment, so the operator’s claim waits.
    host.sim.setFaults([
      { match: { method: 'GET', path: '/*/phone_numbers' }, times: 'always', fault: { kind: 'reset' } },
    ]);
    await host.run();
    host.sim.setFaults([]);
    // The page still has it, and Meta knows nothing of what we want.
    const popup = host.popup({ numberId, person: 'nora', accountId: wabaId });
    await host.claim(tab, { ...popup.finish, code: popup.code ?? '' });
    await host.run();
    const owners = liveOn(await host.records(), popup.phoneNumberId);
    expect(owners).toMatchObject([
      { customerId: 'lucky-shrub', status: 'registered', poolNumberId: numberId },
    ]);
    await host.wait(hour);
    expect(liveOn(await host.records(), popup.phoneNumberId).map(({ id }) => id)).toEqual([owners[0]?.id]);
    expect(await world.claim(body.claim.id)).toMatchObject({
      status: 'dismissed',
      reason: { code: 'number_is_theirs', message: expect.stringContaining(owners[0]?.id ?? '') },
    });
    expect(world.additions()).toBe(0);
  });
});
