import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
const begin = async (options: Parameters<typeof startAccountWorld>[0] = {}) => {
  world = await startAccountWorld(options);
};
afterEach(() => world.host.close());

/** It is refused, and nothing has happened: no claim, no hold, no call that costs. */
async function refuses(wabaId: string, numberId: string, verifiedName = name) {
  const { host } = world;
  const seen = async () => [
    await host.records(),
    await host.signup.pool.list({ limit: 100 }),
    world.additions(),
  ];
  const before = await seen();
  const { status, body } = await world.register(wabaId, numberId, verifiedName);
  expect(await seen()).toEqual(before);
  expect(body.detail ?? '').toMatch(/\.$/);
  return [status, body.code, body.detail];
}
const says = (words: RegExp) => expect.stringMatching(words);

describe('no number is put on an account', () => {
  beforeEach(() => begin());

  it('that nobody has signed up with, whether Meta knows it or not', async () => {
    const numberId = first(await world.free());
    expect(await refuses('102290129340398', numberId)).toEqual([404, 'not_found', says(/sign up/)]);
    const stranger = world.host.popup({ ownNumber: '+1 555 200 0001' });
    expect(await refuses(stranger.wabaId, numberId)).toEqual([404, 'not_found', says(/sign up/)]);
    // An orphan is nobody's.
    await world.host.deliver();
    await world.host.wait(day, hour);
    expect(await world.host.orphans()).toMatchObject([{ wabaId: stranger.wabaId, customerId: '' }]);
    expect(await refuses(stranger.wabaId, numberId)).toEqual([404, 'not_found', says(/sign up/)]);
  });

  it('that is not ours at Meta', async () => {
    await world.host.signup.claims.import(
      [{ customerId: 'x', wabaId: '102290129340398', phoneNumberId: '77', phoneNumber: '+1 555 200 0009' }],
      'ann',
    );
    const numberId = first(await world.free());
    const answer = await refuses('102290129340398', numberId);
    expect(answer).toEqual([409, 'account_not_ours', says(/sign up again/)]);
  });

  it.each([
    ['before Meta’s word of it has come', false],
    ['after it', true],
  ])('that its customer took from us, %s', async (_name, isHeard) => {
    const { wabaId } = await world.onboard('ada', { outcome: 'only_waba' });
    world.host.sim.emit({ kind: 'partner-removed', wabaId });
    if (isHeard) {
      await world.host.deliver();
      await world.host.wait(2 * hour);
    }
    const [status, code] = await refuses(wabaId, first(await world.free()));
    expect([status, code]).toEqual([409, 'account_not_ours']);
  });

  it('whose live claims ended with it', async () => {
    const { wabaId } = await world.onboard();
    world.host.sim.emit({ kind: 'partner-removed', wabaId });
    await world.host.deliver();
    await world.host.wait(day, hour);
    expect((await world.host.records()).map(({ status }) => status)).toEqual(['ended']);
    expect((await refuses(wabaId, first(await world.free()))).slice(0, 2)).toEqual([404, 'not_found']);
  });

  it('whose customer took the app back, and that Meta shows to our own token neither', async () => {
    const { wabaId, businessId } = await world.onboard();
    const numberId = first(await world.free());
    world.host.sim.revokeToken({ businessId: businessId ?? '' });
    const refused = {
      kind: 'error',
      status: 403,
      error: { code: 200, message: 'Permissions error' },
    } as const;
    const list = { method: 'GET', path: '/*/phone_numbers' };
    world.host.sim.setFaults([{ match: list, after: 1, times: 1, fault: refused }]);
    expect(await refuses(wabaId, numberId)).toEqual([409, 'account_not_ours', says(/nor to our own/)]);
    // The dead token alone is no reason: the account is shared with us still.
    expect((await world.register(wabaId, numberId)).status).toBe(202);
    await world.host.wait(hour);
    expect(await world.attachment(numberId)).toMatchObject({ status: 'registered', sealedToken: undefined });
  });

  it('that claims of several customers are about', async () => {
    const { wabaId } = await world.onboard('ada', { outcome: 'only_waba', person: 'agency' });
    await world.onboard('bob', { outcome: 'only_waba', person: 'agency', accountId: wabaId });
    const numberId = first(await world.free());
    expect(await refuses(wabaId, numberId)).toEqual([
      409,
      'account_of_several',
      says(/several customers.*dismiss/),
    ]);
    const bobs = (await world.host.records()).find(({ customerId }) => customerId === 'bob');
    await world.host.signup.claims.dismiss(bobs?.id ?? '', 'ann');
    expect((await world.register(wabaId, numberId)).status).toBe(202);
  });

  it('while Meta cannot be asked', async () => {
    const { wabaId } = await world.onboard();
    const fault = { kind: 'error', status: 500, error: { code: 2, message: 'Service unavailable' } } as const;
    world.host.sim.setFaults([{ match: { path: '/*/phone_numbers' }, times: 'always', fault }]);
    expect((await refuses(wabaId, first(await world.free()))).slice(0, 2)).toEqual([502, 'upstream_failed']);
  });

  it('when what is asked for is malformed', async () => {
    const malformed: [string, string, string, string][] = [
      ['mine', '1', name, 'wabaId'],
      ['1', '+1 555', name, 'numberId'],
      ['1', '1', ' x ', 'verifiedName'],
      ['1', '1', 'x'.repeat(76), 'verifiedName'],
      ['1', '1', 'Lucky\nShrub', 'verifiedName'],
      ['1', '1', 'Lucky\u2028Shrub', 'verifiedName'],
      ['1', '1', 'Lucky\u2029Shrub', 'verifiedName'],
      ['1', '1', '\uD83C\uD83C', 'verifiedName'],
    ];
    for (const [wabaId, numberId, given, path] of malformed) {
      const answer = await world.register(wabaId, numberId, given);
      expect({ ...answer, path }).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', issues: [{ path }] },
      });
    }
    expect(world.additions()).toBe(0);
  });
});

