import { expect, it } from 'vitest';
import type { CallClass } from '../../src/graph/graph-request.ts';
import { createGraphClient, GraphError } from '../../src/graph/index.ts';
import { everyCall } from './support/every-call.ts';
import { RecordingDispatcher, type Reply } from './support/recording-dispatcher.ts';

/** What a repeat of each call would cost. A call that is not in here fails the first test. */
const classes: Record<string, CallClass> = {
  'oauth.accessToken': 'code',
  'oauth.debugToken': 'read',
  'oauth.subscriptions': 'read',
  'business.get': 'read',
  'business.addPhoneNumbers': 'costly',
  'business.preverifiedNumbers': 'read',
  'business.sharePreverifiedNumber': 'costly',
  'business.unsharePreverifiedNumber': 'costly',
  'business.clientWhatsAppBusinessAccounts': 'read',
  'business.systemUserAccessToken': 'idempotent',
  'business.extendedCredits': 'read',
  'preverifiedNumber.get': 'read',
  'preverifiedNumber.delete': 'costly',
  'preverifiedNumber.requestCode': 'counted',
  'preverifiedNumber.verifyCode': 'counted',
  'preverifiedNumber.partners': 'read',
  'account.get': 'read',
  'account.phoneNumbers': 'read',
  'account.findPhoneNumber': 'read',
  'account.createPhoneNumber': 'costly',
  'account.subscribedApps': 'read',
  'account.subscribeApp': 'idempotent',
  'account.unsubscribeApp': 'idempotent',
  'account.assignedUsers': 'read',
  'account.assignUser': 'idempotent',
  'account.removeUser': 'idempotent',
  'phoneNumber.get': 'read',
  'phoneNumber.requestCode': 'counted',
  'phoneNumber.verifyCode': 'counted',
  'phoneNumber.register': 'counted',
  'phoneNumber.deregister': 'counted',
  'phoneNumber.setPin': 'idempotent',
  'phoneNumber.settings': 'read',
  'phoneNumber.setIdentityCheck': 'idempotent',
  'phoneNumber.sendText': 'costly',
  'creditLine.shareAndAttach': 'costly',
  'creditLine.share': 'costly',
  'creditLine.attach': 'costly',
  'creditLine.allocation': 'read',
};

/** One answer for every call: whatever each reads is in it. */
const good = {
  id: '1',
  success: true,
  access_token: 'x',
  display_phone_number: '+1 555',
  phone_number: '+1 555',
  messages: [{ id: 'wamid.1' }],
  allocation_config_id: '1',
};
const replies = (pathname: string): Reply => {
  if (pathname.endsWith('debug_token')) return { body: { data: { is_valid: true } } };
  return { body: { ...good, data: [] } };
};

/** Arrivals of each class: what happens first, and what is then allowed. Refused connections never arrived. */
const dropped: Reply = { failsWith: 'ECONNRESET', before: 'answering' };
const down = (status: number): Reply => ({ status, body: { error: { code: 2 } } });
const unavailable: Reply = { status: 503, body: { error: { code: 131_016 } } };
const throttled: Reply = {
  status: 400,
  headers: { 'retry-after': '1' },
  body: { error: { code: 4 } },
};
const once: Record<CallClass, number> = { read: 2, idempotent: 2, costly: 1, counted: 1, code: 1 };
const table: [string, Reply, Record<CallClass, number>][] = [
  ['was done, and whose answer was dropped', dropped, once],
  ['meets code 2 with 500', down(500), once],
  ['meets code 2 with 503', down(503), once],
  ['meets code 2 with 400', down(400), once],
  ['meets code 131016', unavailable, once],
  ['is throttled by Meta itself', throttled, { ...once, costly: 2 }],
];

/** A client that meets one bad reply and then good ones, on a clock that only waits move. */
function playground(first: Reply) {
  let at = 0;
  const dispatcher: RecordingDispatcher = new RecordingDispatcher(({ pathname }) =>
    dispatcher.calls.length === 1 ? first : replies(pathname),
  );
  const graph = createGraphClient({
    appId: '1',
    appSecret: 's',
    token: 't',
    dispatcher,
    now: () => at,
    monotonic: () => at,
    random: () => 0.5,
    wait: (ms) => {
      at += ms;
      return Promise.resolve();
    },
  });
  return { dispatcher, calls: everyCall(graph) };
}

it('every call of the client has its class here', () => {
  expect(Object.keys(playground(dropped).calls).sort()).toEqual(Object.keys(classes).sort());
});

it.each(table)('a call that %s arrives as often as its class allows', async (_name, first, arrivals) => {
  const seen: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const [name, repeat] of Object.entries(classes)) {
    const { dispatcher, calls } = playground(first);
    const result: unknown = await calls[name]?.('123').catch((error: unknown) => error);
    seen[name] = { arrived: dispatcher.calls.length, failed: result instanceof GraphError };
    expected[name] = { arrived: arrivals[repeat], failed: arrivals[repeat] === 1 };
  }
  expect(seen).toEqual(expected);
});
