import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumberNews } from '../../src/domain/read-number-news.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';

const waba = '102290129340398';
const portfolio = '2729063490586005';
const second = 1000;
const at = t0 - 9 * second;

const news = (field: unknown, value: unknown, over: { entryId?: unknown; entryTime?: unknown } = {}) =>
  readNumberNews({ entryId: waba, entryTime: at / second, field, value, ...over }, t0);

describe('a phone_number_quality_update', () => {
  const quality = (value: object, over?: object) =>
    news('phone_number_quality_update', { display_phone_number: '15550051310', ...value }, over);

  it('tells the new messaging limit', () => {
    expect(
      quality({
        event: 'ONBOARDING',
        old_limit: 'TIER_NOT_SET',
        current_limit: 'TIER_250',
        max_daily_conversations_per_business: 'TIER_2K',
      }),
    ).toEqual([
      {
        about: 'number',
        wabaId: waba,
        phoneNumber: '15550051310',
        facts: { messagingLimit: 'TIER_2K' },
        at,
      },
    ]);
  });

  it('tells it in the words of before February 2026, too', () => {
    expect(quality({ event: 'ONBOARDING', current_limit: 'TIER_10K' })).toMatchObject([
      { facts: { messagingLimit: 'TIER_10K' } },
    ]);
  });

  it('tells that the throughput is high after an upgrade', () => {
    expect(quality({ event: 'THROUGHPUT_UPGRADE', current_limit: 'TIER_100K' })).toMatchObject([
      { facts: { messagingLimit: 'TIER_100K', throughputLevel: 'HIGH' } },
    ]);
  });

  it('keeps words that nobody knew, and is a reason to read the number without any', () => {
    expect(quality({ event: 'SOMETHING_NEW', current_limit: 'TIER_9M' })).toMatchObject([
      { facts: { messagingLimit: 'TIER_9M' } },
    ]);
    expect(quality({ event: 'ONBOARDING' })).toMatchObject([{ about: 'number', facts: {} }]);
  });

  it('takes the number in each of Meta’s forms, and means nothing without one', () => {
    expect(quality({ display_phone_number: '+1 555-005-1310' })).toMatchObject([
      { phoneNumber: '15550051310' },
    ]);
    expect(quality({ display_phone_number: 15550051310 })).toMatchObject([{ phoneNumber: '15550051310' }]);
    expect(quality({ display_phone_number: 'ask me' })).toEqual([]);
  });

  it('names no account where the entry is none', () => {
    expect(quality({}, { entryId: undefined })).toMatchObject([{ wabaId: undefined }]);
    expect(quality({}, { entryId: Number(waba) })).toMatchObject([{ wabaId: waba }]);
  });

  it('keeps no word that a history could not show in one line', () => {
    for (const current_limit of ['TIER\u0000', 'a\nb', 'x'.repeat(600), '', null, {}, ['TIER_2K']]) {
      expect(quality({ current_limit })).toMatchObject([{ facts: {} }]);
    }
  });
});

describe('a phone_number_name_update', () => {
  const name = (value: object) =>
    news('phone_number_name_update', { display_phone_number: '15550051310', ...value });

  it.each([
    ['APPROVED', { nameStatus: 'APPROVED', verifiedName: 'Lucky Shrub' }],
    ['REJECTED', { nameStatus: 'DECLINED' }],
    ['PENDING', { nameStatus: 'PENDING_REVIEW' }],
    ['DEFERRED', { nameStatus: 'PENDING_REVIEW' }],
    ['RECONSIDERED', { nameStatus: 'RECONSIDERED' }],
    ['constructor', { nameStatus: 'constructor' }],
    [undefined, {}],
  ])('with the decision %s comes to %j', (decision, facts) => {
    expect(name({ decision, requested_verified_name: 'Lucky Shrub' })).toMatchObject([{ facts }]);
    expect(name({ decision, requested_verified_name: 'Lucky Shrub' })[0]).toHaveProperty('facts', facts);
  });

  it('keeps the name where it was not said which one was approved', () => {
    expect(name({ decision: 'APPROVED' })[0]).toHaveProperty('facts', { nameStatus: 'APPROVED' });
  });
});

