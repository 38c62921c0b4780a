import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseNumber, readWithCallingCode } from '../../src/domain/normalise-number.ts';
import { messageGoesTo, readRecipient } from '../../src/domain/number-formats.ts';
import { comparableDigits, digitsOf } from '../../src/domain/number-match.ts';
import { readFullNumber, readPhoneNumber, searchedDigits } from '../../src/domain/read-phone-number.ts';

/** As people may write a number, and what is none. */
const anyText = fc.oneof(
  fc.stringMatching(/^[+0-9 ().\-/]{0,24}$/),
  fc.stringMatching(/^\+[1-9][0-9]{6,14}$/),
  fc.stringMatching(/^(00|\(\+|\+|)[1-9][0-9 )(-]{5,18}$/),
  fc.string({ maxLength: 60, unit: 'binary' }),
);
const callingCode = fc.constantFrom('1', '7', '33', '39', '44', '52', '55', '91', '225', '966');
const outcome = { correct: 'correct', wrong: 'potentially_wrong' } as const;

describe('a message to a number as it was typed', () => {
  // Meta, "Phone numbers", "Phone Number Formats": the whole table, for a business in India.
  it.each([
    ['+16315551234', '+16315551234', 'correct'],
    ['+1 (631) 555-1234', '+16315551234', 'correct'],
    ['(631) 555-1234', '+916315551234', 'potentially_wrong'],
    ['1 (631) 555-1234', '+9116315551234', 'potentially_wrong'],
  ])('%s goes where Meta’s table says: %s, %s', (written, deliveredTo, how) => {
    expect(messageGoesTo(written, '91')).toEqual({ deliveredTo, outcome: how });
  });

  it('goes where the page about formats says', async () => {
    const page = await readFile(new URL('../../../../docs/number-formats.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `(.+?)` +\| `(.+?)` +\| (Correct|Potentially wrong) number +\|$/gm)];
    expect(rows).toHaveLength(4);
    for (const [, written = '', deliveredTo, how] of rows) {
      const said = how === 'Correct' ? outcome.correct : outcome.wrong;
      expect(messageGoesTo(written, '91')).toEqual({ deliveredTo, outcome: said });
    }
    const readable = page.slice(page.indexOf('## What is read'), page.indexOf('Brazil'));
    const ways = [...readable.matchAll(/`((?:\(?\+|＋|00)[^`]+)`/g)].map(([, way = '']) => way).slice(1);
    expect(ways.length).toBeGreaterThan(9);
    for (const way of ways)
      expect({ told: way, read: readRecipient(way, '+91') }).toEqual({
        told: way,
        read: { phoneNumber: '+442079460018' },
      });
    const refused = page.slice(page.indexOf('## What is refused'), page.indexOf('A number must be possible'));
    const nots = [...refused.matchAll(/`([^`]+)`/g)].map(([, not = '']) => not);
    expect(nots).toHaveLength(7);
    for (const not of nots)
      expect({ told: not, read: Object.keys(readRecipient(not, '+919876543210')) }).toEqual({
        told: not,
        read: ['problem'],
      });
  });

  it.each([
    ['nobody can have it', '+1 555', '91', '+1555', outcome.wrong],
    ['no country has its calling code', '+0049 30 1234567', '91', '+0049301234567', outcome.wrong],
    ['the trunk digit is dialled at home only', '+44 (0)20 7946 0018', '44', '+4402079460018', outcome.wrong],
    ['00 is no plus to Meta', '0049 30 1234567', '91', '+910049301234567', outcome.wrong],
    ['it may be of another country', '98765 43210', '91', '+919876543210', outcome.wrong],
    ['the trunk digit stays', '098765 43210', '91', '+9109876543210', outcome.wrong],
    ['it begins with the same code', '919876543210', '91', '+91919876543210', outcome.wrong],
    ['a short code is nobody’s', '911', '1', '+1911', outcome.wrong],
    ['Mexico’s old 1 is the same number', '+52 1 55 1234 5678', '91', '+5215512345678', outcome.correct],
    ['Brazil’s short form is the same number', '+55 11 8765-4321', '91', '+551187654321', outcome.correct],
    ['Italy keeps its noughts', '+39 06 698 12345', '39', '+390669812345', outcome.correct],
    [
      'marks that are not seen',
      '\u202a+1\u00a0631\u2011555\u20111234\u202c',
      '91',
      '+16315551234',
      outcome.correct,
    ],
    ['full width', '＋１（６３１）５５５－１２３４', '91', '+16315551234', outcome.correct],
    ['Arabic digits', '+١٦٣١٥٥٥١٢٣٤', '91', '+16315551234', outcome.correct],
    ['its code in parentheses', '(+1) 631 555 1234', '91', '+16315551234', outcome.correct],
  ])('%s: %s, from +%s, goes to %s, %s', (_why, written, code, deliveredTo, how) => {
    expect(messageGoesTo(written, code)).toEqual({ deliveredTo, outcome: how });
  });

  it.each([
    '',
    '   ',
    '+',
    '()-',
    'ada',
    '+1 800 FLOWERS',
    '+1 631 555 1234 ext. 5',
    '+1 631 555 1234 x5',
    '+1 631 555 1234#5',
    '+1 631 555 1234;ext=5',
    'tel:+16315551234',
    '++16315551234',
    '1+6315551234',
    '+16315551234 +16315551235',
    '+16315551234,+16315551235',
    '+1 631\n555 1234',
  ])('goes nowhere when it is no number: %j', (written) => {
    expect(messageGoesTo(written, '91')).toBeUndefined();
    expect(readRecipient(written, '+919876543210')).toEqual({ problem: expect.any(String) });
  });

  it('goes nowhere when nobody would write it so long, however long', () => {
    for (const most of [41, 250, 1_000_000]) {
      expect(messageGoesTo(`+${'1'.repeat(most - 1)}`, '91')).toBeUndefined();
      expect(messageGoesTo('1'.repeat(most), '91')).toBeUndefined();
    }
    expect(messageGoesTo('1'.repeat(40), '91')).toBeDefined();
  });

  it('is correct only with a plus, and only to the number that is read out of it', () => {
    fc.assert(
      fc.property(anyText, callingCode, (written, code) => {
        const delivery = messageGoesTo(written, code);
        if (delivery === undefined) return;
        expect(delivery.deliveredTo).toMatch(/^\+\d+$/);
        if (delivery.outcome === 'potentially_wrong') return;
        const meant = readPhoneNumber(written);
        expect(written).toMatch(/[+＋]/);
        expect(comparableDigits(meant ?? '')).toBe(comparableDigits(delivery.deliveredTo));
      }),
      { numRuns: 2_000 },
    );
  });

  it('without a plus has the calling code and its digits, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9 ()-]{0,10}[0-9][0-9 ()-]{0,10}$/),
        callingCode,
        (written, code) => {
          expect(messageGoesTo(written, code)).toEqual({
            deliveredTo: `+${code}${digitsOf(written)}`,
            outcome: 'potentially_wrong',
          });
        },
      ),
    );
  });
});

