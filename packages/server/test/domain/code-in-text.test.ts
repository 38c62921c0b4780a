import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeInText } from '../../src/domain/code-in-text.ts';

describe('the code in a text', () => {
  it.each([
    // Meta, "Pre-verified phone numbers", step 2.
    'WhatsApp code 123-456',
    'WhatsApp code 123456',
    'whatsapp CODE 123-456',
    'WhatsApp code 123 456',
    'WhatsApp code 123 - 456',
    '  WhatsApp   code\n\n123-456 \t',
    '<#> WhatsApp code 123-456. Do not share',
    '<#> WhatsApp code 123-456. Do not share. 4sgLq1p5sV6',
    'Your WhatsApp code: 123-456. You can also tap on this link: v.whatsapp.com/123456',
    'Ihr WhatsApp-Code: 123-456. Geben Sie ihn niemandem.',
    'Kode WhatsApp Anda: 123-456',
    '您的WhatsApp代码是123-456，请勿分享。',
    'WhatsAppコード123-456です',
    'आपका WhatsApp कोड: 123-456',
    'קוד WhatsApp: \u200e123-456\u200f',
    'WhatsApp code 123\u2011456',
    'WhatsApp code 123\u2013456',
    'WhatsApp code １２３－４５６',
    'Whats\u200bApp code 123\u2060-456',
    'Whats App code 123-456',
    '(WhatsApp) "123-456"',
    'WhatsApp 123-456. 10 minutes',
  ])('is found: %j', (text) => {
    expect(codeInText(text)).toBe('123456');
  });

  it.each([
    ['there is no code', 'WhatsApp code'],
    ['the word is missing', 'Your code is 123-456'],
    ['the word is missing', 'Verification code is 123456'],
    ['two codes differ', 'WhatsApp code 123-456, not 654-321'],
    ['there are too few digits', 'WhatsApp code 123-45'],
    ['there are too many', 'WhatsApp code 1234567'],
    ['there are too many', 'WhatsApp code 123-4567'],
    ['it is grouped otherwise', 'WhatsApp code 12-3456'],
    ['it is a part of a telephone number', 'WhatsApp: +1 555 123-4567'],
    ['it is a part of a telephone number', 'WhatsApp: 555 123 456'],
    ['it is a part of a telephone number', 'WhatsApp: 123-456-7890'],
    ['it is a telephone number', 'WhatsApp +123456'],
    ['it is a part of a word', 'WhatsApp ab123456cd'],
    ['it is an amount', 'WhatsApp: 1,123,456 people'],
    ['it is an amount', 'WhatsApp: 123456.50 EUR'],
    ['it is the mark of an app', 'WhatsApp x123456Y'],
    ['there is nothing', ''],
  ])('is none when %s: %j', (_why, text) => {
    expect(codeInText(text)).toBeUndefined();
  });

  it('is not looked for in more than a text can have', () => {
    const code = 'WhatsApp code 123-456';
    expect(codeInText(code.padEnd(1600))).toBe('123456');
    expect(codeInText(code.padEnd(1601))).toBeUndefined();
  });

  it('is six digits or nothing, whatever is sent, and never an error', () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        'WhatsApp',
        'whatsapp',
        ' ',
        '-',
        '\u2011',
        '123',
        '456',
        '123-456',
        '987654',
        '+',
        '.',
        '\u200f',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const code = codeInText(parts.join(''));
        expect(code === undefined || /^[0-9]{6}$/.test(code)).toBe(true);
      }),
      { numRuns: process.env['TEST_LONG'] === '1' ? 20_000 : 1_000 },
    );
  });

  it('is the one that was written, whatever letters stand around it', () => {
    const digits = fc.stringMatching(/^[0-9]{3}$/);
    // Of other scripts: `ª` and `º` are Latin ones, and full forms of Latin letters are Latin letters.
    const letters = fc
      .stringMatching(/^[ \p{Lo}!?:;"'()]{0,30}$/u)
      .filter((text) => !/\p{Script=Latin}/u.test(text.normalize('NFKC')));
    fc.assert(
      fc.property(
        digits,
        digits,
        letters,
        letters,
        fc.constantFrom('-', '', ' '),
        (first, last, before, after, joint) => {
          const text = `${before} WhatsApp ${first}${joint}${last}${after}`;
          expect(codeInText(text)).toBe(`${first}${last}`);
          expect(codeInText(text.replace('WhatsApp', 'What'))).toBeUndefined();
        },
      ),
      { numRuns: process.env['TEST_LONG'] === '1' ? 20_000 : 500 },
    );
  });
});
