import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createGraphClient, type GraphClient } from '../../src/graph/index.ts';
import { RecordingDispatcher, type Recorded, type Reply } from './support/recording-dispatcher.ts';

/** Marked, and with characters that addresses and JSON spell in other ways. */
const canary = {
  appSecret: 'CANARY-app-secret"+/=',
  token: 'CANARY-token+/=',
  code: 'CANARY code/+="\\',
  input: 'CANARY-input-token+/=',
  verifyToken: 'CANARY"verify"token',
  issued: 'CANARY-issued-token',
};
const pin = '493817';
const oneTimeCode = '271828';

const calls: [string, (graph: GraphClient) => Promise<unknown>][] = [
  [
    'accessToken',
    (graph) => graph.oauth.accessToken({ code: canary.code, redirectUri: 'https://x.example' }),
  ],
  ['debugToken', (graph) => graph.oauth.debugToken(canary.input)],
  ['register', (graph) => graph.phoneNumber.register({ phoneNumberId: '1', pin })],
  ['setPin', (graph) => graph.phoneNumber.setPin({ phoneNumberId: '1', pin })],
  ['verifyCode', (graph) => graph.phoneNumber.verifyCode({ id: '1', code: '271-828' })],
  [
    'subscribeApp',
    (graph) =>
      graph.whatsAppBusinessAccount.subscribeApp({
        wabaId: '1',
        override: { callbackUri: 'https://x.example', verifyToken: canary.verifyToken },
      }),
  ],
  ['systemUserAccessToken', (graph) => graph.business.systemUserAccessToken({ customerBusinessId: '1' })],
  ['list', (graph) => graph.business.preverifiedNumbers({ businessId: '1' }).all()],
];

/** Everything that came in, in every text that an answer has. */
function echoes({ path, headers, body, query }: Recorded): string {
  return [path, headers['authorization'], JSON.stringify(body), ...Object.values(query)].join(' ');
}
const refusal = (call: Recorded, code: number, status: number): Reply => {
  const said = echoes(call);
  return {
    status,
    headers: { 'facebook-api-version': said, 'x-business-use-case-usage': JSON.stringify({ [said]: [{}] }) },
    body: {
      error: {
        message: said,
        type: said,
        code,
        error_subcode: said,
        fbtrace_id: said,
        error_user_title: said,
        error_user_msg: said,
        error_data: { details: said },
      },
    },
  };
};
const replies: [string, (call: Recorded) => Reply][] = [
  ['a refusal that repeats everything', (call) => refusal(call, 100, 400)],
  ['an unknown refusal', (call) => refusal(call, 999, 500)],
  ['a transient one', (call) => refusal(call, 2, 503)],
  ['HTML with everything', (call) => ({ status: 502, body: `<p>${echoes(call)}</p>` })],
  ['malformed JSON', (call) => ({ body: `{"access_token":"${canary.issued}","x":${echoes(call)}` })],
  [
    'an answer in another shape',
    (call) => ({ body: { [echoes(call)]: 1, access_token: [canary.issued], data: echoes(call) } }),
  ],
  ['a lost connection', () => ({ failsWith: 'CANARY in a code', before: 'answering' })],
  ['no connection', () => ({ failsWith: 'ECONNREFUSED', before: 'sending' })],
];

describe('nothing that is secret', () => {
  it.each(replies)('is in an error, its cause, its stack or the log after %s', async (_name, reply) => {
    const log: unknown[] = [];
    const note = (...all: unknown[]) => void log.push(all);
    const graph = createGraphClient({
      appId: '77',
      appSecret: canary.appSecret,
      token: canary.token,
      dispatcher: new RecordingDispatcher(reply),
      wait: () => Promise.resolve(),
      logger: { debug: note, info: note, warn: note, error: note },
      onVersionMismatch: note,
    });
    for (const [name, call] of calls) {
      const error: unknown = await call(graph).then(
        () => expect.unreachable(name),
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(Error);
      const cause = error instanceof Error ? error.cause : undefined;
      const seen = [error, cause, log].flatMap((one) => [
        inspect(one, { depth: 12, showHidden: true, getters: true }),
        JSON.stringify(one) ?? '',
        one instanceof Error ? `${one.message}\n${one.stack}` : '',
      ]);
      for (const text of seen) {
        for (const spelled of [text, decode(text)]) {
          expect(spelled).not.toMatch(/CANARY/);
          expect(spelled).not.toContain(pin);
          expect(spelled).not.toContain(oneTimeCode);
          expect(spelled).not.toContain('271-828');
          expect(spelled).not.toMatch(/[0-9a-f]{64}/);
        }
      }
    }
  });
});

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
