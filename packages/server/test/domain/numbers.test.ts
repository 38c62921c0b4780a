import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseNumber, type Candidate } from '../../src/domain/choose-number.ts';
import { countryOf } from '../../src/domain/country-of.ts';
import { finishKind } from '../../src/domain/finish-event.ts';
import { isTrivial, newPin } from '../../src/domain/new-pin.ts';
import { comparableDigits } from '../../src/domain/number-match.ts';
import { isOfferable } from '../../src/domain/pool-number.ts';

const e164 = fc
  .tuple(
    fc.constantFrom('1', '44', '49', '55', '52', '62', '91', '966'),
    fc.stringMatching(/^[1-9]\d{6,11}$/),
  )
  .map(([calling, national]) => `+${calling}${national}`);

/** The same number with spaces, hyphens and parentheses thrown in, and perhaps without the plus. */
const spelled = e164.chain((number) =>
  fc
    .tuple(
      fc.array(fc.constantFrom('', ' ', '-', '(', ')', '.'), { minLength: 16, maxLength: 16 }),
      fc.boolean(),
    )
    .map(([noise, plus]) => ({
      number,
      spelling:
        (plus ? '+' : '') + Array.from(number.slice(1), (digit, i) => digit + (noise[i] ?? '')).join(''),
    })),
);

/** As the store compares them. */
const sameNumber = (a: string, b: string) => comparableDigits(a) === comparableDigits(b);

describe('comparing numbers', () => {
  it('meets every spelling of a number', () => {
    fc.assert(
      fc.property(spelled, ({ number, spelling }) => {
        expect(sameNumber(number, spelling)).toBe(true);
      }),
    );
  });

  it('tells different numbers apart, outside Brazil’s and Mexico’s two forms', () => {
    fc.assert(
      fc.property(e164, e164, (a, b) => {
        fc.pre(a !== b && !/^\+5[25]/.test(a));
        expect(sameNumber(a, b)).toBe(false);
      }),
    );
  });

  it.each([
    ['+55 11 98765-4321', '+55 11 8765-4321', true],
    ['+55 11 98765-4321', '+55 11 98765-4322', false],
    ['+55 11 3456-7890', '+55 11 93456-7890', false],
    ['+52 1 55 1234 5678', '+52 55 1234 5678', true],
    ['+1 555-010-0001', '15550100001', true],
  ])('%s and %s: %s', (a, b, same) => {
    expect(sameNumber(a, b)).toBe(same);
    expect(sameNumber(b, a)).toBe(same);
  });

  it('brings a number to one form, and that form to itself', () => {
    fc.assert(
      fc.property(e164, (number) => {
        const once = comparableDigits(number);
        expect(comparableDigits(once)).toBe(once);
      }),
    );
  });
});

describe('choosing the claimed number', () => {
  const candidate = (n: number): Candidate => ({
    phoneNumberId: String(n),
    wabaId: '8',
    displayPhoneNumber: `+1 555 010 000${n}`,
    onBusinessApp: undefined,
  });
  const candidates = fc.uniqueArray(fc.integer({ min: 1, max: 9 })).map((ns) => ns.map(candidate));

  it('takes none but the named one when the session log named one', () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 1, max: 9 }), (list, id) => {
        const chosen = chooseNumber({ candidates: list, claimedId: String(id) });
        const listed = list.find((one) => one.phoneNumberId === String(id));
        expect(chosen).toEqual(listed === undefined ? { none: 'not_listed' } : { candidate: listed });
      }),
    );
  });

  it('never guesses among several', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        const chosen = chooseNumber({ candidates: list, claimedId: undefined, kind: 'number' });
        if (list.length > 1) expect(chosen).toEqual({ none: 'several' });
        else expect(chosen).toEqual(list[0] === undefined ? { none: 'no_number' } : { candidate: list[0] });
      }),
    );
  });
});

describe('finish events', () => {
  it.each([
    ['FINISH', '1', 'number'],
    ['FINISH_ONLY_WABA', undefined, 'without_number'],
    ['FINISH_ONLY_WABA', '1', 'number'],
    ['FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', '1', 'coexistence'],
    ['FINISH_SOMETHING_NEW', undefined, 'number'],
    [undefined, undefined, 'number'],
  ] as const)('%s with id %s is %s', (event, id, kind) => {
    expect(finishKind(event, id)).toBe(kind);
  });
});

describe('PINs', () => {
  it('are six digits, and never one that anybody would guess first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(999_999), { minLength: 1 }), (draws) => {
        let drawn = 0;
        const pin = newPin(() => {
          const next = draws[drawn] ?? 493_817;
          drawn += 1;
          return next;
        });
        expect(pin).toMatch(/^\d{6}$/);
        expect(isTrivial(pin)).toBe(false);
      }),
    );
  });

  it.each(['000000', '999999', '123456', '654321', '012345'])('%s is one of those', (pin) => {
    expect(isTrivial(pin)).toBe(true);
  });

  it.each(['000001', '112233', '135790', '493817'])('%s is not', (pin) => {
    expect(isTrivial(pin)).toBe(false);
  });
});

describe('the pool', () => {
  it('offers a number only while Meta says that it is verified, and long enough', () => {
    const verified = { verificationStatus: 'VERIFIED', verificationExpiresAt: 100 };
    expect(isOfferable(verified, 99)).toBe(true);
    expect(isOfferable(verified, 100)).toBe(false);
    expect(isOfferable({ ...verified, verificationExpiresAt: undefined }, 100)).toBe(true);
    for (const verificationStatus of ['NOT_VERIFIED', 'UNVERIFIED', 'EXPIRED', 'SOMETHING_NEW']) {
      expect(isOfferable({ ...verified, verificationStatus }, 0)).toBe(false);
    }
  });

  it.each([
    ['+4915112345678', 'DE'],
    ['+5511987654321', 'BR'],
    ['+12125550123', 'US'],
    ['+999', undefined],
  ])('knows the country of %s', (number, country) => {
    expect(countryOf(number)).toBe(country);
  });
});