describe('an account gets no number of the pool', () => {
  beforeEach(() => begin());

  it('that is not there', async () => {
    const { wabaId } = await world.onboard();
    expect(await refuses(wabaId, '404')).toEqual([404, 'not_found', says(/pool/)]);
  });

  it('that somebody else holds, and gets it once their hold is over', async () => {
    const { wabaId } = await world.onboard();
    const held = first((await world.page('bob')).numbers);
    expect(await refuses(wabaId, held)).toEqual([409, 'number_held', says(/until 2026-/)]);
    world.host.pass(2 * hour);
    expect((await world.register(wabaId, held)).status).toBe(202);
  });

  it('that goes on another account already', async () => {
    const { wabaId } = await world.onboard();
    const other = await world.onboard('bob');
    const numberId = first(await world.free());
    expect((await world.register(wabaId, numberId)).status).toBe(202);
    expect((await refuses(other.wabaId, numberId)).slice(0, 2)).toEqual([409, 'number_held']);
    await world.host.wait(hour);
    expect((await refuses(other.wabaId, numberId)).slice(0, 2)).toEqual([409, 'number_claimed']);
  });

  it('that somebody has claimed', async () => {
    const { wabaId } = await world.onboard();
    await world.onboard('bob');
    const claimed = first((await world.host.signup.pool.list({ limit: 9, status: 'claimed' })).items).id;
    expect((await refuses(wabaId, claimed)).slice(0, 2)).toEqual([409, 'number_claimed']);
  });

  it('that is not verified, or not for another day', async () => {
    const { wabaId } = await world.onboard();
    const numberId = first(await world.free());
    world.host.sim.seedNumbers({ phoneNumbers: ['+15550100777'], status: 'NOT_VERIFIED' });
    await world.host.signup.pool.sync();
    const unverified = first(
      (await world.host.signup.pool.list({ limit: 9, status: 'unverified' })).items,
    ).id;
    expect(await refuses(wabaId, unverified)).toEqual([409, 'number_not_verified', says(/Verify it first/)]);
    world.host.pass(89 * day + hour);
    expect((await refuses(wabaId, numberId)).slice(0, 2)).toEqual([409, 'number_not_verified']);
  });

  it('that left the pool', async () => {
    const { wabaId } = await world.onboard();
    const numberId = first(await world.free());
    await world.host.signup.pool.delete(numberId, 'ann');
    expect(await refuses(wabaId, numberId)).toEqual([409, 'number_gone', says(/another one/)]);
  });
});

