import type { CommandContext } from './command-context.ts';
import { lineRanges, type LineRanges } from './line-ranges.ts';
import { tablePrinter } from './table.ts';

/** Why a row was not taken. `code` is stable, `message` is a sentence. */
export interface RefusalReason {
  code: string;
  message: string;
}

/** Rows that were refused, grouped by code and sentence, so that memory stays flat however many there are. */
export interface Refusals {
  add(line: number, reason: RefusalReason): void;
  count(): number;
  /** For JSON. `lines` holds the first and the last line of each range; `rows` counts all of them. */
  view(): { code: string; message: string; rows: number; lines: [number, number][] }[];
  print(context: Pick<CommandContext, 'terminal'>): void;
}

/** More different reasons than a person reads; beyond that they are counted together. */
const mostReasons = 100;
const others: RefusalReason = {
  code: 'other',
  message: 'For other reasons. Import these rows alone to be told which.',
};
/** Ranges of lines that a table shows. */
const mostShown = 10;

/** Begins with no row. */
export function refusals(): Refusals {
  const groups = new Map<string, RefusalReason & { lines: LineRanges }>();
  const all = () => [...groups.values()];
  return {
    add(line, reason) {
      const isKept = groups.size < mostReasons || groups.has(keyOf(reason));
      const { code, message } = isKept ? reason : others;
      const key = keyOf({ code, message });
      const group = groups.get(key) ?? { code, message, lines: lineRanges() };
      groups.set(key, group);
      group.lines.add(line);
    },
    count: () => all().reduce((sum, { lines }) => sum + lines.count(), 0),
    view: () =>
      all().map(({ code, message, lines }) => ({
        code,
        message,
        rows: lines.count(),
        lines: lines.ranges(),
      })),
    print({ terminal }) {
      if (groups.size === 0) return;
      terminal.out('');
      tablePrinter<RefusalReason & { lines: LineRanges }>(terminal, [
        { header: 'ROWS', of: ({ lines }) => String(lines.count()) },
        { header: 'LINES', of: ({ lines }) => lines.inWords(mostShown), cuttable: true },
        { header: 'WHY', of: ({ message }) => message },
      ]).print(all());
    },
  };
}

/** A code may have several sentences: a number is invalid in more than one way. */
const keyOf = ({ code, message }: RefusalReason): string => `${code}\n${message}`;
