import { describe, expect, it } from 'vitest';
import { importClaims } from '../../src/claims/import-claims.ts';
import { findNumber } from '../../src/cli/pool/find-number.ts';
import { countryOf } from '../../src/domain/country-of.ts';
import { normaliseNumber, readWithCallingCode } from '../../src/domain/normalise-number.ts';
import { callingCodeOf, messageGoesTo, readRecipient } from '../../src/domain/number-formats.ts';
import { comparableDigits, digitsOf } from '../../src/domain/number-match.ts';
import { readFullNumber, readPhoneNumber, searchedDigits } from '../../src/domain/read-phone-number.ts';
import { splitNumber } from '../../src/domain/split-number.ts';
import { NumberMissingError } from '../../src/pool/pool-errors.ts';
import type { PoolRecord } from '../../src/ports/records.ts';
import type { Store } from '../../src/ports/store.ts';
import { chanceOf } from '../support/chance.ts';
import { countries, metaDisplay, randomNumber, spellings } from './support/random-numbers.ts';

const isLong = process.env['TEST_LONG'] === '1';
/** Numbers of each of the fifty countries. */
const each = isLong ? 200 : 20;
const seed = Number(process.env['TEST_SEED'] ?? (isLong ? Date.now() % 1_000_000 : 20_261_121));
const business = '+919876543210';

const chance = chanceOf(seed);
const numbers = countries.flatMap((country) =>
  Array.from({ length: each }, () => ({ country, number: randomNumber(chance, country) })),
);
const written = numbers.flatMap(({ country, number }) =>
  spellings(chance, number).map(([name, text]) => ({ name, text, country, phoneNumber: number.number })),
);
const said = ({ name, text }: { name: string; text: string }) =>
  `${JSON.stringify(text)} (${name}; seed ${seed})`;

/** What `claims.import` makes of the numbers, without a database. */
async function imported(texts: readonly string[]): Promise<string[]> {
  const act: Pick<Store, 'importClaims'> = {
    importClaims: ({ claims }) => Promise.resolve(claims.map(() => 'imported')),
  };
  const verb = importClaims({
    store: act as Store, // nothing else of it is called
    clock: { now: () => 0 },
    random: { id: () => 'x', below: () => 0 },
    cipher: { seal: (text) => Promise.resolve(text), open: (text) => Promise.resolve(text) },
  });
  const results: string[] = [];
  for (let start = 0; start < texts.length; start += 1_000) {
    const rows = texts.slice(start, start + 1_000).map((phoneNumber, index) => ({
      customerId: 'ada',
      wabaId: '1',
      phoneNumberId: String(index + 1),
      phoneNumber,
    }));
    results.push(...(await verb(rows, 'ann')).map(({ phoneNumber }) => phoneNumber));
  }
  return results;
}

/** What the command line looks for in the pool. */
async function lookedFor(text: string, phoneNumber: string): Promise<string> {
  const record = { id: '1', phoneNumber } as PoolRecord; // what is read of it
  let search: string | undefined;
  const found = await findNumber(
    {
      find: () => Promise.reject(new NumberMissingError()),
      list: (query) => {
        search = query?.search;
        return Promise.resolve({ items: [record], nextCursor: undefined });
      },
    },
    text,
  );
  expect(found).toBe(record);
  return search ?? 'nothing';
}

