import type { ScriptedFault } from '@embedded-signup-kit/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { expectRegistered } from './support/expect-registered.ts';
import { day, first, hour, minute, startAccountWorld, type AccountWorld } from './support/account-world.ts';

const add = { method: 'POST', path: '/*/phone_numbers' };
const once = (match: ScriptedFault['match'], fault: ScriptedFault['fault'], after = 0): ScriptedFault => ({
  match,
  after,
  times: 1,
  fault,
});
const lost = { kind: 'lost' } as const;

describe('a number that is put on an account', () => {
  let world: AccountWorld;
  afterEach(() => world.host.close());

  /** An operator asks for a free number on the account of a customer. */
  const asked = async (options: Parameters<typeof startAccountWorld>[0] = {}, over = {}) => {
    world = await startAccountWorld(options);
    const { wabaId } = await world.onboard('lucky-shrub', over);
    const numberId = first(await world.free());
    return { host: world.host, wabaId, numberId };
  };
  it('is added once when Meta’s answer is lost, on whose webhook and list no second claim is made meanwhile', async () => {
    const { host, wabaId, numberId } = await asked();
    host.sim.setFaults([once(add, lost)]);
    await world.register(wabaId, numberId);
    await host.run();
    expect((await world.attachment(numberId))?.step).toBe('attach_named');
    expect(host.sim.state().phoneNumbers.filter((one) => one.wabaId === wabaId)).toHaveLength(2);
    // Meta tells of the account, its list is compared, and the pool shows that the number is gone.
    host.sim.emit({ kind: 'partner-added', wabaId });
    await host.deliver();
    await host.signup.pool.sync();
    await host.run();
    expect((await host.records()).map(({ status }) => status).toSorted()).toEqual(['received', 'registered']);
    await expectRegistered(world, numberId, wabaId);
    await host.deliver();
    await host.wait(day, 4 * hour);
    await expectRegistered(world, numberId, wabaId);
    expect(world.additions()).toBe(1);
  });

  it('is left alone by all that looks at the account while nobody is at the claim, whoever launched with it before', async () => {
    const { host, wabaId, numberId } = await asked({}, { outcome: 'only_waba' });
    // Bob had it an hour ago.
    const bobs = first((await world.page('bob')).numbers);
    host.pass(61 * minute);
    await host.run();
    expect(bobs).toBe(numberId);
    host.sim.setFaults([
      once(add, lost),
      { match: { path: '/*/phone_numbers' }, times: 4, fault: { kind: 'reset' } },
    ]);
    await world.register(wabaId, numberId);
    await host.run();
    const claim = await world.attachment(numberId);
    await host.signup.claims.dismiss(claim?.id ?? '', 'ann');
    host.sim.emit({ kind: 'partner-added', wabaId });
    await host.deliver();
    await host.wait(day, 3 * hour);
    // An operator’s word stands: it is neither Bob’s nor on anybody’s desk.
    const claims = (await host.records()).map(({ customerId, status }) => `${customerId} ${status}`);
    expect(claims.toSorted()).toEqual(['lucky-shrub dismissed', 'lucky-shrub no_number']);
    // And may change.
    expect((await world.register(wabaId, numberId)).body.code).toBe('number_gone');
  });

  it.each(process.env['TEST_LONG'] === '1' ? [0, 1, 2, 3, 4, 5, 6] : [0, 1, 4])(
    'goes on in another process when its own dies and the answer to call %i with it',
    async (after) => {
      const { host, wabaId, numberId } = await asked();
      await world.register(wabaId, numberId);
      const before = world.additions();
      host.sim.setFaults([once({}, lost, after)]);
      await host.run();
      await host.restart();
      host.pass(3 * minute);
      await expectRegistered(world, numberId, wabaId);
      expect(world.additions() - before).toBe(1);
    },
  );

  it('is not lost when the server is down for two days', async () => {
    const { host, wabaId, numberId } = await asked();
    await world.register(wabaId, numberId);
    await host.restart();
    host.pass(2 * day);
    await expectRegistered(world, numberId, wabaId);
  });

  it('stays set aside while Meta makes its claim wait', async () => {
    const { host, wabaId, numberId } = await asked({ numbers: 2 });
    const fault = { kind: 'throttled', regainMinutes: 90 } as const;
    host.sim.setFaults([{ match: add, times: 20, fault }]);
    await world.register(wabaId, numberId);
    for (let hours = 0; hours < 27; hours += 9) {
      await host.wait(9 * hour, hour);
      expect((await world.page('bob')).numbers).toEqual([]);
    }
    host.sim.setFaults([]);
    await expectRegistered(world, numberId, wabaId);
  });
});
