import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, forms, startMeta, type Meta } from './support/meta.ts';

const profiles = forms.filter(({ times }) => times === 'iso');

describe.each(profiles)('with errors as in $profile, Meta refuses', ({ profile }) => {
  const live = profile === 'live';
  let meta: Meta;
  beforeEach(async () => {
    meta = await startMeta({ profile });
  });
  afterEach(() => meta.close());
  const customer = async () => {
    const { token, ...ids } = await meta.customer();
    return { ...ids, token: { token } };
  };

  it('what does not exist, or is not shown', async () => {
    const { graph, sim } = meta;
    for (const call of [
      graph.preverifiedNumber.get({ id: '1' }),
      graph.preverifiedNumber.delete({ id: '1' }),
      graph.preverifiedNumber.requestCode({ id: '1', method: 'SMS', language: 'en_US' }),
      graph.preverifiedNumber.partners({ id: '1' }).all(),
      graph.phoneNumber.register({ phoneNumberId: '1', pin: '271828' }),
      graph.whatsAppBusinessAccount.subscribeApp({ wabaId: '1' }),
      graph.business.get({ businessId: '1' }),
    ]) {
      expect(await errorOf(call)).toMatchObject({ kind: 'not_found', retry: 'never' });
    }
    const { phoneNumberId } = await meta.customer();
    sim.deletePhoneNumber(phoneNumberId);
    expect(await errorOf(graph.phoneNumber.get({ phoneNumberId }))).toMatchObject({
      kind: 'not_found',
      facts: { code: 33 },
    });
  });

  it('tokens that are not good, and tokens that may not', async () => {
    const { graph, sim, businessId } = meta;
    const nonsense = { token: 'EAAnonsense' };
    expect(await errorOf(graph.business.get({ businessId }, nonsense))).toMatchObject({ kind: 'auth' });
    const { token, businessId: customersBusiness, wabaId } = await customer();
    const add = graph.business.addPhoneNumbers(
      { businessId: customersBusiness, phoneNumber: '+15550100098' },
      token,
    );
    expect(['permission', 'not_found']).toContain((await errorOf(add)).kind);
    for (const [reason, subcode] of [['expired', 463]] as const) {
      sim.revokeToken({ businessId: customersBusiness, reason });
      const error = await errorOf(graph.whatsAppBusinessAccount.get({ wabaId }, token));
      expect(error).toMatchObject({ kind: 'auth', facts: { code: 190, subcode } });
    }
  });

  it('a code that is spent, late, wrong, or of another app', async () => {
    const { graph, sim } = meta;
    const code = () => sim.signUp({ numberId: meta.pool(0) }).code ?? '';
    const used = code();
    await graph.oauth.accessToken({ code: used });
    expect((await errorOf(graph.oauth.accessToken({ code: used }))).kind).toBe('code_used');
    const late = code();
    sim.advance('PT31S');
    expect((await errorOf(graph.oauth.accessToken({ code: late }))).kind).toBe('code_expired');
    expect((await errorOf(graph.oauth.accessToken({ code: 'nonsense' }))).kind).toBe('code_refused');
    const redirected = graph.oauth.accessToken({ code: code(), redirectUri: 'https://x.example/' });
    expect((await errorOf(redirected)).kind).toBe('code_refused');
  });

  it('numbers for the pool that it has already, and codes for numbers that are verified', async () => {
    const { graph, businessId } = meta;
    const again = graph.business.addPhoneNumbers({ businessId, phoneNumber: '+15550100001' });
    expect(['invalid_input', 'number_refused']).toContain((await errorOf(again)).kind);
    const id = meta.pool(0);
    const early = await errorOf(
      graph.preverifiedNumber.requestCode({ id, method: 'SMS', language: 'en_US' }),
    );
    // Live, it is the one code for everything that goes wrong here.
    expect(early).toMatchObject({ kind: live ? 'request_code_failed' : 'already_verified', retry: 'never' });
    const verified = await errorOf(graph.preverifiedNumber.verifyCode({ id, code: '123456' }));
    expect(verified.kind).toBe(live ? 'verify_code_failed' : 'already_verified');
  });

  it('wrong one-time codes, and too many requests for one', async () => {
    const { graph, businessId, sim } = meta;
    const { id } = await graph.business.addPhoneNumbers({ businessId, phoneNumber: '+15550100097' });
    await graph.preverifiedNumber.requestCode({ id, method: 'SMS', language: 'en_US' });
    const right = meta.codeFor('+15550100097');
    const wrong = right === '111111' ? '222222' : '111111';
    expect((await errorOf(graph.preverifiedNumber.verifyCode({ id, code: wrong }))).kind).toBe(
      'verify_code_failed',
    );
    sim.advance('PT11M');
    expect((await errorOf(graph.preverifiedNumber.verifyCode({ id, code: right }))).kind).toBe(
      'verify_code_failed',
    );
    for (let request = 2; request <= 10; request += 1) {
      await graph.preverifiedNumber.requestCode({ id, method: 'SMS', language: 'en_US' });
    }
    const error = await errorOf(
      graph.preverifiedNumber.requestCode({ id, method: 'SMS', language: 'en_US' }),
    );
    expect(error).toMatchObject(
      live
        ? { kind: 'request_code_failed', retry: 'never', facts: { code: 136_024, subcode: 2_388_367 } }
        : { kind: 'throttled', retry: 'after', facts: { code: 613 } },
    );
    // Told at once, and never asked for again by machine.
    expect(sim.requests({ path: `/${id}/request_code` }).length).toBe(11);
  });

  it('to register with another PIN, before a code, too often, or right after a deletion', async () => {
    const { graph, sim } = meta;
    const { phoneNumberId, token } = await customer();
    await graph.phoneNumber.register({ phoneNumberId, pin: '271828' }, token);
    const wrong = () => errorOf(graph.phoneNumber.register({ phoneNumberId, pin: '314159' }, token));
    expect(await wrong()).toMatchObject({ kind: 'pin_mismatch', retry: 'never' });
    let last = await wrong();
    for (let guess = 3; guess <= 6; guess += 1) last = await wrong();
    expect(last.kind).toBe('pin_locked');
    for (let call = 8; call <= 11; call += 1) last = await wrong();
    expect(last).toMatchObject({
      kind: 'attempts_exhausted',
      retry: 'after',
      retryAt: sim.now() + 72 * 3_600_000,
    });
    expect(sim.requests({ path: `/${phoneNumberId}/register` }).length).toBe(11);

    const second = await customer();
    sim.advance('P91D');
    const lapsed = graph.phoneNumber.register(
      { phoneNumberId: second.phoneNumberId, pin: '271828' },
      second.token,
    );
    expect((await errorOf(lapsed)).kind).toBe('needs_verification');
  });

  it('what needs a registration first', async () => {
    const { graph } = meta;
    const { phoneNumberId, token } = await customer();
    const send = graph.phoneNumber.sendText({ phoneNumberId, to: '+16505551234', text: 'Hello' }, token);
    expect((await errorOf(send)).kind).toBe('not_registered');
    const error = await errorOf(graph.phoneNumber.deregister({ phoneNumberId }, token));
    // Live, nothing but code 100 is known of it.
    expect(error.kind).toBe(live ? 'invalid_input' : 'not_registered');
  });

  it('a number that the account has, and an override before the subscription', async () => {
    const { graph } = meta;
    const { wabaId, token } = await customer();
    const create = graph.whatsAppBusinessAccount.createPhoneNumber(
      { wabaId, countryCode: '1', phoneNumber: '5550100001', verifiedName: 'Lucky Shrub' },
      token,
    );
    expect((await errorOf(create)).kind).toBe('number_refused');
    const override = { callbackUri: 'https://bsp.example/webhook', verifyToken: 'verify' };
    const early = graph.whatsAppBusinessAccount.subscribeApp({ wabaId, override }, token);
    expect((await errorOf(early)).kind).toBe('invalid_input');
  });

  it('to share a number twice, with a stranger, or before it is verified', async () => {
    const { graph, sim, businessId } = meta;
    const { sharePreverifiedNumber } = graph.business;
    const preverifiedId = meta.pool(0);
    const friend = sim.addPartner();
    const stranger = sim.addPartner({ inSolution: false });
    const share = { businessId, partnerBusinessId: friend.businessId, preverifiedId };
    await sharePreverifiedNumber(share);
    expect((await errorOf(sharePreverifiedNumber(share))).kind).toBe('invalid_input');
    const strange = sharePreverifiedNumber({ ...share, partnerBusinessId: stranger.businessId });
    expect(['invalid_input', 'permission']).toContain((await errorOf(strange)).kind);
    const { id } = await graph.business.addPhoneNumbers({ businessId, phoneNumber: '+15550100096' });
    const unverified = sharePreverifiedNumber({ ...share, preverifiedId: id });
    expect((await errorOf(unverified)).kind).toBe('invalid_input');
    // The partner sees the number, but it is not the partner's to delete.
    const theirs = graph.preverifiedNumber.delete({ id: preverifiedId }, { token: friend.systemUserToken });
    expect((await errorOf(theirs)).kind).toBe('permission');
  });

  it('to pay for an account that the partner’s user is not on', async () => {
    const { graph, sim } = meta;
    const { wabaId } = await customer();
    const [line] = await graph.business.extendedCredits({ businessId: meta.businessId }).all();
    const attach = { creditLineId: line?.id ?? '', wabaId, wabaCurrency: 'USD' };
    expect((await errorOf(graph.creditLine.shareAndAttach(attach))).kind).toBe('permission');
    const nonsense = graph.creditLine.shareAndAttach({ ...attach, wabaCurrency: 'XXX' });
    expect(['invalid_input', 'permission']).toContain((await errorOf(nonsense)).kind);
    expect(sim.requests({ method: 'POST' }).length).toBe(2);
    expect((await errorOf(graph.creditLine.allocation({ allocationConfigId: '1' }))).kind).toBe('not_found');
  });

  it('reads of an account beyond its limit: held back here before Meta has to say so', async () => {
    const { graph, sim } = meta;
    const { wabaId, token } = await customer();
    const read = () => graph.whatsAppBusinessAccount.get({ wabaId }, token);
    for (let call = 0; call < 189; call += 1) await read();
    const error = await (async () => {
      for (;;) {
        const caught = await read().then(
          () => undefined,
          (one: unknown) => one,
        );
        if (caught !== undefined) return caught;
      }
    })();
    expect(error).toMatchObject({ kind: 'throttled', retry: 'after', facts: { sent: false } });
    expect(sim.requests({ path: `/${wabaId}` }).every(({ status }) => status === 200)).toBe(true);
    // What is left is for calls that cannot wait.
    await graph.whatsAppBusinessAccount.subscribeApp({ wabaId }, token);
  });
});

