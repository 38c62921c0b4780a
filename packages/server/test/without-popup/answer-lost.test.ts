import type { ScriptedFault } from '@embedded-signup-kit/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { expectRegistered } from './support/expect-registered.ts';
import { day, first, hour, minute, startAccountWorld, type AccountWorld } from './support/account-world.ts';

const add = { method: 'POST', path: '/*/phone_numbers' };
const list = { method: 'GET', path: '/*/phone_numbers' };
const lost: ScriptedFault = { match: add, times: 1, fault: { kind: 'lost' } };
const refusals = {
  auth: { kind: 'error', status: 401, error: { code: 190, message: 'Error validating access token' } },
  permission: { kind: 'error', status: 403, error: { code: 200, message: 'Permissions error' } },
} as const;
/** The look after the lost answer is refused, to both tokens: the operator’s and the first one were not. */
const refusedLook = (kind: keyof typeof refusals): ScriptedFault => ({
  match: list,
  after: 2,
  times: 2,
  fault: refusals[kind],
});

describe.each(['SQLite', 'PostgreSQL'] as const)(
  'a number that Meta has put on an account without the kit hearing of it, on %s',
  (engine) => {
    let world: AccountWorld;
    afterEach(() => world.host.close());

    const begin = async () => {
      world = await startAccountWorld({ numbers: 2, engine });
      const { wabaId } = await world.onboard('lucky-shrub', { outcome: 'only_waba' });
      return { host: world.host, wabaId, numberId: first(await world.free()) };
    };
    const claimOf = async (numberId: string) => {
      const claim = await world.attachment(numberId);
      if (claim === undefined) throw new Error('no claim');
      return claim;
    };
    const atMeta = (wabaId: string) =>
      world.host.sim.state().phoneNumbers.filter((one) => one.wabaId === wabaId);
    /** Bob opens a page, Meta tells of the account, and all that looks at it does so for a day. */
    const nothingIsBobs = async (numberId: string, wabaId: string) => {
      const { host } = world;
      const offered = (await world.page('bob')).numbers;
      host.sim.emit({ kind: 'partner-added', wabaId });
      await host.deliver();
      await host.signup.pool.sync();
      await host.wait(day, 3 * hour);
      expect(offered).not.toContain(numberId);
      expect(atMeta(wabaId)).toHaveLength(1);
      const claims = await host.records();
      expect(claims.filter(({ customerId }) => customerId === 'bob')).toEqual([]);
      expect(host.errors).toEqual([]);
    };

    it.each(['dismissed', 'ended'] as const)(
      'is offered to nobody when its claim is %s before anybody has looked',
      async (how) => {
        const { host, wabaId, numberId } = await begin();
        host.sim.setFaults([lost]);
        await world.register(wabaId, numberId);
        await host.run();
        const { id } = await claimOf(numberId);
        if (how === 'dismissed') await host.signup.claims.dismiss(id, 'ann');
        else await host.signup.claims.end(id, 'ann');
        // Set aside for nobody, and not for a claim that is over.
        expect(await host.poolNumber(numberId)).toMatchObject({ heldBy: '', goneAt: undefined });
        expect((await world.register(wabaId, numberId)).body.code).toBe('number_held');
        await nothingIsBobs(numberId, wabaId);
      },
    );

    it('is offered to nobody when its process was killed and its claim is dismissed first of all', async () => {
      const { host, wabaId, numberId } = await begin();
      host.sim.setFaults([lost]);
      await world.register(wabaId, numberId);
      await host.run();
      await host.restart();
      await host.signup.claims.dismiss((await claimOf(numberId)).id, 'ann');
      await nothingIsBobs(numberId, wabaId);
    });

    it.each(['dismissed', 'ended'] as const)(
      'is offered to nobody when its claim is %s while Meta is at it',
      async (how) => {
        const { host, wabaId, numberId } = await begin();
        host.sim.setFaults([{ match: add, times: 1, fault: { kind: 'slow', ms: 600 } }]);
        await world.register(wabaId, numberId);
        const running = host.run();
        await expect.poll(() => world.additions(), { timeout: 10_000 }).toBe(1);
        const { id } = await claimOf(numberId);
        if (how === 'dismissed') await host.signup.claims.dismiss(id, 'ann');
        else await host.signup.claims.end(id, 'ann');
        expect((await world.page('bob')).numbers).not.toContain(numberId);
        await running;
        expect((await claimOf(numberId)).status).toBe(how);
        await nothingIsBobs(numberId, wabaId);
      },
    );

    it.each(['auth', 'permission'] as const)(
      'is offered to nobody when the look after it is refused (%s), and is its customer’s once it is tried again',
      async (kind) => {
        const { host, wabaId, numberId } = await begin();
        host.sim.setFaults([lost, refusedLook(kind)]);
        await world.register(wabaId, numberId);
        await host.run();
        host.pass(2 * minute);
        await host.run();
        const claim = await claimOf(numberId);
        expect(claim).toMatchObject({ status: 'needs_operator', wabaId });
        // A refused look is no proof that nothing is there; the claim may be tried again, so it goes on holding the number.
        expect(await host.poolNumber(numberId)).toMatchObject({ heldBy: claim.sessionId });
        await nothingIsBobs(numberId, wabaId);
        await host.signup.claims.retry(claim.id, 'ann');
        await host.wait(hour, minute);
        await expectRegistered(world, numberId, wabaId);
        expect(world.additions()).toBe(1);
      },
    );

    it('is left to a person when the pool could not be looked at meanwhile, and Bob was given it', async () => {
      const { host, wabaId, numberId } = await begin();
      host.sim.setFaults([lost, refusedLook('permission')]);
      await world.register(wabaId, numberId);
      await host.run();
      host.pass(2 * minute);
      await host.run();
      const { id } = await claimOf(numberId);
      await host.signup.claims.dismiss(id, 'ann');
      host.pass(11 * minute);
      // Before the mirror has had its turn.
      expect((await world.page('bob')).numbers).toContain(numberId);
      host.sim.emit({ kind: 'partner-added', wabaId });
      await host.deliver();
      await host.signup.pool.sync();
      await host.wait(day, 3 * hour);
      expect((await host.records()).filter(({ customerId }) => customerId === 'bob')).toEqual([]);
      const [orphan, ...others] = await host.orphans();
      expect([orphan, others.length]).toMatchObject([
        {
          wabaId,
          customerId: '',
          reason: { code: 'several_customers', message: expect.stringMatching(/lucky-shrub, bob/) },
        },
        0,
      ]);
    });

    it('goes back to the pool after some minutes when Meta has not done it', async () => {
      const { host, wabaId, numberId } = await begin();
      host.sim.setFaults([{ match: add, times: 1, fault: { kind: 'reset' } }, refusedLook('permission')]);
      await world.register(wabaId, numberId);
      await host.run();
      host.pass(2 * minute);
      await host.run();
      const { id, sessionId } = await claimOf(numberId);
      expect(await host.poolNumber(numberId)).toMatchObject({ heldBy: sessionId });
      await host.wait(9 * minute, minute);
      expect(await world.free()).not.toContain(numberId);
      await host.wait(3 * minute, minute);
      expect(await world.free()).toContain(numberId);
      // The pool has been looked at since: nothing is in doubt any more.
      await host.signup.claims.dismiss(id, 'ann');
      expect(await world.free()).toContain(numberId);
      expect(atMeta(wabaId)).toEqual([]);
    });

    it('goes back at once when it is sure by the list of the pool that it was not done', async () => {
      const { host, wabaId, numberId } = await begin();
      host.sim.setFaults([{ match: add, times: 2, fault: { kind: 'reset' } }]);
      await world.register(wabaId, numberId);
      await host.wait(30 * minute, minute);
      const claim = await claimOf(numberId);
      expect(claim.reason?.code).toBe('attach_budget_spent');
      expect(await world.free()).not.toContain(numberId);
      await host.signup.claims.dismiss(claim.id, 'ann');
      expect(await world.free()).toContain(numberId);
    });

    it('is offered to nobody when the claim is tried again and Meta refuses that try', async () => {
      const { host, wabaId, numberId } = await begin();
      host.sim.setFaults([{ match: add, times: 1, fault: { kind: 'reset' } }, refusedLook('permission')]);
      await world.register(wabaId, numberId);
      await host.run();
      host.pass(2 * minute);
      await host.run();
      const { id } = await claimOf(numberId);
      host.sim.setFaults([{ match: add, times: 1, fault: refusals.permission }]);
      await host.signup.claims.retry(id, 'ann');
      await host.run();
      expect([world.additions(), (await world.claim(id)).status]).toEqual([2, 'needs_operator']);
      // The refusal is of the second try alone.
      expect((await world.page('bob')).numbers).not.toContain(numberId);
    });

    it.each(['number', 'account'])(
      'is left to a person when its claim was assigned to another %s, and Bob was given it',
      async (other) => {
        const { host, wabaId, numberId } = await begin();
        const elsewhere = await world.onboard('lucky-shrub', { outcome: 'only_waba' });
        host.sim.setFaults([lost, refusedLook('permission')]);
        await world.register(wabaId, numberId);
        await host.run();
        host.pass(2 * minute);
        await host.run();
        const { id } = await claimOf(numberId);
        const own = other === 'number' ? host.popup({ ownNumber: '+1 555 200 0001' }) : elsewhere;
        const { phoneNumberId } = own;
        await host.signup.claims.assign(id, 'ann', {
          wabaId: own.wabaId,
          ...(phoneNumberId === undefined ? {} : { phoneNumberId }),
        });
        await host.run();
        host.pass(11 * minute);
        expect((await world.page('bob')).numbers).toContain(numberId);
        host.sim.emit({ kind: 'partner-added', wabaId });
        await host.deliver();
        await host.signup.pool.sync();
        await host.wait(day, 3 * hour);
        expect((await host.records()).filter(({ customerId }) => customerId === 'bob')).toEqual([]);
        const orphans = (await host.orphans()).filter((one) => one.wabaId === wabaId);
        expect(orphans.map(({ reason }) => reason?.code)).toEqual(['several_customers']);
      },
    );

    it('may be deleted at once while it is set aside for nobody', async () => {
      const { host, wabaId, numberId } = await begin();
      host.sim.setFaults([{ match: add, times: 1, fault: { kind: 'reset' } }]);
      await world.register(wabaId, numberId);
      await host.run();
      await host.signup.claims.dismiss((await claimOf(numberId)).id, 'ann');
      await host.signup.pool.delete(numberId, 'ann');
      expect((await host.poolNumber(numberId)).goneAt).toBeDefined();
    });
  },
);
