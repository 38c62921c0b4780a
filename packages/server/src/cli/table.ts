import { displayWidth, fitted, oneLineOf, padded, wrapped } from './display-width.ts';
import type { Colour, Terminal } from './terminal.ts';

/** A column of a table. */
export interface Column<Row> {
  /** Its name, in the first line. */
  header: string;
  of(row: Row): string | undefined;
  colour?(row: Row): Colour | undefined;
  /** What a narrow terminal does without: the highest goes first. A column without it always stays. */
  dispensable?: number;
  /** What a terminal does without that is too narrow even for words that are cut: the highest goes first. */
  lastResort?: number;
  /** It is left out where no row has anything in it. */
  onlyIfAny?: boolean;
  /** It may be cut where there is no other way: words may, a number may not. */
  cuttable?: boolean;
}

const gap = '  ';
/** A column is not cut shorter. */
const shortest = 8;
/** Facts are not wrapped into shorter lines, however narrow the terminal is. */
const shortestLine = 20;

/** Prints rows under each other, page by page: the first page decides how wide the columns are. */
export interface TablePrinter<Row> {
  print(rows: readonly Row[]): void;
}

/**
 * Aligns rows in columns. A terminal gets what fits into it; a file or a pipe gets everything, without colour. What came
 * from elsewhere is made harmless.
 */
export function tablePrinter<Row>(
  terminal: Pick<Terminal, 'columns' | 'out' | 'paint'>,
  columns: readonly Column<Row>[],
): TablePrinter<Row> {
  let shown: { column: Column<Row>; width: number }[] | undefined;
  const line = (cells: readonly { text: string; width: number; colour?: Colour | undefined }[]): string =>
    cells
      .map(({ text, width, colour }, index) => {
        const cut = terminal.columns === undefined ? text : fitted(text, width);
        const painted = colour === undefined ? cut : terminal.paint(colour, cut);
        const isLast = index === cells.length - 1;
        return isLast ? painted : painted + ' '.repeat(Math.max(0, width - displayWidth(cut)));
      })
      .join(gap)
      .trimEnd();
  return {
    print(rows) {
      if (shown === undefined) {
        shown = fit(columns, rows, terminal.columns);
        terminal.out(line(shown.map(({ column, width }) => ({ text: column.header, width, colour: 'dim' }))));
      }
      for (const row of rows) {
        terminal.out(
          line(
            shown.map(({ column, width }) => ({
              text: cell(column, row),
              width,
              colour: column.colour?.(row),
            })),
          ),
        );
      }
    },
  };
}

/** What a name stands for: words, with a colour where they have one. */
export type Fact = string | { text: string; colour: Colour };

/**
 * Names and what they stand for, under each other. Those without a value are left out. On a terminal what is long goes on below;
 * a file or a pipe gets one line for each.
 */
export function printFacts(
  terminal: Pick<Terminal, 'columns' | 'out' | 'paint'>,
  facts: readonly (readonly [name: string, value: Fact | undefined])[],
): void {
  const known = facts.filter((fact): fact is readonly [string, Fact] => fact[1] !== undefined);
  const width = Math.max(0, ...known.map(([name]) => displayWidth(name)));
  const room = Math.max((terminal.columns ?? Infinity) - width - gap.length, shortestLine);
  for (const [name, value] of known) {
    const { text, colour } = typeof value === 'string' ? { text: value, colour: undefined } : value;
    for (const [index, words] of wrapped(oneLineOf(text), room).entries()) {
      const painted = colour === undefined ? words : terminal.paint(colour, words);
      const start = index === 0 ? terminal.paint('dim', padded(name, width)) : padded('', width);
      terminal.out(`${start}${gap}${painted}`.trimEnd());
    }
  }
}

function cell<Row>(column: Column<Row>, row: Row): string {
  return oneLineOf(column.of(row) ?? '');
}

interface Fitted<Row> {
  column: Column<Row>;
  width: number;
}

function fit<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  room: number | undefined,
): Fitted<Row>[] {
  let kept = columns.flatMap((column) => {
    const widest = Math.max(0, ...rows.map((row) => displayWidth(cell(column, row))));
    if (column.onlyIfAny === true && widest === 0) return [];
    return [{ column, width: Math.max(displayWidth(column.header), widest) }];
  });
  if (room === undefined) return kept;
  while (total(kept) > room && has(kept, 'dispensable')) kept = withoutFirst(kept, 'dispensable');
  for (;;) {
    const cut = cutTo(room, kept);
    if (total(cut) <= room || !has(kept, 'lastResort')) return cut;
    kept = withoutFirst(kept, 'lastResort');
  }
}

function total(shown: readonly { width: number }[]): number {
  return shown.reduce((sum, { width }) => sum + width + gap.length, -gap.length);
}

type Rank = 'dispensable' | 'lastResort';

function has<Row>(shown: readonly Fitted<Row>[], rank: Rank): boolean {
  return shown.some(({ column }) => column[rank] !== undefined);
}

function withoutFirst<Row>(shown: readonly Fitted<Row>[], rank: Rank): Fitted<Row>[] {
  const first = Math.max(...shown.map(({ column }) => column[rank] ?? 0));
  return shown.filter(({ column }) => column[rank] !== first);
}

/** The widest words are cut first. */
function cutTo<Row>(room: number, shown: readonly Fitted<Row>[]): Fitted<Row>[] {
  const cut = shown.map((one) => ({ ...one }));
  while (total(cut) > room) {
    const cuttable = cut.filter(({ column, width }) => column.cuttable === true && width > shortest);
    const [widest] = cuttable.toSorted((a, b) => b.width - a.width);
    if (widest === undefined) break;
    widest.width -= 1;
  }
  return cut;
}
