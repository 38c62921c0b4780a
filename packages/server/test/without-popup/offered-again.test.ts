import type { ScriptedFault } from '@embedded-signup-kit/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { liveOn } from '../recovery/support/oracle.ts';
import { day, first, hour, minute, startAccountWorld, type AccountWorld } from './support/account-world.ts';

const add = (fault: ScriptedFault['fault']): ScriptedFault[] => [
  { match: { method: 'POST', path: '/*/phone_numbers' }, times: 1, fault },
];
const cannot = { kind: 'error', status: 400, error: { code: 200_000, message: 'Cannot add' } } as const;

describe('a number that was to be put on an account without the popup', () => {
  let world: AccountWorld;
  afterEach(() => world.host.close());

  it.each(['dismissed', 'on the operator’s desk', 'tried again in vain'])(
    'is recovered for the customer who took it by a popup whose page died, the claim that failed being %s',
    async (stands) => {
      world = await startAccountWorld({ numbers: 1 });
      const { host } = world;
      const { wabaId } = await world.onboard('lucky-shrub', { outcome: 'only_waba', person: 'nora' });
      await host.wait(2 * hour);
      const numberId = first(await world.free());
      host.sim.setFaults(add(cannot));
      const { body } = await world.register(wabaId, numberId);
      await host.run();
      const failed = body.claim.id;
      expect(await world.claim(failed)).toMatchObject({ status: 'needs_operator', wabaId });
      if (stands === 'dismissed') await host.signup.claims.dismiss(failed, 'ann');

      await host.wait(7 * day, 4 * hour);
      expect((await world.page('lucky-shrub')).numbers).toEqual([numberId]);
      const { phoneNumberId } = host.popup({ numberId, person: 'nora', accountId: wabaId });
      if (stands === 'tried again in vain') {
        host.pass(minute);
        host.sim.setFaults([
          { match: { method: 'GET', path: '/*/phone_numbers' }, times: 1, fault: { ...cannot, status: 400 } },
        ]);
        await host.signup.claims.retry(failed, 'ann');
        await host.run();
        expect(await world.claim(failed)).toMatchObject({ status: 'needs_operator' });
      }
      host.sim.emit({ kind: 'partner-added', wabaId });
      await host.deliver();
      await host.signup.pool.sync();
      await host.wait(2 * day, hour);
      expect(liveOn(await host.records(), phoneNumberId)).toMatchObject([
        { customerId: 'lucky-shrub', poolNumberId: numberId, toAttach: undefined },
      ]);
    },
  );

  it('is not taken by a sign-up of its customer’s without a number while Meta’s answer is lost', async () => {
    world = await startAccountWorld({ numbers: 4, kit: { attachWhenNoNumber: true } });
    const { host } = world;
    const { wabaId, businessId = '' } = await world.onboard('lucky-shrub', { person: 'nora' });
    host.sim.setBusinessVerified(businessId, true);
    await host.deliver();
    const numberId = first(await world.free());
    host.sim.setFaults(add({ kind: 'lost' }));
    await world.register(wabaId, numberId);
    await host.run();
    expect(host.sim.state().phoneNumbers.filter((one) => one.wabaId === wabaId)).toHaveLength(2);

    const tab = await host.open('lucky-shrub');
    const popup = host.popup({ outcome: 'only_waba', person: 'nora', accountId: wabaId });
    const { body } = await host.claim(tab, { ...popup.finish, code: popup.code ?? '' });
    await host.run();
    await host.wait(2 * hour, minute);
    expect(await world.attachment(numberId)).toMatchObject({ status: 'registered', poolNumberId: numberId });
    expect((await world.claim(body.claim.id)).poolNumberId).not.toBe(numberId);
  });
});
