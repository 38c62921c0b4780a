import { z } from 'zod';

/** Where in a list to read, and how much of it at once. */
export interface PageInput {
  /** Entries per page, 1 to 100. @default 100 */
  limit?: number | undefined;
  /** The cursor of the page before. */
  after?: string | undefined;
}

/** A page of a list: its items, and where the next one starts. */
export interface GraphPage<Item> {
  items: Item[];
  /** Items that could not be read. One odd item must not hide the others. */
  unreadable: number;
  /** The cursor for `after`, or `undefined` on the last page. */
  after: string | undefined;
}

/** @throws RangeError when Meta would not take the limit */
export function pageQuery({ limit = 100, after }: PageInput): Record<string, string> {
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new RangeError('graph: a page has 1 to 100 entries; nothing was sent');
  }
  return { limit: String(limit), ...(after === undefined ? {} : { after }) };
}

/** Far above any page that is asked for: what has more is no answer to the question, and would take long to read. */
const mostItems = 2_000;

const pageBody = z.object({
  data: z.custom<unknown[]>((data) => Array.isArray(data) && data.length <= mostItems),
  paging: z
    .object({
      cursors: z.object({ after: z.string().nullish() }).partial().nullish(),
      next: z.string().nullish(),
    })
    .nullish(),
});

/**
 * Reads a page of a list. `paging.next` is missing on the last one. It is an address, and is never followed: only the
 * cursor beside it is used.
 *
 * @throws ZodError when it is no page, or one with far more entries than were asked for
 * @throws Error when Meta says that there is a next page, but not where
 */
export function readPage<Item>(item: z.ZodType<Item>, answer: unknown): GraphPage<Item> {
  const { data, paging } = pageBody.parse(answer);
  const read = data.map((one) => item.safeParse(one));
  const after = paging?.cursors?.after ?? undefined;
  const hasNext = typeof paging?.next === 'string';
  if (hasNext && (after === undefined || after === '')) {
    throw new Error('readPage: there is a next page, but no cursor');
  }
  return {
    items: read.flatMap((one) => (one.success ? [one.data] : [])),
    unreadable: read.filter((one) => !one.success).length,
    after: hasNext ? after : undefined,
  };
}
