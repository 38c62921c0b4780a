import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { accessToken } from '../../src/graph/endpoints/access-token.ts';
import { requestCode } from '../../src/graph/endpoints/request-code.ts';
import { verifyCode } from '../../src/graph/endpoints/verify-code.ts';
import { errorTable } from '../../src/graph/error-table.ts';
import type { CallClass, Endpoint } from '../../src/graph/graph-request.ts';
import { GraphError, GraphPinLockedError, GraphThrottledError } from '../../src/graph/index.ts';
import { readError } from '../../src/graph/read-error.ts';
import { readUsage } from '../../src/graph/usage-headers.ts';
import { graphAdvice } from '../../src/ports/graph-advice.ts';

const now = Date.UTC(2026, 0, 1);
interface Asked {
  headers?: Record<string, string>;
  repeat?: CallClass;
  at?: Pick<Endpoint<never, unknown>, 'meaning'>;
  secrets?: string[];
}
const refusal = (status: number, error: object | undefined, asked: Asked = {}) =>
  readError({
    action: 'subscribe the app',
    status,
    body: error === undefined ? undefined : { error },
    usage: readUsage(asked.headers ?? {}, now),
    now,
    repeat: asked.repeat ?? 'idempotent',
    secrets: asked.secrets ?? ['CANARY'],
    meaningHere: asked.at?.meaning,
  }).error;

const minute = 60_000;
const hour = 60 * minute;