describe('what happens to an account', () => {
  it.each(['DISABLED_UPDATE', 'ACCOUNT_VIOLATION', 'ACCOUNT_RESTRICTION', 'PARTNER_REMOVED', 'A_NEW_EVENT'])(
    'is a reason to read its numbers: %s',
    (event) => {
      expect(news('account_update', { event })).toEqual([{ about: 'account', wabaId: waba, at }]);
    },
  );

  it('is about the account that is named, not about the portfolio of the entry', () => {
    const value = {
      event: 'MM_LITE_TERMS_SIGNED',
      waba_info: { waba_id: waba, owner_business_id: portfolio },
    };
    expect(news('account_update', value, { entryId: portfolio })).toMatchObject([{ wabaId: waba }]);
    const unnamed = { event: 'PARTNER_APP_UNINSTALLED', waba_info: { owner_business_id: portfolio } };
    expect(news('account_update', unnamed, { entryId: portfolio })).toEqual([]);
  });

  it('is understood where the field stands inside the value, or is missing', () => {
    const value = { event: 'ACCOUNT_DELETED' };
    expect(news(undefined, { ...value, field: 'account_update' })).toMatchObject([{ about: 'account' }]);
    expect(news(undefined, value)).toMatchObject([{ about: 'account' }]);
    expect(news(undefined, {})).toEqual([]);
  });

  it('is its review as well', () => {
    expect(news('account_review_update', { decision: 'REJECTED' })).toEqual([
      { about: 'account', wabaId: waba, at },
    ]);
  });

  it('is nothing in other fields', () => {
    for (const field of ['messages', 'security', 'partner_solutions', 'toString', 7]) {
      expect(news(field, { event: 'PIN_CHANGED', display_phone_number: '15550051310' })).toEqual([]);
    }
  });
});

describe('a business_capability_update', () => {
  const cap = (value: object) => news('business_capability_update', value);

  it('tells how many numbers the portfolio may have, in either of Meta’s words', () => {
    const expected = [{ about: 'cap', wabaId: waba, mostNumbers: 20, at }];
    expect(cap({ max_phone_numbers_per_business: 20 })).toEqual(expected);
    expect(cap({ max_phone_numbers_per_waba: '20' })).toEqual(expected);
  });

  it('tells nothing where that is no whole number', () => {
    for (const max of [undefined, null, -1, 2.5, 'many', 1e300, [20]]) {
      expect(cap({ max_phone_numbers_per_business: max })).toEqual([]);
    }
  });
});

describe('the time of news', () => {
  const timeOf = (entryTime: unknown) => news('account_update', { event: 'X' }, { entryTime })[0]?.at;

  it('is Meta’s, in whole seconds, or now where Meta names none', () => {
    expect(timeOf(at / second + 0.7)).toBe(at);
    for (const entryTime of [undefined, 0, 'soon', {}]) expect(timeOf(entryTime)).toBe(t0);
  });

  it('is never in the future: what Meta’s clock is ahead would win over each read until then', () => {
    expect(timeOf((t0 + 3600 * second) / second)).toBe(t0);
  });
});

describe('whatever a webhook brings', () => {
  const anything = fc.jsonValue({ maxDepth: 3 });
  const mostly = <T>(expected: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 5, arbitrary: expected }, { weight: 1, arbitrary: anything });
  const word = mostly(
    fc.constantFrom<unknown>(
      'APPROVED',
      'THROUGHPUT_UPGRADE',
      'TIER_2K',
      'ACCOUNT_DELETED',
      '\u0000',
      2 ** 60,
    ),
  );
  const id = mostly(fc.constantFrom<unknown>(waba, portfolio, Number(waba), '٣', ''));
  const value = mostly(
    fc.record(
      {
        display_phone_number: mostly(fc.constantFrom<unknown>('15550051310', '+49 30 123456', 15550051310)),
        event: word,
        decision: word,
        requested_verified_name: mostly(fc.string()),
        current_limit: word,
        max_daily_conversations_per_business: word,
        max_phone_numbers_per_business: mostly(fc.nat()),
        waba_info: mostly(fc.record({ waba_id: id, owner_business_id: id }, { requiredKeys: [] })),
      },
      { requiredKeys: [] },
    ),
  );
  const field = mostly(
    fc.constantFrom<unknown>(
      'phone_number_quality_update',
      'phone_number_name_update',
      'account_update',
      'account_review_update',
      'business_capability_update',
      undefined,
    ),
  );
  const runs = process.env['TEST_LONG'] === '1' ? 100_000 : 5_000;

  it('is read without an exception; what comes out are digits, words in one line, and whole seconds of the past', () => {
    let understood = 0;
    const change = fc.record({
      entryId: id,
      entryTime: mostly(fc.oneof(fc.double(), fc.nat(), fc.string())),
      field,
      value,
    });
    fc.assert(
      fc.property(change, (one) => {
        for (const read of readNumberNews(one, t0)) {
          understood += 1;
          expect(read.at % second).toBe(0);
          expect(read.at).toBeLessThanOrEqual(t0);
          expect(read.at).toBeGreaterThan(0);
          if (read.wabaId !== undefined) expect(read.wabaId).toMatch(/^[0-9]{1,20}$/);
          if (read.about === 'number') {
            expect(read.phoneNumber).toMatch(/^[0-9]{5,20}$/);
            for (const fact of Object.values(read.facts)) expect(fact).toMatch(/^\P{Cc}+$/u);
          }
          if (read.about === 'cap') expect(Number.isSafeInteger(read.mostNumbers)).toBe(true);
        }
      }),
      { numRuns: runs },
    );
    expect(understood).toBeGreaterThan(runs / 5);
  });
});
