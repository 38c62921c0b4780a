import {
  getExampleNumber,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import type { Chance } from '../../support/chance.ts';

/** Fifty countries: every length, shared calling codes (+1, +7, +39, +44), trunk digits, leading zeros that stay. */
export const countries: readonly CountryCode[] = [
  ...(['AE', 'AR', 'AT', 'AU', 'BD', 'BE', 'BR', 'CA', 'CH', 'CI'] as const),
  ...(['CL', 'CN', 'CO', 'CZ', 'DE', 'DO', 'EG', 'ES', 'FR', 'GA'] as const),
  ...(['GB', 'GG', 'GH', 'HK', 'HU', 'ID', 'IL', 'IN', 'IT', 'JM'] as const),
  ...(['JP', 'KE', 'KR', 'KZ', 'MX', 'MY', 'NG', 'NU', 'NZ', 'PE'] as const),
  ...(['PH', 'PK', 'PL', 'RU', 'SA', 'SG', 'SM', 'TR', 'US', 'ZA'] as const),
];

/** A valid number of a country: its documented example with other last digits. */
export function randomNumber(chance: Chance, country: CountryCode): PhoneNumber {
  const example = getExampleNumber(country, examples);
  if (example === undefined) throw new Error(`There is no example of a number of ${country}.`);
  const kept = example.number.length - Math.min(6, example.nationalNumber.length - 2);
  for (let tries = 0; tries < 1_000; tries += 1) {
    const rest = Array.from({ length: example.number.length - kept }, () => chance.below(10)).join('');
    const number = parsePhoneNumberFromString(`${example.number.slice(0, kept)}${rest}`);
    if (number?.isValid() === true && number.country === country) return number;
  }
  throw new Error(`No valid number of ${country} was found.`);
}

/** Marks that people, telephones and word processors put between digits: none of them says anything. */
const marks = [
  '',
  '',
  ' ',
  '-',
  '.',
  '/',
  '\u00a0',
  '\u202f',
  '\u2009',
  '\u200d',
  '\u2011',
  '\u2212',
] as const;

/** Ways of writing a number with its calling code: a name, and the text. */
export function spellings(chance: Chance, number: PhoneNumber): [name: string, written: string][] {
  const { countryCallingCode: code, nationalNumber: national } = number;
  const digits = `${code}${national}`;
  const groups = number.formatInternational().split(' ').slice(1);
  const [first = '', ...rest] = groups;
  const noisy = (text: string) => [...text].map((digit) => digit + chance.of(marks)).join('');
  return [
    ['E.164', number.number],
    ['international', number.formatInternational()],
    ['with 00', `00${digits}`],
    ['with 00 and spaces', `00 ${code} ${groups.join(' ')}`],
    ['with hyphens', `+${code}-${groups.join('-')}`],
    ['with dots', `+${code}.${groups.join('.')}`],
    ['with slashes', `+${code}/${groups.join('/')}`],
    ['with parentheses', `+${code} (${first}) ${rest.join('-')}`],
    ['with its code in parentheses', `(+${code}) ${groups.join(' ')}`],
    ['with 00 in parentheses', `(00${code}) ${groups.join(' ')}`],
    ['with non-breaking spaces', `+${code}\u00a0${groups.join('\u202f')}`],
    ['as an address book has it', `\u202a+${code}\u00a0${groups.join('\u00a0')}\u202c`],
    ['in full width', `＋${inDigitsFrom(0xff10, digits)}`],
    ['in Arabic digits', `+${inDigitsFrom(0x0660, digits)}`],
    ['in Persian digits', `00${inDigitsFrom(0x06f0, digits)}`],
    ['as Meta shows it', metaDisplay(number)],
    ['with any marks anywhere', `+${noisy(digits)}`],
    ['with blanks around it', `  ${number.number} `],
  ];
}

/** Meta's display form: `+1 555-010-0001`. */
export const metaDisplay = (number: PhoneNumber): string =>
  `+${number.countryCallingCode} ${number.formatInternational().split(' ').slice(1).join('-')}`;

/** The same digits in another script, by its nought. */
const inDigitsFrom = (nought: number, digits: string): string =>
  [...digits].map((digit) => String.fromCharCode(nought + Number(digit))).join('');
