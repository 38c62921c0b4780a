import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../upgrade/support/database.ts';
import { first, hour, minute, startAccountWorld, type AccountWorld } from './support/account-world.ts';

const denied = { kind: 'error', status: 403, error: { code: 200, message: 'Permissions error' } } as const;
const cannot = { kind: 'error', status: 400, error: { code: 200_000, message: 'Cannot add' } } as const;

describe.each(['SQLite', 'PostgreSQL'] as const)(
  'a claim that an operator opened and Meta refused, on %s',
  (engine) => {
    let world: AccountWorld;
    let wabaId: string;
    let numberId: string;
    /** The customer’s claim, by the popup, and the operator’s. */
    let [theirs, opened] = ['', ''];
    beforeEach(async () => {
      world = await startAccountWorld({ engine });
      const { host } = world;
      ({ wabaId } = await world.onboard('lucky-shrub', { person: 'nora' }));
      theirs = first(await host.records()).id;
      numberId = first(await world.free());
      host.sim.setFaults([{ match: { method: 'POST', path: '/*/phone_numbers' }, times: 1, fault: cannot }]);
      opened = (await world.register(wabaId, numberId)).body.claim.id;
      await host.run();
      const { status } = await world.claim(opened);
      if (status !== 'needs_operator') throw new Error(`It is ${status}.`);
    });
    afterEach(() => world.host.close());

    const bothAreRegistered = async () => {
      await world.host.wait(hour, minute);
      expect(await world.claim(theirs)).toMatchObject({ status: 'registered', wabaId });
      expect(await world.claim(opened)).toMatchObject({
        status: 'registered',
        wabaId,
        poolNumberId: numberId,
      });
    };

    it('puts its own number on the account when it is assigned to that, and takes no other number over', async () => {
      await world.host.signup.claims.assign(opened, 'ann', { wabaId });
      await bothAreRegistered();
    });

    it('does so too when it is assigned to its customer', async () => {
      await world.host.signup.claims.assign(opened, 'ann', { customerId: 'lucky-shrub' });
      await bothAreRegistered();
    });

    it.each(['prove', 'exchange'])(
      'does so too when a node of the version before had it tried again at %s',
      async (step) => {
        const { host } = world;
        // As that one leaves it: nothing proven, and it knows of nothing that is still asked for.
        await run(
          host.database,
          `update signup_claims set status = 'received', waba_id = null, phone_number_id = null, phone_number = null,
         digits = null, display_phone_number = null, reason_code = null, reason_message = null where id = '${opened}'`,
        );
        const { appId, businessId } = host.sim.meta;
        await run(
          host.database,
          `insert into signup_work
          (id, app_id, business_id, kind, claim_id, step, run_at, attempts, lease_until, fence, wakes, created_at)
        values ('work-1', '${appId}', '${businessId}', 'claim', '${opened}', '${step}', 1, 0, null, 0, 0, 1)`,
        );
        await host.run();
        await bothAreRegistered();
      },
    );

    it('is about another number once it is assigned to one: its own may be asked for anew', async () => {
      const { host } = world;
      const own = host.popup({ ownNumber: '+1 555 200 0001', person: 'nora', accountId: wabaId });
      await host.signup.claims.assign(opened, 'ann', { phoneNumberId: own.phoneNumberId ?? '' });
      await host.wait(hour, minute);
      expect(await world.claim(opened)).toMatchObject({
        phoneNumberId: own.phoneNumberId,
        poolNumberId: undefined,
      });
      // Its own is nobody's any more.
      expect(await host.poolNumber(numberId)).toMatchObject({ heldBy: undefined });
      host.sim.emit({ kind: 'business-capability-update', wabaId, maxPhoneNumbers: 20 });
      await host.deliver();
      const again = await world.register(wabaId, numberId);
      expect([again.status, again.body.claim.id === opened]).toEqual([202, false]);
    });

    it.each(['asked for in vain', 'perhaps on the account'])(
      'gives its number back once it is registered with another one, if %s after some minutes',
      async (stands) => {
        const { host } = world;
        // Nobody knows what came of it: the answer did not come.
        host.sim.setFaults([
          { match: { method: 'POST', path: '/*/phone_numbers' }, times: 1, fault: { kind: 'reset' } },
          { match: { method: 'GET', path: '/*/phone_numbers' }, after: 1, times: 2, fault: denied },
        ]);
        await host.signup.claims.retry(opened, 'ann');
        await host.run();
        const isFresh = stands === 'perhaps on the account';
        if (isFresh) host.pass(minute);
        else await host.wait(30 * minute, minute);
        await host.run();
        const claim = await world.claim(opened);
        expect(claim.status).toBe('needs_operator');
        expect((await host.poolNumber(numberId)).heldBy).toBe(isFresh ? claim.sessionId : undefined);
        host.sim.setFaults([]);
        const own = host.popup({ ownNumber: '+1 555 200 0001', person: 'nora', accountId: wabaId });
        await host.signup.claims.assign(opened, 'ann', { phoneNumberId: own.phoneNumberId ?? '' });
        await host.run();
        expect(await world.claim(opened)).toMatchObject({
          status: 'registered',
          phoneNumberId: own.phoneNumberId,
        });
        expect((await host.poolNumber(numberId)).heldBy).toBe(isFresh ? '' : undefined);
        await host.wait(15 * minute, minute);
        expect((await host.poolNumber(numberId)).heldBy).toBeUndefined();
      },
    );
  },
);
