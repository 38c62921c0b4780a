import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { debugToken } from '../../src/graph/endpoints/debug-token.ts';
import { accessToken } from '../../src/graph/endpoints/access-token.ts';
import { getPhoneNumber, usualFields } from '../../src/graph/endpoints/phone-number.ts';
import { listPreverifiedNumbers } from '../../src/graph/endpoints/preverified-number.ts';
import { register } from '../../src/graph/endpoints/registration.ts';
import { subscribeApp } from '../../src/graph/endpoints/subscribed-apps.ts';
import { findByDigits } from '../../src/graph/find-by-digits.ts';
import { metaId } from '../../src/graph/graph-request.ts';
import { parseJson } from '../../src/graph/lossless-json.ts';
import { timeValue } from '../../src/graph/meta-values.ts';

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
      const [number] = listPreverifiedNumbers.read(page(spelling)).items;
      expect(number?.phoneNumber).toBe('+12115555105');
      expect(number?.verificationStatus).toBe('SOMETHING_NEW');
    }
  });

  it('lose an odd entry of a list, and not the others', () => {
    const page = listPreverifiedNumbers.read({
      data: [{ id: '1' }, { id: '2', phone_number: '+12115555105' }, 'odd'],
    });
    expect(page.items.map((number) => number.id)).toEqual(['2']);
    expect(page.unreadable).toBe(2);
  });

  it('are no last page when they say that there is another one, but not where', () => {
    expect(() =>
      listPreverifiedNumbers.read({ data: [], paging: { next: 'https://graph.example/?after=x' } }),
    ).toThrow();
    expect(
      listPreverifiedNumbers.read({ data: [], paging: { cursors: { after: 'x' } } }).after,
    ).toBeUndefined();
  });

  it.each([5183944, '5183944', null, undefined, 'soon'])(
    'keep a token whatever its life is said to be: %s',
    (expires_in) => {
      const read = accessToken.read({ access_token: 'T', expires_in });
      expect(read.accessToken).toBe('T');
      expect(read.expiresInSeconds).toBe(Number(expires_in) === 5183944 ? 5183944 : undefined);
    },
  );

  it.each([{ success: true }, { success: 'true' }, { success: true, id: '1' }])('say yes as %j', (body) => {
    expect(() => subscribeApp.read(body)).not.toThrow();
  });

  it.each([{}, { success: false }, { success: 'false' }, null, 'ok', undefined])(
    'do not say yes as %j',
    (body) => {
      expect(() => register.read(body)).toThrow();
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

describe('a number on an account', () => {
  const full = {
    id: '106853218861309',
    display_phone_number: '+1 631-555-5555',
    verified_name: 'Lucky Shrub',
    code_verification_status: 'VERIFIED',
    platform_type: 'CLOUD_API',
    status: 'CONNECTED',
    is_on_biz_app: false,
    name_status: 'APPROVED',
    quality_rating: 'GREEN',
    throughput: { level: 'STANDARD' },
    messaging_limit_tier: 'TIER_2K',
    last_onboarded_time: '2023-08-22T19:05:53+0000',
    is_pin_enabled: 'true',
    is_preverified_number: true,
    account_mode: 'LIVE',
    is_official_business_account: false,
    something_new: { of: 'Meta' },
  };

  it('is read whole, and without what Meta leaves out', () => {
    expect(getPhoneNumber.read(full)).toEqual({
      id: '106853218861309',
      displayPhoneNumber: '+1 631-555-5555',
      verificationStatus: 'VERIFIED',
      platformType: 'CLOUD_API',
      status: 'CONNECTED',
      onBusinessApp: false,
      verifiedName: 'Lucky Shrub',
      nameStatus: 'APPROVED',
      qualityRating: 'GREEN',
      throughputLevel: 'STANDARD',
      messagingLimit: 'TIER_2K',
      lastOnboardedAt: Date.UTC(2023, 7, 22, 19, 5, 53),
      pinEnabled: true,
      preverified: true,
      accountMode: 'LIVE',
      officialBusinessAccount: false,
    });
    const bare = getPhoneNumber.read({ id: '1', display_phone_number: '15550783881' });
    expect(bare).toMatchObject({ id: '1', status: undefined, onBusinessApp: undefined });
  });

  it('is not lost for nonsense in one of its fields', () => {
    for (const field of usualFields) {
      if (field === 'id' || field === 'display_phone_number') continue;
      for (const odd of [null, 7, [], { level: 9 }, 'odd']) {
        expect(getPhoneNumber.read({ ...full, [field]: odd }).id).toBe(full.id);
      }
    }
  });
});

describe('JSON', () => {
  it('keeps every digit of an id that Meta prints as a number', () => {
    const text = '{"id":12345678901234567890,"data":[ 9007199254740993 ,{"x":-9007199254740993}],"n":1e3}';
    expect(parseJson(text)).toEqual({
      id: '12345678901234567890',
      data: ['9007199254740993', { x: '-9007199254740993' }],
      n: 1000,
    });
    expect(getPhoneNumber.read(parseJson(`{"id":10654035224292212,"display_phone_number":"+1"}`)).id).toBe(
      '10654035224292212',
    );
  });

  it('is what JSON.parse says wherever no digit can be lost', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, text) => {
        fc.pre(!/\d{16}/.test(json));
        expect(parseJson(`[${json},12345678901234567890]`)).toEqual([
          JSON.parse(json),
          '12345678901234567890',
        ]);
        const quoted = JSON.stringify({ [text]: `${text} :12345678901234567890, \\" 1` });
        expect(parseJson(quoted)).toEqual(JSON.parse(quoted));
      }),
    );
  });

  it('that is malformed is refused', () => {
    for (const text of ['', '{"a":12345678901234567890', '"', '{"a":"\\', '<html>', '[1,]']) {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    }
  });
});

describe('a number, looked for by its digits', () => {
  async function* list(...numbers: string[]) {
    for (const displayPhoneNumber of numbers) yield { displayPhoneNumber };
  }

  it.each([
    ['+1 (631) 555-1234', ['+1 631-555-0000', '+1 631-555-1234'], '+1 631-555-1234'],
    ['+5511987654321', ['+55 11 8765-4321'], '+55 11 8765-4321'],
    ['+5215512345678', ['+52 55 1234 5678'], '+52 55 1234 5678'],
    ['+5511987654321', ['+55 11 8765-4321', '+55 11 98765-4321'], '+55 11 98765-4321'],
    ['+16315551234', ['+1 631-555-0000'], undefined],
    ['+5511987654321', ['551187654321', '+55 11 8765-4321'], undefined],
  ])('%s among %j is %s', async (wanted, numbers, found) => {
    expect((await findByDigits(list(...numbers), wanted))?.displayPhoneNumber).toBe(found);
  });
});

describe('a path', () => {
  it('takes nothing but digits for an id', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('..%2f', '1@evil.example', '//evil', '1/../2', '१')),
        (id) => {
          fc.pre(!/^[0-9]{1,20}$/.test(id));
          expect(() => metaId(id)).toThrow(TypeError);
        },
      ),
    );
  });
});