describe('a refusal', () => {
  it.each<[number, object | undefined, string, string]>([
    [400, { code: 100, error_subcode: 36009 }, 'code_used', 'never'],
    [400, { code: 100, error_subcode: 36007 }, 'code_expired', 'never'],
    [400, { code: 100, error_subcode: 36008 }, 'code_refused', 'never'],
    [400, { code: 100, error_subcode: 33 }, 'not_found', 'never'],
    [404, { code: 803 }, 'not_found', 'never'],
    [400, { code: 33 }, 'not_found', 'never'],
    [400, { code: 100 }, 'invalid_input', 'never'],
    [422, { code: 613 }, 'throttled', 'after'],
    [400, { code: 133005 }, 'pin_mismatch', 'never'],
    [403, { code: 131031 }, 'pin_mismatch', 'never'],
    [400, { code: 133006 }, 'needs_verification', 'never'],
    [400, { code: 133008 }, 'pin_locked', 'never'],
    [400, { code: 133010 }, 'not_registered', 'never'],
    [500, { code: 131045 }, 'not_registered', 'never'],
    [500, { code: 133000 }, 'deregister_first', 'never'],
    [400, { code: 133015 }, 'recently_deleted', 'after'],
    [400, { code: 133016 }, 'attempts_exhausted', 'after'],
    [400, { code: 136024, error_subcode: 2388091 }, 'request_code_failed', 'never'],
    [400, { code: 2388091 }, 'request_code_failed', 'never'],
    [400, { code: 136025 }, 'verify_code_failed', 'never'],
    [400, { code: 200000, error_subcode: 3095008 }, 'number_refused', 'never'],
    [400, { code: 80007 }, 'throttled', 'after'],
    [400, { code: 80008 }, 'throttled', 'after'],
    [429, { code: 4, error_subcode: 2446079 }, 'throttled', 'after'],
    [400, { code: '190' }, 'auth', 'never'],
    [401, { code: 0 }, 'auth', 'never'],
    [403, { code: 10 }, 'permission', 'never'],
    [403, { code: 210, error_subcode: 1349174 }, 'permission', 'never'],
    [400, { code: 131042 }, 'payment_needed', 'never'],
    [400, { code: 131047 }, 'undeliverable', 'never'],
    [500, { code: 131000 }, 'transient', 'safe'],
    [503, { code: 2 }, 'transient', 'safe'],
    [200, { code: 2 }, 'transient', 'safe'],
    [400, { code: 999_999 }, 'unknown', 'never'],
    [502, { code: 999_999 }, 'unreadable', 'never'],
    [502, undefined, 'unreadable', 'never'],
    [302, undefined, 'unreadable', 'never'],
    [401, undefined, 'auth', 'never'],
    [403, undefined, 'permission', 'never'],
    [404, undefined, 'not_found', 'never'],
    [429, undefined, 'throttled', 'after'],
    [418, undefined, 'unknown', 'never'],
  ])('%s %j means %s, and may be tried again: %s', (status, body, kind, retry) => {
    expect(refusal(status, body)).toMatchObject({ kind, retry });
  });

  it('by its code alone means the same whatever HTTP status comes with it', () => {
    for (const key of Object.keys(errorTable)) {
      const [code, error_subcode] = key.split('/').map(Number);
      const kinds = [400, 403, 404, 422, 429, 500, 503].map(
        (status) => refusal(status, { code, error_subcode }).kind,
      );
      expect(new Set(kinds)).toEqual(new Set([errorTable[key]?.kind]));
    }
  });

  it('is of the class of its kind, with a sentence that says what to do next', () => {
    const error = refusal(400, { code: 133008, error_data: { details: 'Please wait 12 hours.' } });
    expect(error).toBeInstanceOf(GraphPinLockedError);
    expect(error).toBeInstanceOf(GraphError);
    expect(error).toMatchObject({ name: 'GraphPinLockedError', retry: 'after', retryAt: now + 12 * hour });
    expect(error.message).toBe(
      `Meta refused to subscribe the app (code 133008, pin_locked). ${graphAdvice.pin_locked}`,
    );
    for (const sentence of Object.values(graphAdvice)) expect(sentence).toMatch(/^[A-Z].+[.]$/);
  });

  it('keeps Meta’s codes, its trace id and its sentences for people', () => {
    const error = refusal(400, {
      code: 136024,
      error_subcode: '2388367',
      fbtrace_id: 'A1',
      error_user_title: 'Request code rate limit',
      error_user_msg: 'You requested a code too many times.',
    });
    expect(error.facts).toMatchObject({
      code: 136024,
      subcode: 2388367,
      traceId: 'A1',
      userTitle: 'Request code rate limit',
      userMessage: 'You requested a code too many times.',
      retryAt: now + 24 * hour,
    });
    expect(error.reason).toBe('graph:136024');
  });

  it('waits as many minutes as the header says, or as many seconds as Retry-After', () => {
    const header = JSON.stringify({
      '1': [
        { type: 'whatsapp', estimated_time_to_regain_access: 7 },
        { estimated_time_to_regain_access: 19 },
      ],
    });
    const after = (headers: Record<string, string>) => {
      const error = refusal(400, { code: 80008 }, { headers });
      expect(error).toBeInstanceOf(GraphThrottledError);
      return (error.retryAt ?? 0) - now;
    };
    expect(after({ 'x-business-use-case-usage': header })).toBe(19 * minute);
    expect(after({ 'x-business-use-case-usage': 'nonsense' })).toBe(hour);
    expect(after({ 'retry-after': '30' })).toBe(30_000);
    expect(after({ 'retry-after': new Date(now + 5_000).toUTCString() })).toBe(5_000);
    expect(after({ 'retry-after': 'soon' })).toBe(hour);
  });

  it('of a call that costs is no leave to repeat it, not even when it says that a service is down', () => {
    for (const code of [1, 2, 131000, 131016, 131057, 133004, 2494100]) {
      for (const status of [400, 500, 503]) {
        for (const repeat of ['costly', 'counted', 'code'] as const) {
          const error = refusal(status, { code }, { repeat });
          expect(error).toMatchObject({ kind: 'transient', retry: 'never', facts: { sent: true } });
          expect(error.advice).not.toMatch(/try again/i);
        }
        expect(refusal(status, { code }, { repeat: 'read' })).toMatchObject({ retry: 'safe' });
      }
    }
  });

  it('with a code that is null or empty has none, and not code 0', () => {
    for (const code of [null, '', ' ', '1x', true, [], 1.5]) {
      expect(refusal(503, { code })).toMatchObject({ kind: 'unreadable', facts: { code: undefined } });
    }
    const late = { code: 100, error_subcode: null, message: 'Invalid verification code format.' };
    expect(refusal(400, late, { at: accessToken })).toMatchObject({
      kind: 'code_refused',
      facts: { subcode: undefined },
    });
  });

  it('never repeats Meta’s message, nor anything that was secret in the call', () => {
    const secret = 'CANARY+/= "x';
    const error = refusal(
      400,
      {
        code: 100,
        message: `Invalid code ${secret}`,
        fbtrace_id: encodeURIComponent(secret),
        error_user_title: `The code ${secret} is wrong`,
        error_user_msg: JSON.stringify(secret),
        error_data: { details: secret },
      },
      { secrets: ['', secret] },
    );
    for (const seen of [inspect(error, { depth: 9 }), JSON.stringify(error), String(error.stack)]) {
      expect(seen).not.toContain('CANARY');
    }
    expect(error.facts.userTitle).toBe('The code [secret] is wrong');
  });

  it('of any shape is an error, never a crash', () => {
    for (const body of [
      null,
      7,
      'x',
      [],
      { code: {} },
      { code: [190] },
      { code: Infinity },
      { error_data: 7 },
    ]) {
      expect(
        readError({
          action: 'x',
          status: 400,
          body: { error: body },
          usage: readUsage({}, now),
          now,
          repeat: 'read',
          secrets: [],
        }).error,
      ).toBeInstanceOf(GraphError);
    }
  });
});

