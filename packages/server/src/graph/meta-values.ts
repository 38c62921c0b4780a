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

/** A page of a list; `paging.next` is missing on the last one. */
export function pageBody<Item extends z.ZodType>(item: Item) {
  return z.object({
    data: z.array(item),
    paging: z
      .object({
        cursors: z.object({ after: z.string().optional() }).partial().optional(),
        next: z.string().optional(),
      })
      .optional(),
  });
}

/** A page as the client needs it: its items, and where the next one starts. */
export interface GraphPage<Item> {
  items: Item[];
  /** The cursor for `after`, or `undefined` on the last page. */
  after: string | undefined;
}

/** Turns Meta's page into ours. A page with `next` but without a cursor is the last we can read. */
export function toPage<Item>(page: {
  data: Item[];
  paging?: { cursors?: { after?: string | undefined } | undefined; next?: string | undefined } | undefined;
}): GraphPage<Item> {
  return {
    items: page.data,
    after: page.paging?.next === undefined ? undefined : page.paging.cursors?.after,
  };
}
