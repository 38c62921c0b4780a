import { z } from 'zod';

/** Ids are digit strings; one sample of Meta's prints a number. Beyond 2^53 the number arrives here as its digits. */
export const idValue = z
  .union([z.string(), z.int().transform(String)])
  .refine((id) => /^[0-9]{1,20}$/.test(id), 'is no id of Meta’s');

/**
 * A time in either of the forms that Meta documents for one field: `2023-04-14T22:12:31+0000` or Unix seconds, the
 * latter as number or text. Becomes milliseconds UTC; `0` means never and becomes `undefined`, as does nonsense.
 */
export const timeValue = z
  .unknown()
  .optional()
  .transform((value): number | undefined => {
    if (typeof value === 'number' || (typeof value === 'string' && /^\d{1,12}$/.test(value))) {
      const seconds = Number(value);
      return seconds > 0 && Number.isSafeInteger(Math.trunc(seconds * 1000)) ? seconds * 1000 : undefined;
    }
    if (typeof value !== 'string') return undefined;
    // `+0000` without a colon is what Meta prints; ECMAScript promises only `+00:00`.
    const parsed = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    return Number.isNaN(parsed) ? undefined : parsed;
  });

/** `true`, or `"true"`: one of Meta's own examples prints the text. Anything else that is there is `false`. */
export const flagValue = z
  .unknown()
  .optional()
  .transform((value): boolean | undefined =>
    value === null || value === undefined ? undefined : value === true || value === 'true',
  );

/** A word of Meta's, kept as it is: it may be one that nobody knew. Nonsense in its place is no word. */
export const wordValue = z
  .unknown()
  .optional()
  .transform((value): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined));

/** An object in an object, with an id: nonsense in its place is none. */
export const namedValue = z
  .object({ id: idValue, name: wordValue })
  .optional()
  .catch(undefined)
  .transform((value): Named | undefined => value);

/** Something that has an id and perhaps a name. */
export interface Named {
  id: string;
  name: string | undefined;
}

const success = z.object({ success: flagValue.refine((value) => value === true, 'does not say success') });

/**
 * Reads the answer of a call that only does something.
 *
 * @throws ZodError when it does not say success
 */
export function readSuccess(answer: unknown): void {
  success.parse(answer);
}

const created = z.object({ id: idValue });

/**
 * Reads the answer of a call that makes something.
 *
 * @throws ZodError when it has no id
 */
export function readId(answer: unknown): { id: string } {
  return created.parse(answer);
}
