import { getCountries } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { normaliseNumber, readWithCallingCode } from '../../src/domain/normalise-number.ts';
import { readFullNumber, readPhoneNumber } from '../../src/domain/read-phone-number.ts';

describe('a telephone number as people write it', () => {
  it.each([
    ['+1 (555) 010-0001', undefined, '+15550100001'],
    ['+1.555.010.0001', undefined, '+15550100001'],
    ['+1/555/0100001', undefined, '+15550100001'],
    ['  +15550100001 ', undefined, '+15550100001'],
    ['0049 30 1234567', undefined, '+49301234567'],
    ['0049 30 1234567', 'US', '+49301234567'],
    ['+49 30 1234567', 'US', '+49301234567'],
    ['011 49 30 1234567', 'US', '+49301234567'],
    ['030 1234567', 'DE', '+49301234567'],
    ['(555) 010-0001', 'US', '+15550100001'],
    ['15550100001', 'US', '+15550100001'],
    // As they are copied out of address books.
    ['\u202a+1 555 010 0001\u202c', undefined, '+15550100001'],
    ['\u200e\u206800\u200d49 30 1234567\u2069', undefined, '+49301234567'],
    ['\u202a(555) 010-0001\u202c', 'US', '+15550100001'],
    ['+52 1 55 1234 5678', undefined, '+525512345678'],
    ['+55 11 91234-5678', undefined, '+5511912345678'],
    ['+290 2 2222', undefined, '+29022222'],
    ['(+49) 30 1234567', undefined, '+49301234567'],
    ['(0049) 30 1234567', 'US', '+49301234567'],
    ['+49 (0)30 1234567', undefined, '+49301234567'],
    ['+49\u202f30\u00a01234567', undefined, '+49301234567'],
    ['＋４９ ３０ １２３４５６７', undefined, '+49301234567'],
    ['٠٣٠ ١٢٣٤٥٦٧', 'DE', '+49301234567'],
  ])('%s, in %s, is %s', (written, within, phoneNumber) => {
    expect(normaliseNumber(written, within)).toEqual({ phoneNumber });
  });

  it.each([
    ['15550100001', undefined, 'no calling code'],
    ['030 1234567', undefined, 'no calling code'],
    ['+999 123456', undefined, 'No country has its calling code'],
    ['+1 555 010 0001 ext. 5', undefined, 'extension'],
    ['+1 555 010 0001;ext=5', undefined, 'extension'],
    ['(555) 010-0001 x5', 'US', 'extension'],
    ['911', 'US', 'Short codes'],
    ['110', 'DE', 'Short codes'],
    ['22833', 'DE', 'Short codes'],
    ['+49 22833', undefined, 'Short codes'],
    ['+1911', undefined, 'Short codes'],
    ['+12', undefined, 'too short'],
    ['555-0100', 'US', 'not as many digits as a number of its country (United States) has.'],
    ['+1 555 010 00011', undefined, 'not as many digits'],
    // Each nought that is taken for a trunk digit leaves another: where it would end is a guess.
    ['+600000000000', undefined, 'no number of its country (Malaysia).'],
    ['+49 00 100000', undefined, 'no number of its country (Germany).'],
    ['+229 123', undefined, 'Short codes'],
    ['+229 12345678901', undefined, 'as a number of its country (Benin) has.'],
    ['+888 1', undefined, 'Short codes'],
    ['+881 12345678901', undefined, 'as a number of +881 has.'],
    ['1+6315551234', undefined, 'no telephone number'],
    ['+15550100001555501', undefined, 'not as many digits'],
    ['+1 555 010 000x', undefined, 'no telephone number'],
    ['++15550100001', undefined, 'no telephone number'],
    ['tel:+15550100001', undefined, 'no telephone number'],
    ['+1 555 010 0001, +1 555 010 0002', undefined, 'no telephone number'],
    ['hello', 'DE', 'no telephone number'],
    ['hello', undefined, 'no telephone number'],
    ['', 'DE', 'no telephone number'],
    ['', undefined, 'no telephone number'],
    [`+${'1'.repeat(1_000_000)}`, undefined, 'too long'],
  ])('%s, in %s, is refused with a sentence: %s', (written, within, words) => {
    const read = normaliseNumber(written, within);
    expect(read).toEqual({ problem: expect.stringContaining(words) });
    expect(read).toEqual({ problem: expect.stringMatching(/^[A-Z].*\.$/) });
  });
});

describe('the country of a number that is refused', () => {
  it('is said by its English name', () => {
    const said = new Set<string>();
    for (const country of getCountries()) {
      for (let digits = 7; digits < 18; digits += 1) {
        const read = normaliseNumber('2345678923456789'.slice(0, digits), country);
        const [, name] = ('problem' in read && /number of its country \((.+)\)/.exec(read.problem)) || [];
        if (name !== undefined) said.add(name);
        expect(JSON.stringify(read)).not.toMatch(/number of [A-Z]|undefined/);
      }
    }
    expect(said.size).toBeGreaterThan(200);
    expect([...said].filter((name) => name.length < 4)).toEqual([]);
    expect([...said]).toEqual(expect.arrayContaining(['Benin', 'Kosovo', 'United States', 'Côte d’Ivoire']));
  });
});

describe('a number that has no calling code', () => {
  it('may be said to be of a country where that can be said', () => {
    expect(normaliseNumber('030 1234567')).toEqual({
      problem:
        'It has no calling code. Write it with the plus, like +1 555-010-0001, or say which country it is of.',
    });
    expect(readWithCallingCode('030 1234567')).toEqual({
      problem: 'It has no calling code. Write it with the plus, like +1 555-010-0001.',
    });
  });
});

describe('a number that is read without a reason', () => {
  it.each([
    '+1 555 010 0001 ext. 5',
    '+1 555 010 0001 x5',
    '+15550100001;ext=5',
    '15550100001',
    '+600000000000',
    '',
  ])('%j is none', (written) => {
    expect(readPhoneNumber(written)).toBeUndefined();
  });

  it('is one without a plus too, of a system that always writes the calling code', () => {
    for (const written of [
      '15550100001',
      ' 15550100001',
      '+15550100001',
      '0015550100001',
      '+1 555-010-0001',
    ]) {
      expect(readFullNumber(written)).toBe('+15550100001');
    }
    for (const written of [
      '030 1234567',
      '5550100',
      'ada',
      '',
      '+1 555 010 0001 x5',
      `1555010${' '.repeat(40)}0001`,
    ]) {
      expect(readFullNumber(written)).toBeUndefined();
    }
  });
});