describe('code 100, which means many things,', () => {
  it.each<[string, Pick<Endpoint<never, unknown>, 'meaning'>, number, object, string]>([
    [
      'a code in the wrong form',
      accessToken,
      400,
      { code: 100, message: 'Invalid verification code format.' },
      'code_refused',
    ],
    ['a code that was used', accessToken, 400, { code: 100, error_subcode: 36009 }, 'code_used'],
    ['a wrong app secret', accessToken, 400, { code: 1, message: 'Error validating client secret.' }, 'auth'],
    ['Meta being down', accessToken, 500, { code: 1 }, 'transient'],
    ['Meta at a loss', accessToken, 400, { code: 1, message: 'An unknown error occurred' }, 'transient'],
    [
      'a wrong one-time code',
      verifyCode,
      422,
      { code: 100, error_user_title: 'Invalid Code' },
      'verify_code_failed',
    ],
    [
      'a late one-time code',
      verifyCode,
      422,
      { code: 100, error_user_title: 'Code Expired' },
      'verify_code_failed',
    ],
    [
      'a verified number',
      verifyCode,
      422,
      { code: 100, message: 'This phone number is already verified' },
      'already_verified',
    ],
    [
      'a wrong one-time code in another language',
      verifyCode,
      422,
      { code: 100, error_user_title: 'Ungültig' },
      'verify_code_failed',
    ],
    [
      'a field that nobody knows',
      verifyCode,
      400,
      { code: 100, message: '(#100) Tried accessing nonexisting field (x)' },
      'invalid_input',
    ],
    [
      'a one-time code that is none',
      verifyCode,
      400,
      { code: 100, message: 'Invalid parameter: code must be a numeric string' },
      'invalid_input',
    ],
    ['a number that is gone', verifyCode, 400, { code: 100, error_subcode: 33 }, 'not_found'],
    ['a verified number', requestCode, 422, { code: 100 }, 'already_verified'],
    ['a language Meta does not know', requestCode, 400, { code: 100 }, 'invalid_input'],
    [
      'a missing proof',
      requestCode,
      400,
      { code: 100, message: 'API calls from the server require an appsecret_proof argument' },
      'auth',
    ],
  ])('is told apart: %s', (_name, at, status, body, kind) => {
    expect(refusal(status, body, { at }).kind).toBe(kind);
  });
});