describe.each(['live', 'openapi'] as const)(
  'an account that has as many numbers as it may, Meta as in %s',
  (profile) => {
    beforeEach(() => begin({ sim: { profile }, numbers: 5 }));

    const full = async (hears = true) => {
      const popup = await world.onboard('lucky-shrub', {}, hears);
      const second = first(await world.free());
      expect((await world.register(popup.wabaId, second)).status).toBe(202);
      await world.host.wait(hour);
      expect((await world.attachment(second))?.status).toBe('registered');
      return popup;
    };

    it('is refused before anything is spent, where Meta has told how many', async () => {
      const { wabaId, businessId = '' } = await full();
      world.host.sim.emit({ kind: 'business-capability-update', wabaId, maxPhoneNumbers: 2 });
      await world.host.deliver();
      const third = first(await world.free());
      expect(await refuses(wabaId, third)).toEqual([409, 'number_cap_reached', says(/2 numbers/)]);
      // What is wrong with the number comes first: once there is room it would be wrong still.
      expect(await refuses(wabaId, '404')).toEqual([404, 'not_found', says(/pool/)]);
      const claimed = first((await world.host.signup.pool.list({ limit: 9, status: 'claimed' })).items).id;
      expect((await refuses(wabaId, claimed)).slice(0, 2)).toEqual([409, 'number_claimed']);
      world.host.pass(minute);
      world.host.sim.setBusinessVerified(businessId, true);
      await world.host.deliver();
      expect((await world.register(wabaId, third)).status).toBe(202);
      await world.host.wait(hour);
      expect((await world.attachment(third))?.status).toBe('registered');
    });

    it('is tried all the same a week after Meta told so: the webhook that allows more may be lost', async () => {
      const { wabaId, businessId = '' } = await full();
      world.host.sim.emit({ kind: 'business-capability-update', wabaId, maxPhoneNumbers: 2 });
      await world.host.deliver();
      world.host.sim.setBusinessVerified(businessId, true);
      const third = first(await world.free());
      await world.host.wait(7 * day - hour, 6 * hour);
      expect((await refuses(wabaId, third)).slice(0, 2)).toEqual([409, 'number_cap_reached']);
      await world.host.wait(2 * hour);
      expect((await world.register(wabaId, third)).status).toBe(202);
      await world.host.wait(hour);
      expect((await world.attachment(third))?.status).toBe('registered');
    });

    it('is given no more than there is room for while others are on their way to it', async () => {
      const { wabaId } = await world.onboard();
      const [one, two, three] = await world.free();
      const said = [];
      for (const numberId of [one, two, three])
        said.push((await world.register(wabaId, numberId ?? '')).body.code ?? 'opened');
      expect(said).toEqual(['opened', 'number_cap_reached', 'number_cap_reached']);
      // An operator’s desk is no room, as long as Meta may have done it.
      await world.host.wait(hour);
      expect((await world.attachment(one ?? ''))?.status).toBe('registered');
      expect(await world.free()).toContain(two);
      expect((await world.register(wabaId, three ?? '')).body.code).toBe('number_cap_reached');
    });

    it('is asked for nothing when it has become full meanwhile, and the number is offered again', async () => {
      const { wabaId, businessId = '' } = await world.onboard();
      world.host.sim.setBusinessVerified(businessId, true);
      await world.host.deliver();
      const [one, two] = await world.free();
      for (const numberId of [one, two])
        expect((await world.register(wabaId, numberId ?? '')).status).toBe(202);
      world.host.sim.emit({ kind: 'business-capability-update', wabaId, maxPhoneNumbers: 1 });
      world.host.pass(minute);
      await world.host.deliver();
      await world.host.run();
      for (const numberId of [one, two])
        expect(await world.attachment(numberId ?? '')).toMatchObject({
          status: 'needs_operator',
          reason: { code: 'number_cap_reached' },
        });
      expect(await world.free()).toEqual(expect.arrayContaining([one, two]));
      expect(world.additions()).toBe(0);
    });

    it('has its claim left to the operator where Meta says so only then, and the number is offered again', async () => {
      const { wabaId, businessId = '' } = await full(false);
      const third = first(await world.free());
      expect((await world.register(wabaId, third)).status).toBe(202);
      await world.host.wait(hour);
      const claim = await world.attachment(third);
      expect(claim).toMatchObject({
        status: 'needs_operator',
        reason: { code: 'number_cap_reached' },
        wabaId,
      });
      expect(claim?.reason?.message).toMatch(/no more numbers/);
      const attempts = world.additions();
      expect(await world.free()).toContain(third);
      expect(world.host.toldOf('claimNeedsAttention').map(({ claimId }) => claimId)).toEqual([claim?.id]);
      // The same once more is the same claim; a customer may be given the number meanwhile.
      expect((await world.register(wabaId, third)).status).toBe(200);
      expect(world.additions()).toBe(attempts);

      world.host.sim.setBusinessVerified(businessId, true);
      await world.host.signup.claims.retry(claim?.id ?? '', 'ann');
      await world.host.wait(hour);
      expect(await world.attachment(third)).toMatchObject({ id: claim?.id, status: 'registered', wabaId });
      expect(world.additions()).toBe(attempts + 1);
    });
  },
);
