/** More than the ten parts of the longest text that telephones join. Characters. */
const mostCharacters = 1600;

/** Marks that are not seen: blanks of no width, and those that turn the direction of writing. */
const unseen = /\p{Cf}/gu;

const hyphens = '[-\\u2010-\\u2015\\u2212]';
const between = `\\s?${hyphens}?\\s?`;

/**
 * Six digits in one or two groups. Neither a part of something longer, such as a telephone number or the mark of an app at the
 * end of Android's texts, nor an amount. Other scripts stand beside a code without a blank.
 */
const sixDigits = new RegExp(
  `(?<![A-Za-z0-9+])(?<![0-9]${hyphens}\\s?)(?<![0-9]\\s)(?<![0-9][.,])([0-9]{3})${between}([0-9]{3})` +
    `(?![A-Za-z0-9])(?!\\s?${hyphens}\\s?[0-9])(?!\\s[0-9])(?![.,][0-9])`,
  'g',
);

/**
 * The one-time code in a text of Meta's, `WhatsApp code 123-456` (Meta, "Pre-verified phone numbers", step 2), in whatever
 * language: the word WhatsApp, and one code.
 *
 * @returns six digits; `undefined` when there is no code, or several that differ
 */
export function codeInText(text: string): string | undefined {
  if (text.length > mostCharacters) return undefined;
  // Digits and letters of full width become the usual ones.
  const plain = text.normalize('NFKC').replace(unseen, '');
  if (!/whats\s?app/i.test(plain)) return undefined;
  const codes = new Set(Array.from(plain.matchAll(sixDigits), ([, first, last]) => `${first}${last}`));
  const [code] = codes;
  return codes.size === 1 ? code : undefined;
}
