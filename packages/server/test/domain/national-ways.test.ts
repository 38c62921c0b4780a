import { describe, expect, it } from 'vitest';
import { countryOf } from '../../src/domain/country-of.ts';
import { normaliseNumber } from '../../src/domain/normalise-number.ts';
import { callingCodeOf, readRecipient } from '../../src/domain/number-formats.ts';
import { splitNumber } from '../../src/domain/split-number.ts';

describe('a country’s own ways', () => {
  it.each([
    ['Italian noughts stay', '+39 02 1234 5678', '02 1234 5678', 'IT', '+390212345678', '39', '0212345678'],
    [
      'Argentina’s mobiles',
      '+54 9 11 2345-6789',
      '011 15-2345-6789',
      'AR',
      '+5491123456789',
      '54',
      '91123456789',
    ],
    ['of +1: Jamaica', '+1 876 210 1234', '876-210-1234', 'JM', '+18762101234', '1', '8762101234'],
    [
      'of +1: the United States',
      '+1-631-555-1234',
      '1 631 555 1234',
      'US',
      '+16315551234',
      '1',
      '6315551234',
    ],
    ['of +7: Kazakhstan', '+7 771 000 9998', '8 771 000 9998', 'KZ', '+77710009998', '7', '7710009998'],
    ['of +7: Russia', '+7 912 345-67-89', '8 (912) 345-67-89', 'RU', '+79123456789', '7', '9123456789'],
    ['of +44: Guernsey', '+44 7781 123456', '07781 123456', 'GG', '+447781123456', '44', '7781123456'],
    [
      'of +44: the United Kingdom',
      '+44 (0)7400 123456',
      '07400 123456',
      'GB',
      '+447400123456',
      '44',
      '7400123456',
    ],
    [
      'Ivory Coast’s ten digits',
      '+225 01 23 45 6789',
      '01 23 45 6789',
      'CI',
      '+2250123456789',
      '225',
      '0123456789',
    ],
    ['Gabon’s nought', '+241 06 03 12 34', '06 03 12 34', 'GA', '+24106031234', '241', '06031234'],
    ['Niue: four digits', '+683 4002', '4002', 'NU', '+6834002', '683', '4002'],
    ['Saint Helena: five digits', '+290 5 1234', '51234', 'SH', '+29051234', '290', '51234'],
  ])('%s', (_what, written, national, country, phoneNumber, code, rest) => {
    expect(readRecipient(written, '+919876543210')).toEqual({ phoneNumber });
    expect(normaliseNumber(national, country)).toEqual({ phoneNumber });
    expect(splitNumber(phoneNumber)).toEqual({ callingCode: code, nationalNumber: rest });
    expect(callingCodeOf(phoneNumber)).toBe(code);
    expect(countryOf(phoneNumber)).toBe(country);
  });

  it('is not taken from the Ivory Coast’s plan of before 2021', () => {
    expect(readRecipient('+225 07 12 34 56', '+919876543210')).toEqual({ problem: expect.any(String) });
  });

  it.each([
    ['+683', undefined],
    ['+999', undefined],
    ['', undefined],
  ])('has no calling code without a number: %j', (phoneNumber, code) => {
    expect(callingCodeOf(phoneNumber)).toBe(code);
  });
});
