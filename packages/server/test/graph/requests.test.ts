import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { MockAgent } from 'undici';
import { describe, expect, it } from 'vitest';
import { createGraphClient, GraphError, type GraphClientOptions } from '../../src/graph/index.ts';
import { everyCall } from './support/every-call.ts';
import { RecordingDispatcher } from './support/recording-dispatcher.ts';

const appSecret = 'secret';
const proof = (token: string) => createHmac('sha256', appSecret).update(token).digest('hex');

function playground(options: Partial<GraphClientOptions> = {}) {
  const dispatcher = new RecordingDispatcher();
  const warnings: unknown[] = [];
  const note = () => undefined;
  const graph = createGraphClient({
    appId: '77',
    appSecret,
    token: 'TOKEN',
    dispatcher,
    random: () => 0,
    wait: () => Promise.resolve(),
    logger: { debug: note, info: note, warn: (...all) => void warnings.push(all), error: note },
    ...options,
  });
  return { dispatcher, graph, warnings, calls: everyCall(graph) };
}

/** Method, path, parameters beside `appsecret_proof`, body: as Meta's pages have them. */
const documented: [string, string, string, object, object?][] = [
  ['business.get', 'GET', '/9', { fields: 'id,name,verification_status' }],
  ['business.addPhoneNumbers', 'POST', '/9/add_phone_numbers', {}, { phone_number: '+1555' }],
  [
    'business.sharePreverifiedNumber',
    'POST',
    '/9/share_preverified_numbers',
    { partner_business_id: '9', preverified_id: '9' },
  ],
  [
    'business.unsharePreverifiedNumber',
    'DELETE',
    '/9/share_preverified_numbers',
    { partner_business_id: '9', preverified_id: '9' },
  ],
  [
    'business.systemUserAccessToken',
    'POST',
    '/9/system_user_access_tokens',
    {},
    { fetch_only: true, system_user_id: '9' },
  ],
  [
    'preverifiedNumber.get',
    'GET',
    '/9',
    {
      fields:
        'id,phone_number,code_verification_status,code_verification_time,verification_expiry_time,owner_business',
    },
  ],
  ['preverifiedNumber.delete', 'DELETE', '/9', {}],
  ['preverifiedNumber.requestCode', 'POST', '/9/request_code', {}, { code_method: 'SMS', language: 'en_US' }],
  ['preverifiedNumber.verifyCode', 'POST', '/9/verify_code', {}, { code: '123456' }],
  [
    'account.createPhoneNumber',
    'POST',
    '/9/phone_numbers',
    {},
    { cc: '1', phone_number: '1', verified_name: '1', preverified_id: '9' },
  ],
  [
    'account.subscribeApp',
    'POST',
    '/9/subscribed_apps',
    {},
    { override_callback_uri: 'x', verify_token: 'x' },
  ],
  ['account.unsubscribeApp', 'DELETE', '/9/subscribed_apps', {}],
  ['account.assignUser', 'POST', '/9/assigned_users', {}, { user: '9', tasks: ['MANAGE'] }],
  ['account.removeUser', 'DELETE', '/9/assigned_users', { user: '9' }],
  ['phoneNumber.requestCode', 'POST', '/9/request_code', {}, { code_method: 'VOICE', language: 'en' }],
  ['phoneNumber.verifyCode', 'POST', '/9/verify_code', {}, { code: '123456' }],
  [
    'phoneNumber.register',
    'POST',
    '/9/register',
    {},
    { messaging_product: 'whatsapp', pin: '123456', data_localization_region: 'DE' },
  ],
  ['phoneNumber.deregister', 'POST', '/9/deregister', {}],
  ['phoneNumber.setPin', 'POST', '/9', {}, { pin: '123456' }],
  ['phoneNumber.settings', 'GET', '/9/settings', {}],
  [
    'phoneNumber.setIdentityCheck',
    'POST',
    '/9/settings',
    {},
    { user_identity_change: { enable_identity_key_check: true } },
  ],
  [
    'phoneNumber.sendText',
    'POST',
    '/9/messages',
    {},
    {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+1 555 0100',
      recipient_identity_key_hash: 'hello',
      type: 'text',
      text: { preview_url: false, body: 'hello' },
    },
  ],
  [
    'creditLine.shareAndAttach',
    'POST',
    '/9/whatsapp_credit_sharing_and_attach',
    { waba_id: '9', waba_currency: 'USD' },
  ],
  ['creditLine.share', 'POST', '/9/whatsapp_credit_sharing', { receiving_business_id: '9' }],
  ['creditLine.attach', 'POST', '/9/whatsapp_credit_attach', { waba_id: '9', waba_currency: 'USD' }],
  ['creditLine.allocation', 'GET', '/9', { fields: 'receiving_credential' }],
];