/** Every code that Meta's tables have for a call, with the status that each profile gives it. */
const scripted: [string, number, object, string][] = [
  ['an unknown error', 400, { code: 1 }, 'transient'],
  ['an outage', 503, { code: 2 }, 'transient'],
  ['a missing capability', 500, { code: 3 }, 'permission'],
  ['the app’s limit', 429, { code: 4, error_subcode: 2446079, is_transient: true }, 'throttled'],
  ['a missing permission', 403, { code: 10 }, 'permission'],
  ['a user’s limit', 400, { code: 17 }, 'throttled'],
  ['no session', 401, { code: 102 }, 'auth'],
  ['no token', 400, { code: 104 }, 'auth'],
  ['a missing permission with subcode', 403, { code: 200, error_subcode: 1349176 }, 'permission'],
  ['an edit failure', 400, { code: 300 }, 'number_refused'],
  ['a policy', 403, { code: 368 }, 'permission'],
  ['an unknown path', 400, { code: 2500 }, 'invalid_input'],
  ['the account’s limit', 400, { code: 80007 }, 'throttled'],
  ['throughput', 400, { code: 130429, error_subcode: 2494055 }, 'throttled'],
  ['an unknown problem', 500, { code: 131000 }, 'transient'],
  ['no access', 403, { code: 131005 }, 'permission'],
  ['a missing parameter', 400, { code: 131008 }, 'invalid_input'],
  ['a wrong parameter', 400, { code: 131009 }, 'invalid_input'],
  ['a service that is down', 500, { code: 131016 }, 'transient'],
  ['a locked account', 403, { code: 131031 }, 'pin_mismatch'],
  ['a payment', 400, { code: 131042 }, 'payment_needed'],
  ['maintenance', 500, { code: 131057 }, 'transient'],
  ['a deregistration that did not end', 500, { code: 133000 }, 'deregister_first'],
  ['a server that is down', 503, { code: 133004 }, 'transient'],
  ['a PIN entered too fast', 400, { code: 133009, details: 'Try again in 30 minutes.' }, 'pin_locked'],
  ['a deletion minutes ago', 400, { code: 133015 }, 'recently_deleted'],
  ['an app that is no provider’s', 400, { code: 200000, error_subcode: 3095008 }, 'number_refused'],
];

