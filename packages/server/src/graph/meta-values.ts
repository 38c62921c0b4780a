import { z } from 'zod';

/** Ids are digit strings; one sample of Meta's prints a number, which is still exact below 2^53. */
export const idValue = z
  .union([z.string(), z.int().transform(String)])
  .refine((id) => /^[0-9]{1,20}$/.test(id), 'is no id of Meta’s');

/**
 * A time in either of the forms that Meta documents for one field: `2023-04-14T22:12:31+0000` or Unix seconds, the
 * latter as number or text. Becomes milliseconds UTC; `0` means never and becomes `undefined`, as does nonsense.
 */
export const timeValue = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value): number | undefined => {
    if (value === null || value === undefined) return undefined;
    if (typeof value === 'number' || /^\d+$/.test(value)) {
      const seconds = Number(value);
      return seconds > 0 ? seconds * 1000 : undefined;
    }
    // `+0000` without a colon is what Meta prints; ECMAScript promises only `+00:00`.
    const parsed = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    return Number.isNaN(parsed) ? undefined : parsed;
  });

/** `true`, or `"true"`: one of Meta's own examples prints the text. */
export const flagValue = z
  .union([z.boolean(), z.string()])
  .nullish()
  .transform((value) =>
    value === null || value === undefined ? undefined : value === true || value === 'true',
  );

/** The answer of every call that only does something. */
export const successBody = z.looseObject({
  success: flagValue.refine((success) => success === true, 'does not say success'),
});

/** A page as the client needs it: its items, and where the next one starts. */
export interface GraphPage<Item> {
  items: Item[];
  /** Items that could not be read. One odd item must not hide the others. */
  unreadable: number;
  /** The cursor for `after`, or `undefined` on the last page. */
  after: string | undefined;
}

const pageBody = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({
      cursors: z.object({ after: z.string().nullish() }).partial().nullish(),
      next: z.string().nullish(),
    })
    .nullish(),
});

/**
 * Reads a page of a list. `paging.next` is missing on the last one.
 *
 * @throws ZodError when it is no page
 * @throws Error when Meta says that there is a next page, but not where
 */
export function readPage<Item>(item: z.ZodType<Item>, answer: unknown): GraphPage<Item> {
  const { data, paging } = pageBody.parse(answer);
  const read = data.map((one) => item.safeParse(one));
  const after = paging?.cursors?.after ?? undefined;
  const hasNext = typeof paging?.next === 'string';
  if (hasNext && after === undefined) throw new Error('readPage: there is a next page, but no cursor');
  return {
    items: read.flatMap((one) => (one.success ? [one.data] : [])),
    unreadable: read.filter((one) => !one.success).length,
    after: hasNext ? after : undefined,
  };
}