describe('a request', () => {
  it.each(documented)('%s is %s %s', async (name, method, path, query, body) => {
    const { dispatcher, calls } = playground();
    await calls[name]?.('9').catch(() => undefined);
    const [call] = dispatcher.calls;
    expect(call).toMatchObject({ method, pathname: `/v26.0${path}` });
    expect(call?.query).toEqual({ ...query, appsecret_proof: proof('TOKEN') });
    expect(call?.body).toEqual(body);
    expect(call?.headers['content-type']).toBe(body === undefined ? undefined : 'application/json');
  });

  it.each([
    [
      'business.preverifiedNumbers',
      '/9/preverified_numbers',
      { code_verification_status: 'VERIFIED', after: 'VERIFIED' },
    ],
    ['business.clientWhatsAppBusinessAccounts', '/9/client_whatsapp_business_accounts', {}],
    ['business.extendedCredits', '/9/extendedcredits', {}],
    ['preverifiedNumber.partners', '/9/partners', {}],
    ['account.phoneNumbers', '/9/phone_numbers', {}],
    ['account.subscribedApps', '/9/subscribed_apps', {}],
    ['account.assignedUsers', '/9/assigned_users', { business: '9' }],
  ])('%s is a list, read by pages of 100', async (name, path, query) => {
    const { dispatcher, calls } = playground();
    dispatcher.reply = () => ({ body: { data: [] } });
    expect(await calls[name]?.('9')).toEqual([]);
    expect(dispatcher.calls[0]).toMatchObject({
      method: 'GET',
      pathname: `/v26.0${path}`,
      query: { limit: '100', ...query },
    });
  });

  it('has its token in the header and nowhere else, with a proof of that token', async () => {
    const { dispatcher, calls } = playground({ limits: { attempts: 1 } });
    for (const call of Object.values(calls)) await call('9').catch(() => undefined);
    expect(dispatcher.calls.length).toBe(Object.keys(calls).length);
    for (const call of dispatcher.calls) {
      if (call.pathname.endsWith('/oauth/access_token')) {
        expect(call.headers['authorization']).toBeUndefined();
        continue;
      }
      const token = /\/(debug_token|subscriptions)$/.test(call.pathname) ? '77|secret' : 'TOKEN';
      expect(call.headers['authorization']).toBe(`Bearer ${token}`);
      expect(call.query['appsecret_proof']).toBe(proof(token));
      expect(call.path).not.toContain(token);
      expect(call.query['access_token']).toBeUndefined();
      expect(call.headers['accept-encoding']).toBe('identity');
    }
  });

  it('has secrets in its address only where Meta documents nothing else', async () => {
    const { dispatcher, calls } = playground({ limits: { attempts: 1 } });
    await calls['oauth.accessToken']?.('', 'CODE').catch(() => undefined);
    await calls['oauth.debugToken']?.('', 'INPUT').catch(() => undefined);
    expect(dispatcher.calls.map(({ query }) => query)).toEqual([
      { client_id: '77', client_secret: 'secret', code: 'CODE', redirect_uri: 'CODE' },
      { input_token: 'INPUT', appsecret_proof: proof('77|secret') },
    ]);
  });

  it('takes the token of the call before the one of the client, and none for none', async () => {
    const { dispatcher, graph } = playground({ token: () => Promise.resolve('FETCHED') });
    dispatcher.reply = () => ({ body: { id: '1' } });
    await graph.business.get({ businessId: '1' });
    await graph.business.get({ businessId: '1' }, { token: 'OWN' });
    expect(dispatcher.calls.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer FETCHED',
      'Bearer OWN',
    ]);
    const without = playground({ token: undefined });
    await expect(without.graph.business.get({ businessId: '1' })).rejects.toThrow(TypeError);
    for (const token of ['', 'a b', 'a\r\nx: y']) {
      await expect(graph.business.get({ businessId: '1' }, { token })).rejects.toThrow(TypeError);
    }
    expect(without.dispatcher.calls).toEqual([]);
    expect(dispatcher.calls.length).toBe(2);
  });

  it('that cannot be right is not sent', async () => {
    const { dispatcher, graph } = playground();
    const phoneNumberId = '1';
    const wrong = [
      graph.phoneNumber.register({ phoneNumberId, pin: '12345' }),
      graph.phoneNumber.setPin({ phoneNumberId, pin: '1234567' }),
      graph.phoneNumber.verifyCode({ id: '1', code: '12 x' }),
      graph.phoneNumber.sendText({ phoneNumberId, to: '6505551234', text: 'x' }),
      graph.whatsAppBusinessAccount.subscribeApp({
        wabaId: '1',
        override: { callbackUri: `https://x.example/${'x'.repeat(200)}`, verifyToken: 'x' },
      }),
      graph.business.preverifiedNumbers({ businessId: '1', limit: 101 }).all(),
    ];
    for (const call of wrong) await expect(call).rejects.toThrow(/nothing was sent/);
    expect(dispatcher.calls).toEqual([]);
  });
});

