import type { Page } from '../ports/page.ts';

/** Rows that are fetched at once. */
const mostPerPage = 500;

/** Goes through a list page by page, until there is no more or `limit` were given; memory stays flat. */
export async function* paged<Item>(
  fetch: (query: { cursor: string | undefined; limit: number }) => Promise<Page<Item>>,
  { limit = Infinity }: { limit?: number } = {},
): AsyncGenerator<{ items: Item[]; more: boolean }> {
  let cursor: string | undefined;
  let left = limit;
  do {
    const page = await fetch({ cursor, limit: Math.min(mostPerPage, left) });
    const items = page.items.slice(0, left);
    left -= items.length;
    cursor = page.nextCursor;
    yield { items, more: page.items.length > items.length || cursor !== undefined };
  } while (cursor !== undefined && left > 0);
}
