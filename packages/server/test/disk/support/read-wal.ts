import { bytesOf, pathOf, type SystemCall } from './read-calls.ts';

/** One transaction on its way into the write-ahead log (sqlite.org/fileformat2.html, "The Write-Ahead Log"). */
export interface WalTransaction {
  /** Where in the file its first frame begins. */
  offset: number;
  /** Every UUID in the pages that it wrote. */
  ids: ReadonlySet<string>;
  /** The line of the trace on which its last page was written. */
  written: number;
  /** The sync that covers it, if there was one before the next transaction. */
  sync: SystemCall | undefined;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const frameHeader = 24;
const syncs = new Set(['fsync', 'fdatasync']);

/** Whether a call is a sync of the file with this ending. */
export function isSyncOf(call: SystemCall, ending: string): boolean {
  return syncs.has(call.name) && pathOf(call).endsWith(ending);
}

/**
 * The transactions that were written whole, in their order. A frame is written by two calls: its header, whose second word
 * is not zero in the last frame of a transaction, and its page.
 */
export function walTransactions(calls: readonly SystemCall[]): WalTransaction[] {
  const transactions: WalTransaction[] = [];
  let offset: number | undefined;
  let pages: string[] = [];
  let isLast = false;
  for (const call of calls) {
    if (isSyncOf(call, '-wal')) {
      const last = transactions.at(-1);
      if (last !== undefined && offset === undefined) last.sync ??= call;
      continue;
    }
    if (call.name !== 'pwrite64' || !pathOf(call).endsWith('-wal')) continue;
    const [length = 0, position = 0] = Array.from(call.args.matchAll(/, (\d+)/g), ([, number]) =>
      Number(number),
    ).slice(-2);
    if (call.returned !== length) {
      // Refused or cut short: SQLite gives the whole transaction up.
      offset = undefined;
      pages = [];
    } else if (length === frameHeader) {
      offset ??= position;
      isLast = Buffer.from(bytesOf(call), 'latin1').readUInt32BE(4) !== 0;
    } else if (offset !== undefined) {
      pages.push(bytesOf(call));
      if (!isLast) continue;
      const ids = new Set(pages.flatMap((page) => page.match(uuid) ?? []));
      transactions.push({ offset, ids, written: call.ended, sync: undefined });
      offset = undefined;
      pages = [];
    }
  }
  return transactions;
}
