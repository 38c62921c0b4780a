import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, type CsvRecord } from '../../src/cli/csv/read-csv.ts';

const runs = process.env['TEST_LONG'] === '1' ? 20_000 : 500;

/** A text in pieces of `size` bytes, as a stream would bring it. */
async function* inPieces(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let start = 0; start < bytes.length; start += size) {
    await Promise.resolve();
    yield bytes.subarray(start, start + size);
  }
}

async function read(text: string | Uint8Array, size = 7, separator?: string): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of readCsv(inPieces(text, size), separator)) records.push(record);
  return records;
}

const fieldsOf = async (...given: Parameters<typeof read>) =>
  (await read(...given)).map(({ fields }) => fields);

const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;

describe('a CSV file', () => {
  it.each([
    ['one number in each line', '+1\n+2\n', [['+1'], ['+2']]],
    ['without a last line end', '+1\n+2', [['+1'], ['+2']]],
    [
      'with CRLF',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'with CR alone',
      'a,b\rc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'with semicolons',
      'a;b,c\nd;e',
      [
        ['a', 'b,c'],
        ['d', 'e'],
      ],
    ],
    [
      'with tabs',
      'a\tb\nd\te',
      [
        ['a', 'b'],
        ['d', 'e'],
      ],
    ],
    ['with a byte order mark', '\uFEFFphone\n+1', [['phone'], ['+1']]],
    [
      'with quotes',
      '"a ""b"", c",d\n"e\nf",g',
      [
        ['a "b", c', 'd'],
        ['e\nf', 'g'],
      ],
    ],
    ['with a quote inside a field', 'a"b,c', [['a"b', 'c']]],
    ['with empty lines', '\n\na\n\n\nb\n\n', [['a'], ['b']]],
    [
      'with empty fields',
      ',\na,',
      [
        ['', ''],
        ['a', ''],
      ],
    ],
    ['that is empty', '', []],
    ['with doubled quotes before another separator', '"a"";b;c",d', [['a";b;c', 'd']]],
    ['with as many commas as semicolons', 'phone;Doe, Ann', [['phone', 'Doe, Ann']]],
    [
      'whose separator stands in quotes first',
      '"a;b;c",d\ne,f',
      [
        ['a;b;c', 'd'],
        ['e', 'f'],
      ],
    ],
  ])('%s is read', async (_what, text, records) => {
    for (const size of [1, 3, 1_000]) expect(await fieldsOf(text, size)).toEqual(records);
  });

  it('says in which line a record begins', async () => {
    const records = await read('a\r\n\r\n"b\nb"\r\nc\rd\n');
    expect(records).toEqual([
      { line: 1, fields: ['a'] },
      { line: 3, fields: ['b\nb'] },
      { line: 5, fields: ['c'] },
      { line: 6, fields: ['d'] },
    ]);
  });

  it('is the same however it was cut, for all fields, separators and line ends', async () => {
    const field = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'ä', '1'), maxLength: 6 }),
    );
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (table, separator, lineEnd, size, hasMark) => {
          // A field that begins with the mark would lose it without quotes, as any reader takes it for the file's.
          const text = table.map((row) => row.map(quoted).join(separator)).join(lineEnd);
          expect(await fieldsOf((hasMark ? '\uFEFF' : '') + text, size, separator)).toEqual(table);
        },
      ),
      { numRuns: runs },
    );
  });

  it('reads plain fields as they are written, and finds the separator itself', async () => {
    const field = fc
      .string({ unit: fc.constantFrom('+', '1', ' ', '-', 'a', '"'), maxLength: 6 })
      .map((text) => `x${text}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(',', ';', '\t'),
        fc.integer({ min: 1, max: 9 }),
        async (table, separator, size) => {
          const text = table.map((row) => row.join(separator)).join('\n');
          expect(await fieldsOf(text, size)).toEqual(table);
        },
      ),
      { numRuns: runs },
    );
  });

  it('never fails otherwise than by a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        async (bytes, size) => {
          await read(bytes, size).catch((error: unknown) => {
            expect(error).toMatchObject({ name: 'CliError', message: expect.stringMatching(/\.$|\?$/) });
          });
        },
      ),
      { numRuns: runs },
    );
  });

  it('with a quote that is not closed is refused, with its line, and before all of it is kept', async () => {
    await expect(read('a\n"b\nc')).rejects.toThrow('A quote in line 2 is not closed.');
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1;
        await Promise.resolve();
        yield new TextEncoder().encode(given === 1 ? 'a\n"b\n' : '0123456789\n'.repeat(1_000));
      }
    }
    const reading = async () => {
      for await (const { line } of readCsv(endless())) expect(line).toBe(1);
    };
    await expect(reading()).rejects.toThrow('Line 2 is too long. Is there a quote that is not closed?');
    expect(given).toBeLessThan(10);
  });

  it('in UTF-16 is refused with what to do', async () => {
    await expect(read(new Uint8Array([0xff, 0xfe, 0x2b, 0, 0x31, 0]))).rejects.toThrow(
      'Save it as CSV in UTF-8.',
    );
  });

  it('that is no text at all is refused, wherever that shows', async () => {
    const zip = new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]);
    for (const size of [1, 100]) await expect(read(zip, size)).rejects.toThrow('The file is no text.');
    await expect(read('+1\n+2\n\0')).rejects.toThrow('The file is no text.');
  });

  it('that is in an old code page is read all the same: digits are the same in all of them', async () => {
    expect((await read(Buffer.from('Jürgen;+1\n', 'latin1'))).map(({ fields }) => fields[1])).toEqual(['+1']);
  });
});
