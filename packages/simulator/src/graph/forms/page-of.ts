import type { Json } from '../../json.ts';
import { invalidParameter } from '../errors/general-errors.ts';
import type { GraphCall } from '../call/graph-call.ts';
import type { Simulation } from '../../world/simulation.ts';

const DEFAULT_LIMIT = 25;
const MAXIMUM_LIMIT = 100;

interface Listed {
  readonly sequence: number;
}

/**
 * Writes one page of a list with cursors and absolute `next` and `previous` addresses; their absence is the end.
 * A cursor names a place in the order of creation, so it stays good when the item it was made from is gone.
 * Throws GraphError 100 for a limit or cursor that cannot be one.
 */
export function pageOf<Item extends Listed>(
  { settings }: Simulation,
  { parameters, url }: GraphCall,
  items: readonly Item[],
  write: (item: Item) => Json,
  { newestFirst = false }: { readonly newestFirst?: boolean } = {},
): Json {
  const limit = readLimit(parameters.text('limit'), settings.profile === 'openapi');
  const after = placeOf(items, readCursor('after', parameters.text('after')), newestFirst);
  const before = placeOf(items, readCursor('before', parameters.text('before')), newestFirst);
  const start =
    after === undefined ? (before === undefined ? 0 : Math.max(0, before.at - limit)) : after.next;
  const end = before !== undefined && after === undefined ? before.at : start + limit;
  const page = items.slice(start, end);
  const first = page[0];
  const last = page.at(-1);
  if (first === undefined || last === undefined) return { data: [] };
  const cursors = { before: cursorOf(first), after: cursorOf(last) };
  return {
    data: page.map(write),
    paging: {
      cursors,
      next: start + page.length < items.length ? withCursor(url, 'after', cursors.after) : undefined,
      previous: start > 0 ? withCursor(url, 'before', cursors.before) : undefined,
    },
  };
}

function readLimit(text: string | undefined, strict: boolean): number {
  if (text === undefined) return DEFAULT_LIMIT;
  if (!/^\d+$/.test(text) || Number(text) < 1) throw invalidParameter('limit must be a positive integer');
  if (strict && Number(text) > MAXIMUM_LIMIT)
    throw invalidParameter(`limit must be at most ${MAXIMUM_LIMIT}`);
  return Math.min(Number(text), MAXIMUM_LIMIT);
}

function readCursor(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const decoded = Buffer.from(text, 'base64url').toString();
  if (!/^\d+$/.test(decoded)) throw invalidParameter(`${name} is not a cursor of this list`);
  return Number(decoded);
}

function cursorOf({ sequence }: Listed): string {
  return Buffer.from(String(sequence)).toString('base64url');
}

/** Where a cursor stands in a list sorted by sequence, up or down: the item's place, and the one after it. */
function placeOf(
  items: readonly Listed[],
  cursor: number | undefined,
  newestFirst: boolean,
): { at: number; next: number } | undefined {
  if (cursor === undefined) return undefined;
  const isBefore = ({ sequence }: Listed) => (newestFirst ? sequence > cursor : sequence < cursor);
  const at = items.filter(isBefore).length;
  return { at, next: items[at]?.sequence === cursor ? at + 1 : at };
}

function withCursor(url: URL, name: 'after' | 'before', cursor: string): string {
  const next = new URL(url);
  next.searchParams.delete('after');
  next.searchParams.delete('before');
  next.searchParams.set(name, cursor);
  return next.href;
}