describe('the number to send to', () => {
  const indian = '+919876543210';

  it('is read as it was written, with its plus', () => {
    for (const written of ['+16315551234', '+1 (631) 555-1234', '001 631 555 1234', '(+1) 631-555-1234']) {
      expect(readRecipient(written, indian)).toEqual({ phoneNumber: '+16315551234' });
    }
    expect(readRecipient('+44 (0)20 7946 0018', indian)).toEqual({ phoneNumber: '+442079460018' });
  });

  it('is refused without a plus, with a sentence that says where Meta would deliver', () => {
    expect(readRecipient('(631) 555-1234', indian)).toEqual({
      problem:
        'It has no plus, so Meta would put +91 in front and deliver to +916315551234. Write it with the plus and the calling code, like +1 555-010-0001.',
    });
    expect(readRecipient('1 (631) 555-1234', indian)).toEqual({
      problem: expect.stringContaining('deliver to +9116315551234. '),
    });
    // It would arrive. But whoever wrote it may have meant +1 987-654-3210.
    expect(readRecipient('9876543210', indian)).toEqual({
      problem: expect.stringContaining('+919876543210'),
    });
  });

  it.each([
    ['+1 555 0100', 'not as many digits as a number of'],
    ['+999 123456', 'No country has its calling code'],
    ['+49 22833', 'Short codes'],
    ['+1 555 010 0001 ext. 5', 'extension'],
    ['ada', 'no telephone number'],
    ['', 'no telephone number'],
    ['1'.repeat(41), 'too long'],
  ])('is refused with a sentence: %s, %s', (written, words) => {
    expect(readRecipient(written, indian)).toEqual({ problem: expect.stringContaining(words) });
  });

  it('is refused without a plus also where the business number tells no calling code', () => {
    expect(readRecipient('6315551234', '+999')).toEqual({
      problem: 'It has no calling code. Write it with the plus, like +1 555-010-0001.',
    });
  });

  it('is never a guess: what is sent is what Meta delivers to, and every reader reads the same', () => {
    fc.assert(
      fc.property(anyText, callingCode, (written, code) => {
        const read = readRecipient(written, `+${code}2025550123`);
        if ('problem' in read) {
          expect(read.problem).toMatch(/^[A-Z].*\.$/);
          expect(read.problem).not.toContain('undefined');
          return;
        }
        const { phoneNumber } = read;
        expect(written).toMatch(/[+＋]|00/);
        expect(messageGoesTo(phoneNumber, code)).toEqual({ deliveredTo: phoneNumber, outcome: 'correct' });
        expect(readRecipient(phoneNumber, '+919876543210')).toEqual(read);
        expect(readWithCallingCode(written)).toEqual(read);
        expect(normaliseNumber(written)).toEqual(read);
        expect(readPhoneNumber(written)).toBe(phoneNumber);
        expect(readFullNumber(written)).toBe(phoneNumber);
        expect(searchedDigits(written)).toBe(digitsOf(phoneNumber));
      }),
      { numRuns: 2_000 },
    );
  });
});