describe('by a script, Meta refuses', () => {
  let meta: Meta;
  beforeEach(async () => {
    meta = await startMeta();
  });
  afterEach(() => meta.close());

  it.each(scripted)('for %s: %s %j', async (_name, status, error, kind) => {
    const { graph, sim, businessId } = meta;
    sim.setFaults([
      {
        match: { method: 'POST' },
        times: 9,
        fault: { kind: 'error', status, error: { code: 0, message: '(#0)', ...error } },
      },
    ]);
    const caught = await errorOf(
      graph.preverifiedNumber.requestCode({ id: businessId, method: 'SMS', language: 'en' }),
    );
    expect(caught).toMatchObject({ kind, facts: { status } });
    expect(caught.facts.traceId).toEqual(expect.any(String));
    expect(sim.requests({ method: 'POST' }).length).toBe(1);
  });

  it('calls of an object until its regain time, and gets none before', async () => {
    const { graph, sim } = meta;
    const { wabaId, phoneNumberId, token } = await meta.customer();
    sim.setFaults([{ match: { path: '/*/phone_numbers' }, fault: { kind: 'throttled', regainMinutes: 3 } }]);
    const list = () => graph.whatsAppBusinessAccount.phoneNumbers({ wabaId }, { token }).all();
    expect(await errorOf(list())).toMatchObject({ kind: 'throttled', retryAt: sim.now() + 180_000 });
    const seen = sim.requests().length;
    expect(await errorOf(list())).toMatchObject({ kind: 'throttled', facts: { sent: false } });
    expect(sim.requests().length).toBe(seen);
    sim.advance('PT3M');
    expect(await list()).toMatchObject([{ id: phoneNumberId }]);
  });
});