describe(`a valid number, however it is written (seed ${seed})`, () => {
  it('is the same number to every reader', () => {
    let count = 0;
    for (const one of written) {
      const { text, phoneNumber } = one;
      const read = {
        readPhoneNumber: { phoneNumber: readPhoneNumber(text) },
        readWithCallingCode: readWithCallingCode(text),
        normaliseNumber: normaliseNumber(text),
        readRecipient: readRecipient(text, business),
        readFullNumber: { phoneNumber: readFullNumber(text) },
        searchedDigits: { phoneNumber: `+${searchedDigits(text)}` },
      };
      for (const [reader, result] of Object.entries(read)) {
        if ('phoneNumber' in result && result.phoneNumber === phoneNumber) continue;
        expect.fail(`${reader} reads ${said(one)} as ${JSON.stringify(result)}`);
      }
      count += 1;
    }
    expect(count).toBeGreaterThanOrEqual(18 * 1_000);
  });

  it('is the same number where a country is given, whichever it is', () => {
    for (const one of written) {
      const within = countries[chance.below(countries.length)];
      expect({ told: `${said(one)} in ${within}`, read: normaliseNumber(one.text, within) }).toEqual({
        told: `${said(one)} in ${within}`,
        read: {
          phoneNumber: one.phoneNumber,
        },
      });
    }
  });

  it('is the same number in an import of claims', async () => {
    const read = await imported(written.map(({ text }) => text));
    for (const [index, one] of written.entries())
      expect({ told: said(one), read: read[index] }).toEqual({ told: said(one), read: one.phoneNumber });
  });

  it('is the same number on the command line', async () => {
    for (const one of written) {
      expect({ told: said(one), read: await lookedFor(one.text, one.phoneNumber) }).toEqual({
        told: said(one),
        read: one.phoneNumber,
      });
    }
  });

  it('is read as it is dialled at home, where its country is given', () => {
    for (const { country, number } of numbers) {
      const phoneNumber = number.number;
      for (const text of [number.formatNational(), number.formatNational().replaceAll(' ', '\u00a0')]) {
        const told = `${JSON.stringify(text)} in ${country} (seed ${seed})`;
        expect({ told, read: normaliseNumber(text, country) }).toEqual({ told, read: { phoneNumber } });
      }
    }
  });

  it('is read without its plus only where a system writes it', () => {
    for (const { number } of numbers) {
      const digits = digitsOf(number.number);
      const told = `${digits} (seed ${seed})`;
      expect({ told, read: readFullNumber(digits) }).toEqual({ told, read: number.number });
      expect({ told, read: readFullNumber(` ${digits}`) }).toEqual({ told, read: number.number });
      expect({ told, read: readPhoneNumber(digits) }).toEqual({ told, read: undefined });
      for (const text of [digits, number.formatNational(), number.formatInternational().slice(1)]) {
        const noCode = { problem: expect.stringMatching(/^It has no calling code\. Write it with the plus/) };
        expect({ told, read: normaliseNumber(text) }).toEqual({ told, read: noCode });
        expect({ told, read: readWithCallingCode(text) }).toEqual({ told, read: noCode });
        expect({ told, read: readRecipient(text, business) }).toEqual({
          told,
          read: {
            problem: expect.stringContaining(`would put +91 in front and deliver to +91${digitsOf(text)}. `),
          },
        });
      }
    }
  });
});

describe(`a valid number in E.164 (seed ${seed})`, () => {
  it('goes where it says, whoever sends', () => {
    for (const { number } of numbers) {
      for (const text of [number.number, number.formatInternational(), metaDisplay(number)]) {
        expect({
          told: `${text} (seed ${seed})`,
          read: messageGoesTo(text, String(chance.below(998) + 1)),
        }).toEqual({
          told: `${text} (seed ${seed})`,
          read: {
            deliveredTo: number.number,
            outcome: 'correct',
          },
        });
      }
    }
  });

  it('falls into two parts that join again', () => {
    for (const { number } of numbers) {
      const parts = splitNumber(number.number);
      const told = `${number.number} (seed ${seed})`;
      expect({ told, read: `+${parts?.callingCode}${parts?.nationalNumber}` }).toEqual({
        told,
        read: number.number,
      });
      expect({ told, read: callingCodeOf(number.number) }).toEqual({ told, read: number.countryCallingCode });
    }
  });

  it('is of its country', () => {
    for (const { country, number } of numbers) {
      expect({ told: `${number.number} (seed ${seed})`, read: countryOf(number.number) }).toEqual({
        told: `${number.number} (seed ${seed})`,
        read: country,
      });
    }
  });

  it('meets Meta’s display form, which has a digit less in Brazil and one more in Mexico', () => {
    for (const { country, number } of numbers) {
      const digits = digitsOf(number.number);
      const shown = metaDisplay(number);
      const told = `${shown} (seed ${seed})`;
      expect({ told, read: comparableDigits(shown) }).toEqual({ told, read: comparableDigits(digits) });
      if (country === 'BR') {
        const less = shown.replace(/^(\+55 \d\d-)9/, '$1');
        expect({ told, read: digitsOf(less).length }).toEqual({ told, read: digits.length - 1 });
        expect({ told, read: comparableDigits(less) }).toEqual({ told, read: comparableDigits(digits) });
      }
      if (country === 'MX') {
        const more = shown.replace('+52 ', '+52 1 ');
        expect({ told, read: comparableDigits(more) }).toEqual({ told, read: comparableDigits(digits) });
        expect({ told, read: readRecipient(more, business) }).toEqual({
          told,
          read: { phoneNumber: number.number },
        });
      }
    }
  });
});
