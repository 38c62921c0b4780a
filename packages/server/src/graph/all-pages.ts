import { graphError } from '../ports/graph-errors.ts';
import type { GraphPage } from './page.ts';

/** A list of Meta's, read as far as it is looked at: each page is asked for when its turn comes. */
export interface GraphList<Item> extends AsyncIterable<Item> {
  /** Page by page, with the count of entries that could not be read. */
  pages(): AsyncIterable<GraphPage<Item>>;
  /** All of it at once. @throws GraphError */
  all(): Promise<Item[]>;
}

/** Far above any pool; a list that goes on is not trusted to end. */
const mostPages = 10_000;

/**
 * Makes a list of a function that reads one page.
 *
 * @param action for the error, such as `list the pool`
 */
export function listOf<Item>(
  action: string,
  readOne: (after: string | undefined) => Promise<GraphPage<Item>>,
): GraphList<Item> {
  const pages = () => allPages(action, readOne);
  async function* items() {
    for await (const page of pages()) yield* page.items;
  }
  return {
    pages,
    async all() {
      const all: Item[] = [];
      for await (const item of items()) all.push(item);
      return all;
    },
    [Symbol.asyncIterator]: items,
  };
}

/** @throws GraphError when a cursor comes again: half a list must not pass for a whole one, nor go round for ever */
async function* allPages<Item>(
  action: string,
  readOne: (after: string | undefined) => Promise<GraphPage<Item>>,
): AsyncGenerator<GraphPage<Item>> {
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const page = await readOne(after);
    yield page;
    after = page.after;
    if (after !== undefined && (seen.has(after) || seen.size >= mostPages)) {
      throw graphError('Meta’s list comes back to a page that it had before, or does not end.', {
        kind: 'unreadable',
        action,
        sent: true,
        advice: 'Read the list again from its first page.',
      });
    }
    if (after !== undefined) seen.add(after);
  } while (after !== undefined);
}
