import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { debugToken } from '../../src/graph/endpoints/debug-token.ts';
import { exchangeCode } from '../../src/graph/endpoints/exchange-code.ts';
import { listPool } from '../../src/graph/endpoints/list-pool.ts';
import { registerNumber } from '../../src/graph/endpoints/register-number.ts';
import { subscribeApp } from '../../src/graph/endpoints/subscribe-app.ts';
import { idInPath } from '../../src/graph/graph-request.ts';
import { timeValue } from '../../src/graph/meta-values.ts';
import { readError } from '../../src/graph/read-error.ts';

describe('Meta’s answers', () => {
  it.each([
    ['2023-04-14T22:12:31+0000', Date.UTC(2023, 3, 14, 22, 12, 31)],
    ['2023-04-14T22:12:31Z', Date.UTC(2023, 3, 14, 22, 12, 31)],
    [1705312200, 1705312200000],
    ['1705312200', 1705312200000],
    [0, undefined],
    ['soon', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('have times in two forms: %s', (value, time) => {
    expect(timeValue.parse(value)).toBe(time);
  });

  it('have numbers in two forms, and words that nobody knew', () => {
    const page = (phone_number: string) => ({
      data: [{ id: '1', phone_number, code_verification_status: 'SOMETHING_NEW' }],
    });
    for (const spelling of ['+1 211-555-5105', '+12115555105', '12115555105']) {
      const [number] = listPool.read(page(spelling)).items;
      expect(number?.phoneNumber).toBe('+12115555105');
      expect(number?.verificationStatus).toBe('SOMETHING_NEW');
    }
  });

  it('lose an odd entry of a list, and not the others', () => {
    const page = listPool.read({ data: [{ id: '1' }, { id: '2', phone_number: '+12115555105' }, 'odd'] });
    expect(page.items.map((number) => number.id)).toEqual(['2']);
    expect(page.unreadable).toBe(2);
  });

  it('are no last page when they say that there is another one, but not where', () => {
    expect(() => listPool.read({ data: [], paging: { next: 'https://graph.example/?after=x' } })).toThrow();
    expect(listPool.read({ data: [], paging: { cursors: { after: 'x' } } }).after).toBeUndefined();
  });

  it.each([5183944, '5183944', null, undefined, 'soon'])(
    'keep a token whatever its life is said to be: %s',
    (expires_in) => {
      const { accessToken, expiresInSeconds } = exchangeCode.read({ access_token: 'T', expires_in });
      expect(accessToken).toBe('T');
      expect(expiresInSeconds).toBe(Number(expires_in) === 5183944 ? 5183944 : undefined);
    },
  );

  it.each([{ success: true }, { success: 'true' }, { success: true, id: '1' }])('say yes as %j', (body) => {
    expect(() => subscribeApp.read(body)).not.toThrow();
  });

  it.each([{}, { success: false }, { success: 'false' }, null, 'ok', undefined])(
    'do not say yes as %j',
    (body) => {
      expect(() => registerNumber.read(body)).toThrow();
    },
  );

  it('name the accounts of a token under one of several scopes, or not at all', () => {
    const read = (granular_scopes: unknown) =>
      debugToken.read({ data: { is_valid: true, app_id: '1', expires_at: 0, granular_scopes } });
    expect(
      read([
        { scope: 'whatsapp_business_messaging', target_ids: ['9'] },
        { scope: 'whatsapp_business_management', target_ids: ['8', '7'] },
      ]).wabaIds,
    ).toEqual(['8', '7']);
    expect(read([{ scope: 'whatsapp_business_management' }]).wabaIds).toEqual([]);
    expect(read(undefined)).toMatchObject({ wabaIds: [], expiresAt: undefined, valid: true });
  });
});

describe('a path', () => {
  it('takes nothing but digits for an id', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('..%2f', '1@evil.example', '//evil', '1/../2', '१')),
        (id) => {
          fc.pre(!/^[0-9]{1,20}$/.test(id));
          expect(() => idInPath(id)).toThrow(TypeError);
        },
      ),
    );
  });
});

describe('Meta’s refusals', () => {
  const now = Date.UTC(2026, 0, 1);
  const refusal = (status: number, error: object | undefined, usageHeader?: string) =>
    readError({
      action: 'register the number',
      status,
      body: error === undefined ? undefined : { error },
      usageHeader,
      now,
    });

  it.each([
    [400, { code: 100, error_subcode: 36009 }, 'code_used', 'never'],
    [400, { code: 100, error_subcode: 36007 }, 'code_expired', 'never'],
    [400, { code: 100, error_subcode: 33 }, 'not_found', 'never'],
    [400, { code: 100 }, 'invalid_input', 'never'],
    [400, { code: 133005 }, 'pin_mismatch', 'never'],
    [400, { code: 133006 }, 'needs_verification', 'never'],
    [400, { code: 133016 }, 'attempts_exhausted', 'after'],
    [400, { code: 80008 }, 'throttled', 'after'],
    [429, { code: 4 }, 'throttled', 'after'],
    [400, { code: '190' }, 'auth', 'never'],
    [403, { code: 210 }, 'permission', 'never'],
    [500, { code: 131000 }, 'transient', 'safe'],
    [400, { code: 999_999 }, 'unknown', 'never'],
    [502, undefined, 'unreadable', 'never'],
    [401, undefined, 'auth', 'never'],
  ])('%s %j mean %s, and may be tried again: %s', (status, body, kind, retry) => {
    expect(refusal(status, body)).toMatchObject({ kind, retry });
  });

  it('wait as many minutes as the header says', () => {
    const header = JSON.stringify({
      '1': [
        { type: 'whatsapp', estimated_time_to_regain_access: 7 },
        { estimated_time_to_regain_access: 19 },
      ],
    });
    expect(refusal(400, { code: 80008 }, header).retryAt).toBe(now + 19 * 60_000);
    expect(refusal(400, { code: 80008 }, 'nonsense').retryAt).toBe(now + 60 * 60_000);
  });

  it('never repeat Meta’s message, which can repeat what was sent', () => {
    const error = refusal(400, { code: 100, message: 'Invalid code CANARY', fbtrace_id: 'A1' });
    expect(inspect(error, { depth: 9 })).not.toContain('CANARY');
    expect(error.facts.traceId).toBe('A1');
  });
});
