import { afterEach, describe, expect, it } from 'vitest';
import { expectOwned } from '../recovery/support/oracle.ts';
import {
  day,
  first,
  hour,
  minute,
  name,
  startAccountWorld,
  type AccountWorld,
} from './support/account-world.ts';

let world: AccountWorld;
afterEach(() => world.host.close());

const begin = async (options: Parameters<typeof startAccountWorld>[0] = {}) => {
  world = await startAccountWorld(options);
  return world.host;
};
/** Waits until the claim of a number is registered. Resolves to it. */
async function registered(numberId: string) {
  const isThere = async () => (await world.attachment(numberId))?.status === 'registered';
  const took = await world.host.until(hour, isThere);
  const claim = await world.attachment(numberId);
  expect([took === undefined, claim?.status, claim?.reason?.code]).toEqual([false, 'registered', undefined]);
  if (claim === undefined) throw new Error('no claim');
  return claim;
}

const variants = [
  { engine: 'SQLite', profile: 'live' },
  { engine: 'SQLite', profile: 'openapi' },
  { engine: 'PostgreSQL', profile: 'live' },
] as const;

describe.each(variants)('a number of the pool, on $engine, Meta as in $profile', ({ engine, profile }) => {
  it('is put on the account of a customer who came by the popup, and is theirs from then on', async () => {
    const host = await begin({ engine, sim: { profile } });
    const { wabaId, phoneNumberId } = await world.onboard();
    const numberId = first(await world.free());
    const { phoneNumber } = await host.poolNumber(numberId);
    const { status, body } = await world.register(wabaId, numberId);
    expect(status).toBe(202);
    expect(body.claim).toMatchObject({
      customerId: 'lucky-shrub',
      status: 'received',
      step: 'attach_named',
      wabaId,
      phoneNumber,
    });
    const { id } = await registered(numberId);
    expect(id).toBe(body.claim.id);

    const additions = host.sim
      .requests({ method: 'POST', path: '/*/phone_numbers' })
      .map((sent) => [sent.path, sent.body]);
    expect(additions).toMatchObject([
      [
        expect.stringContaining(wabaId),
        {
          cc: '1',
          phone_number: phoneNumber.slice(2),
          verified_name: name,
          preverified_id: numberId,
        },
      ],
    ]);
    const popup = { wabaId, phoneNumberId: (await world.claim(id)).phoneNumberId };
    expect(popup.phoneNumberId).not.toBe(phoneNumberId);
    const claim = await expectOwned(host, {
      customerId: 'lucky-shrub',
      popup: popup as Parameters<typeof expectOwned>[1]['popup'], // the ids are all that is looked at
      poolNumberId: numberId,
    });
    expect(claim.registerBy).toBe((claim.provenAt ?? 0) + 14 * day);
    const { body: shown } = await host.get<{ history: { what: string; who: string }[] }>(`/claims/${id}`);
    expect(shown.history.map(({ what, who }) => `${who}: ${what}`)).toEqual([
      'operator: opened by an operator: a number of the pool for the account',
      'kit: number put on the account',
      'kit: app subscribed',
      'kit: registered',
    ]);
    expect(await host.signup.numbers.find(claim.phoneNumberId ?? '')).toMatchObject({ wabaId, phoneNumber });

    // The same once more is the same, and costs nothing.
    const again = await world.register(wabaId, numberId, 'Another Name');
    expect([again.status, again.body.claim.id]).toEqual([200, id]);
    await host.deliver();
    await host.wait(2 * day, 6 * hour);
    expect(await world.claim(id)).toMatchObject({ status: 'registered' });
    expect(await host.records()).toHaveLength(2);
    expect([world.additions(), host.errors]).toEqual([1, []]);
  });
});

describe('a number that is put on an account', () => {
  it('is what a customer gets who finished without one', async () => {
    const host = await begin();
    const { wabaId } = await world.onboard('ada', { outcome: 'only_waba' });
    expect((await host.records()).map(({ status }) => status)).toEqual(['no_number']);
    const { numbers } = await world.page('ada');
    // Also the very number that their page still shows.
    expect((await world.register(wabaId, first(numbers))).status).toBe(202);
    expect((await registered(first(numbers))).customerId).toBe('ada');
    expect((await world.page('ada')).numbers).not.toContain(first(numbers));
  });

  it('is offered to nobody from the moment on at which it is asked for, and shows the page nothing to go on with', async () => {
    const host = await begin({ numbers: 3 });
    const { wabaId } = await world.onboard();
    const [numberId, other] = await world.free();
    await world.register(wabaId, numberId ?? '');
    expect(await world.page('lucky-shrub')).toEqual({ numbers: [other], claims: [] });
    expect((await world.page('bob')).numbers).toEqual([]);
    await registered(numberId ?? '');
    host.pass(2 * hour);
    await host.run();
    expect((await world.page('bob')).numbers).toEqual([other]);
  });

  it('can be claimed by nobody once it is registered: not by a popup with its id, nor by naming it', async () => {
    const host = await begin();
    const { wabaId } = await world.onboard();
    const tab = await host.open('mallory');
    const numberId = first(await world.free());
    await world.register(wabaId, numberId);
    const { id, phoneNumberId = '' } = await registered(numberId);
    expect(() => host.popup({ numberId })).toThrow(/pool|number/i);
    const popup = host.popup({ ids: tab.numbers.map((one) => one.id), ownNumber: '+1 555 200 0002' });
    const named = { ...popup.finish, data: { ...popup.finish.data, phone_number_id: phoneNumberId } };
    await host.claim(tab, { ...named, code: popup.code ?? '' });
    await host.wait(10 * minute);
    expect(await world.claim(id)).toMatchObject({ customerId: 'lucky-shrub', status: 'registered' });
    const others = (await host.records()).filter(({ customerId }) => customerId === 'mallory');
    expect(others.map((claim) => claim.phoneNumberId)).not.toContain(phoneNumberId);
    expect((await world.register(wabaId, numberId)).status).toBe(200);
    expect((await world.register('123456', numberId)).status).toBe(404);
  });

  it('is registered with the BSP’s own token where there is none of the customer’s', async () => {
    const host = await begin();
    const { wabaId, phoneNumberId = '' } = host.popup({ ownNumber: '+1 555 200 0001' });
    await host.signup.claims.import(
      [{ customerId: 'old', wabaId, phoneNumberId, phoneNumber: '+1 555 200 0001' }],
      'ann',
    );
    const numberId = first(await world.free());
    expect((await world.register(wabaId, numberId)).status).toBe(202);
    const claim = await registered(numberId);
    expect([claim.customerId, claim.sealedToken]).toEqual(['old', undefined]);
  });

  it('goes with the customer’s token as long as that is good, and the host hears once that it ends', async () => {
    const host = await begin({ sim: { businessTokenLifetime: 20 * day } });
    const { wabaId } = await world.onboard();
    await host.wait(7 * day, 6 * hour);
    const before = host.toldOf('tokenExpiring').length;
    expect(before).toBe(1);
    const numberId = first(await world.free());
    await world.register(wabaId, numberId);
    const { tokenExpiresAt } = await registered(numberId);
    expect(tokenExpiresAt).toBe((await host.records()).at(-1)?.tokenExpiresAt);
    await host.wait(hour);
    expect(host.toldOf('tokenExpiring')).toHaveLength(before);
  });
});
