import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, fitted, oneLineOf, padded } from '../../src/cli/display-width.ts';
import { printFacts, tablePrinter, type Column } from '../../src/cli/table.ts';
import { keptTerminal, withoutColours } from './support/terminal.ts';

interface Row {
  number: string;
  name: string;
  id: string;
}

const columns: readonly Column<Row>[] = [
  { header: 'NUMBER', of: ({ number }) => number },
  { header: 'NAME', of: ({ name }) => name, colour: () => 'green', cuttable: true },
  { header: 'ID', of: ({ id }) => id, dispensable: 1 },
];
const rows: Row[] = [
  { number: '+1 555-010-0001', name: 'Ada', id: '1' },
  { number: '+49 30 12345678', name: 'Jürgen 漢字 and a very long name', id: '123456789' },
];

const linesOf = (where: Parameters<typeof keptTerminal>[0], given = rows): string[] => {
  const { written, terminal } = keptTerminal(where);
  tablePrinter(terminal, columns).print(given);
  return written.out.trimEnd().split('\n');
};

describe('a table', () => {
  it('is aligned, with a header, and plain where it is no terminal', () => {
    expect(linesOf({})).toEqual([
      'NUMBER           NAME                              ID',
      '+1 555-010-0001  Ada                               1',
      '+49 30 12345678  Jürgen 漢字 and a very long name  123456789',
    ]);
  });

  it('has colours on a terminal, and none with NO_COLOR', () => {
    expect(linesOf({ isTTY: true })[1]).toContain('\u001B[32mAda\u001B[0m');
    expect(linesOf({ isTTY: true, env: { NO_COLOR: '1' } }).join('')).not.toContain('\u001B');
    expect(linesOf({ isTTY: true }).map(withoutColours)).toEqual(linesOf({}));
  });

  it('does without a column, then cuts words, where a terminal is narrow; never a number', () => {
    const narrow = linesOf({ isTTY: true, columns: 50 }).map(withoutColours);
    expect(narrow).toEqual([
      'NUMBER           NAME',
      '+1 555-010-0001  Ada',
      '+49 30 12345678  Jürgen 漢字 and a very long name',
    ]);
    const narrower = linesOf({ isTTY: true, columns: 30 }).map(withoutColours);
    expect(narrower[2]).toBe('+49 30 12345678  Jürgen 漢字…');
    expect(linesOf({ isTTY: true, columns: 10 }).map(withoutColours)[1]).toBe('+1 555-010-0001  Ada');
  });

  it('does without words where there is no room for them even when they are cut', () => {
    const { written, terminal } = keptTerminal({ isTTY: true, columns: 24, env: { NO_COLOR: '1' } });
    tablePrinter<Row>(terminal, [
      { header: 'NUMBER', of: ({ number }) => number },
      { header: 'STATE', of: () => 'free', cuttable: true, lastResort: 1 },
      { header: 'NEXT', of: ({ name }) => name, cuttable: true, lastResort: 2 },
    ]).print(rows);
    expect(written.out.split('\n').slice(0, 2)).toEqual(['NUMBER           STATE', '+1 555-010-0001  free']);
  });

  it('has no column with nothing in it, where that is wanted', () => {
    const { written, terminal } = keptTerminal();
    tablePrinter<Row>(terminal, [
      { header: 'NUMBER', of: ({ number }) => number },
      { header: 'WHY', of: () => undefined, onlyIfAny: true },
      { header: 'NAME', of: ({ id }) => (id === '1' ? 'Ada' : undefined), onlyIfAny: true },
    ]).print(rows);
    expect(written.out.split('\n')[0]).toBe('NUMBER           NAME');
  });

  it('keeps its columns from page to page', () => {
    const { written, terminal } = keptTerminal();
    const table = tablePrinter(terminal, columns);
    table.print(rows);
    table.print(rows.slice(0, 1));
    const lines = written.out.split('\n');
    expect(lines[3]).toBe(lines[1]);
    expect(written.out.match(/NUMBER/g)).toHaveLength(1);
  });

  it('fits into any terminal that is not too narrow for what must be whole', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 26, max: 120 }),
        (cells, width) => {
          const given = cells.map(([name, id]) => ({ number: '+1 555-010-0001', name, id }));
          for (const line of linesOf({ isTTY: true, columns: width }, given)) {
            expect(displayWidth(withoutColours(line))).toBeLessThanOrEqual(width);
          }
        },
      ),
    );
  });

  it('lets nothing that came from elsewhere move the cursor, colour, or turn the line', () => {
    const bad = 'a\u001B[31mb\rc\u202Ed\u0007e\u2028f\u009Bg';
    const shown = linesOf({ isTTY: true, env: { NO_COLOR: '1' } }, [{ number: '+1', name: bad, id: '1' }]);
    expect(shown).toHaveLength(2);
    expect(shown[1]).toBe('+1      a\uFFFD[31mb c\uFFFDd\uFFFDe\uFFFDf\uFFFDg  1');
    const { written, terminal } = keptTerminal();
    printFacts(terminal, [['customer', bad]]);
    expect(written.out).not.toContain('\u001B');
    expect(oneLineOf(bad)).not.toContain('\u202E');
  });
});

describe('facts', () => {
  it('stand under each other; those that are not known are left out', () => {
    const { written, terminal } = keptTerminal();
    printFacts(terminal, [
      ['id', '1'],
      ['held for', undefined],
      ['state', { text: 'free', colour: 'green' }],
    ]);
    expect(written.out).toBe('id     1\nstate  free\n');
  });

  it('go on below where a terminal is narrow, and are one line in a file', () => {
    const next = 'Have it verified before 2026-01-04, or it is dropped.';
    const shown = (where: Parameters<typeof keptTerminal>[0]) => {
      const { written, terminal } = keptTerminal(where);
      printFacts(terminal, [
        ['id', '10223344556677889900112233'],
        ['next', { text: next, colour: 'yellow' }],
      ]);
      return written.out.trimEnd().split('\n');
    };
    expect(shown({ isTTY: true, columns: 30 }).map(withoutColours)).toEqual([
      'id    10223344556677889900112233',
      'next  Have it verified before',
      '      2026-01-04, or it is',
      '      dropped.',
    ]);
    // Each line by itself, so that a name is never in a colour.
    expect(shown({ isTTY: true, columns: 30 })[3]).toMatch(/mdropped\..\[0m$/u);
    expect(shown({})).toEqual(['id    10223344556677889900112233', `next  ${next}`]);
    expect(shown({ isTTY: true, columns: 3 }).map(withoutColours)[1]).toBe('next  Have it verified');
  });
});

describe('the width of a text', () => {
  it.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['漢字', 4],
    ['한국', 4],
    ['ＡＢ', 4],
    ['👍🏽', 2],
    ['🇩🇪', 2],
    ['👨‍👩‍👧', 2],
    ['a\u200Db', 2],
    ['', 0],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
    expect(displayWidth(padded(text, 10))).toBe(10);
  });

  it('is never more than asked for, when it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, columns_) => {
        expect(displayWidth(fitted(text, columns_))).toBeLessThanOrEqual(columns_);
      }),
    );
  });
});