describe('an answer', () => {
  it('of another version than asked for is told once', async () => {
    const served: string[] = [];
    const { dispatcher, graph, warnings } = playground({
      onVersionMismatch: (version) => void served.push(version),
    });
    for (const version of ['v26.0', 'v23.0', 'v23.0', 'v24.0', 'nonsense']) {
      dispatcher.reply = () => ({ headers: { 'facebook-api-version': version }, body: { id: '1' } });
      await graph.business.get({ businessId: '1' });
    }
    expect(served).toEqual(['v23.0', 'v24.0']);
    expect(warnings).toEqual([
      [expect.any(String), { asked: 'v26.0', served: 'v23.0' }],
      [expect.any(String), { asked: 'v26.0', served: 'v24.0' }],
    ]);
  });

  it('with an id as a number keeps all its digits', async () => {
    const { dispatcher, graph } = playground();
    dispatcher.reply = () => ({ body: '{"id":12345678901234567890,"name":"x"}' });
    expect((await graph.business.get({ businessId: '1' })).id).toBe('12345678901234567890');
  });

  it('with odd entries in a list shows the others, and says so', async () => {
    const { dispatcher, graph, warnings } = playground();
    dispatcher.reply = () => ({ body: { data: [{ id: 'x' }, 7, { id: '5', tasks: 'odd' }] } });
    const users = await graph.whatsAppBusinessAccount.assignedUsers({ wabaId: '1', businessId: '1' }).all();
    expect(users).toEqual([{ id: '5', name: undefined, tasks: [] }]);
    expect(warnings).toEqual([[expect.any(String), { action: 'list the users of the account', entries: 2 }]]);
  });

  it('whose cursor comes again ends with an error, not with half a list or never', async () => {
    const { dispatcher, graph } = playground();
    dispatcher.reply = ({ query }) => ({
      body: { data: [], paging: { cursors: { after: query['after'] === 'a' ? 'b' : 'a' }, next: 'x' } },
    });
    await expect(graph.business.extendedCredits({ businessId: '1' }).all()).rejects.toMatchObject({
      kind: 'unreadable',
    });
    expect(dispatcher.calls.length).toBe(3);
  });

  it('in gzip, though not asked for, is read; in anything else it is not, nor is too much of it', async () => {
    const { dispatcher, graph } = playground({ limits: { mostBytes: 1_000 } });
    const zipped = (text: string) => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(text) });
    dispatcher.reply = () => zipped('{"id":"5"}');
    expect(await graph.business.get({ businessId: '1' })).toMatchObject({ id: '5' });
    dispatcher.reply = () => zipped(`{"id":"5"}${' '.repeat(5_000)}`);
    const bomb = graph.business.addPhoneNumbers({ businessId: '1', phoneNumber: '1' });
    await expect(bomb).rejects.toMatchObject({ kind: 'unreadable' });
    dispatcher.reply = () => ({ headers: { 'content-encoding': 'br' }, body: { id: '1' } });
    const call = graph.business.addPhoneNumbers({ businessId: '1', phoneNumber: '1' });
    await expect(call).rejects.toMatchObject({ kind: 'unreadable' });
  });

  it.each([
    ['ECONNREFUSED', 'sending', false],
    ['ENOTFOUND', 'sending', false],
    ['UND_ERR_CONNECT_TIMEOUT', 'sending', false],
    ['ECONNRESET', 'answering', 'unknown'],
    ['UND_ERR_SOCKET', 'answering', 'unknown'],
  ] as const)(
    'that does not come (%s while %s) tells whether it was sent: %s',
    async (failsWith, before, sent) => {
      const { dispatcher, graph } = playground({ limits: { attempts: 2 } });
      dispatcher.reply = () => ({ failsWith, before });
      const error = await graph.phoneNumber
        .register({ phoneNumberId: '1', pin: '123456' })
        .catch((caught: unknown) => caught);
      expect(error).toMatchObject({
        kind: 'unreachable',
        retry: sent === false ? 'safe' : 'never',
        facts: { sent },
      });
      expect(error instanceof GraphError && error.message).toContain(failsWith);
      expect(dispatcher.calls.length).toBe(sent === false ? 2 : 1);
    },
  );
});

