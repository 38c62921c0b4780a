import type { Page } from '../ports/page.ts';
import type { CommandContext } from './command-context.ts';
import { paged } from './paged.ts';
import { tablePrinter, type Column } from './table.ts';

/** How long a list is, and how it looks. */
export interface ListOptions {
  limit?: number;
  all?: boolean;
  json?: boolean;
}

/** Rows that a list has without `--limit` and `--all`. */
export const usualLimit = 50;

/** What a list is made of. */
export interface ListToPrint<Item> extends ListOptions {
  fetch: (query: { cursor: string | undefined; limit: number }) => Promise<Page<Item>>;
  columns: readonly Column<Item>[];
  view: (item: Item) => object;
  /** What is said when there is nothing. */
  none: string;
}

/**
 * Prints a list: a table, or JSON. `--json` is one array; with `--all` each line is an object of its own (NDJSON), because
 * the list may be long. Ends quietly when nobody reads on.
 */
export async function printList<Item>(
  { terminal }: CommandContext,
  { limit = usualLimit, all = false, json = false, fetch, columns, view, none }: ListToPrint<Item>,
): Promise<void> {
  const table = tablePrinter(terminal, columns);
  const gathered: object[] = [];
  let count = 0;
  let hasMore = false;
  for await (const { items, more } of paged(fetch, {
    limit: all ? Infinity : limit,
  })) {
    count += items.length;
    hasMore = more;
    if (json && all) for (const item of items) terminal.out(JSON.stringify(view(item)));
    else if (json) gathered.push(...items.map(view));
    else if (items.length > 0) table.print(items);
    if (!(await terminal.isRead())) return;
  }
  if (json && !all) terminal.out(JSON.stringify(gathered));
  if (count === 0) terminal.say(none);
  else if (hasMore) terminal.say(`There are more than these ${count}: use --limit <n> or --all.`);
}
