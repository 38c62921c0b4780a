import { CliError } from '../cli-error.ts';

/** A record of a CSV file. */
export interface CsvRecord {
  /** Where it begins, counted from 1. */
  line: number;
  fields: string[];
}

/** One record longer than this is no record: a quote was not closed. Characters. */
const longest = 65_536;

/**
 * Reads CSV as it comes in: fields in quotes may hold separators, line ends and doubled quotes; lines end with LF, CRLF or
 * CR; a byte order mark is skipped, and so are empty lines. Never more than one record and one chunk is kept.
 *
 * @param chunks UTF-8
 * @param separator `undefined`: what the first line has most of: a comma, a semicolon or a tab
 * @throws CliError for a file that is no UTF-8 text, and for a quote that is not closed
 */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array>,
  separator?: string,
): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder('utf-8');
  let split: ReturnType<typeof splitter> | undefined;
  // The first line says what separates fields, so it has to be whole.
  let start = '';
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) refuseUtf16(chunk);
    refuseBinary(chunk);
    isFirst = false;
    const text = decoder.decode(chunk, { stream: true });
    if (split === undefined) {
      start += text;
      if (separator === undefined && !/[\r\n]/.test(start) && start.length < longest) continue;
      split = splitter(separator ?? separatorOf(start));
      yield* split.take(start);
    } else {
      yield* split.take(text);
    }
  }
  const rest = decoder.decode();
  if (split === undefined) {
    split = splitter(separator ?? separatorOf(start + rest));
    yield* split.take(start);
  }
  yield* split.take(rest);
  yield* split.end();
}

function refuseUtf16([first, second]: Uint8Array): void {
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) throw new CliError('The file is in UTF-16. Save it as CSV in UTF-8.');
}

// eslint-disable-next-line no-control-regex -- these are what is looked for
const notOfText = /[\0-\x08\x0E-\x1F]/;

/** Spreadsheets, archives and pictures have bytes that no text has. Whether all of it is UTF-8 does not matter to a number. */
function refuseBinary(chunk: Uint8Array): void {
  const characters = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
  if (notOfText.test(characters)) throw new CliError('The file is no text. Save it as CSV in UTF-8.');
}

/**
 * What the first line has most of; what stands in quotes does not count. With as many of several it is the one that texts
 * have less often.
 */
function separatorOf(start: string): string {
  const counts = new Map([
    [';', 0],
    ['\t', 0],
    [',', 0],
  ]);
  let isQuoted = false;
  /** Here a quote begins a quoted field, or, behind the one that ended it, is one of two that stand for one. */
  let mayQuote = true;
  for (const character of start) {
    if (isQuoted) {
      isQuoted = character !== '"';
      mayQuote = !isQuoted;
      continue;
    }
    if (character === '\n' || character === '\r') break;
    isQuoted = character === '"' && mayQuote;
    const count = counts.get(character);
    mayQuote = count !== undefined;
    if (count !== undefined) counts.set(character, count + 1);
  }
  const most = [...counts].reduce((found, one) => (one[1] > found[1] ? one : found));
  return most[1] === 0 ? ',' : most[0];
}

/** Takes text piece by piece, wherever it was cut. */
function splitter(separator: string) {
  let line = 1;
  let begunAt = 1;
  let fields: string[] = [];
  let field = '';
  let kept = 0;
  /** `closing`: a quote came, which ends the field unless another one follows. */
  let state: 'start' | 'plain' | 'quoted' | 'closing' = 'start';
  let afterReturn = false;

  const count = () => {
    kept += 1;
    if (kept > longest) {
      throw new CliError(`Line ${begunAt} is too long. Is there a quote that is not closed?`);
    }
  };
  const endField = () => {
    count();
    fields.push(field);
    field = '';
    state = 'start';
  };
  const endRecord = (): CsvRecord | undefined => {
    endField();
    const record = { line: begunAt, fields };
    fields = [];
    kept = 0;
    return record.fields.length === 1 && record.fields[0] === '' ? undefined : record;
  };
  const add = (character: string) => {
    count();
    field += character;
  };

  return {
    *take(text: string): Generator<CsvRecord> {
      for (const character of text) {
        const isLineFeed = character === '\n';
        // CRLF is one line end.
        const isSecondHalf = isLineFeed && afterReturn;
        afterReturn = character === '\r';
        if ((isLineFeed && !isSecondHalf) || afterReturn) line += 1;

        if (state === 'quoted') {
          if (character === '"') state = 'closing';
          else add(character);
        } else if (character === '"' && state === 'closing') {
          add(character);
          state = 'quoted';
        } else if (character === '"' && state === 'start') {
          state = 'quoted';
        } else if (character === separator) {
          endField();
        } else if (isSecondHalf) {
          begunAt = line;
        } else if (isLineFeed || afterReturn) {
          const record = endRecord();
          begunAt = line;
          if (record !== undefined) yield record;
        } else {
          add(character);
          state = 'plain';
        }
      }
    },
    *end(): Generator<CsvRecord> {
      if (state === 'quoted') throw new CliError(`A quote in line ${begunAt} is not closed.`);
      const record = endRecord();
      if (record !== undefined) yield record;
    },
  };
}