describe('a call that is given up', () => {
  it('between two attempts is not made again', async () => {
    const giveUp = new AbortController();
    const { dispatcher, graph } = playground({
      wait: () => {
        giveUp.abort();
        return Promise.resolve();
      },
    });
    dispatcher.reply = () => ({ failsWith: 'ECONNRESET', before: 'answering' });
    const call = graph.whatsAppBusinessAccount.subscribeApp({ wabaId: '1' }, { signal: giveUp.signal });
    await expect(call).rejects.toMatchObject({ kind: 'unreachable', facts: { sent: 'unknown' } });
    expect(dispatcher.calls.length).toBe(1);
  });
});

describe('undici', () => {
  it('may not begin a call again by itself: what was sent may have been done', async () => {
    const { dispatcher, graph } = playground();
    dispatcher.reply = () => ({ beginsAgain: { id: '1' } });
    await expect(graph.business.addPhoneNumbers({ businessId: '1', phoneNumber: '1' })).rejects.toMatchObject(
      {
        kind: 'unreachable',
        facts: { sent: 'unknown' },
      },
    );
    expect(dispatcher.calls.length).toBe(1);
  });

  it('can be replaced by its own MockAgent', async () => {
    const agent = new MockAgent();
    agent.disableNetConnect();
    agent
      .get('https://graph.facebook.com')
      .intercept({ path: (path) => path.startsWith('/v26.0/1?') })
      .reply(200, { id: '1', name: 'Lucky Shrub' });
    const graph = createGraphClient({
      appId: '77',
      appSecret,
      token: 'TOKEN',
      dispatcher: agent,
      wait: () => Promise.resolve(),
    });
    expect(await graph.business.get({ businessId: '1' })).toMatchObject({ name: 'Lucky Shrub' });
    const unexpected = graph.phoneNumber.deregister({ phoneNumberId: '1' });
    await expect(unexpected).rejects.toMatchObject({ kind: 'unreachable', facts: { sent: false } });
    await graph.close();
    await agent.close();
  });
});

describe('the exchange of a code', () => {
  it.each([
    { failsWith: 'ECONNREFUSED', before: 'sending' as const },
    { status: 503, body: { error: { code: 2, message: '' } } },
    { status: 502, body: '' },
  ])('is made once, whatever comes: %j', async (reply) => {
    const { dispatcher, graph } = playground();
    dispatcher.reply = () => reply;
    await expect(graph.oauth.accessToken({ code: 'C' })).rejects.toThrow(GraphError);
    expect(dispatcher.calls.length).toBe(1);
  });

  it('says when the token expires', async () => {
    const { dispatcher, graph } = playground({ now: () => 5_000 });
    dispatcher.reply = () => ({ body: { access_token: 'T', token_type: 'bearer', expires_in: 60 } });
    expect(await graph.oauth.accessToken({ code: 'C' })).toEqual({ accessToken: 'T', expiresAt: 65_000 });
  });
});
