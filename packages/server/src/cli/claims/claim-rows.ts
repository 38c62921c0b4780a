import type { ClaimToImport } from '../../claims/import-claims.ts';
import { CliError } from '../cli-error.ts';
import { plainName } from '../csv/column-names.ts';
import { readCsv } from '../csv/read-csv.ts';

/** A claim of a file, not checked yet. */
export interface ClaimRow {
  /** Line of a CSV file, or how many entries of a JSON file came before it, and one. */
  line: number;
  claim: unknown;
}

const columns = {
  customerId: 'needed',
  wabaId: 'needed',
  phoneNumberId: 'needed',
  phoneNumber: 'needed',
  accessToken: 'optional',
  tokenExpiresAt: 'optional',
  pin: 'optional',
  registeredAt: 'optional',
} as const satisfies Record<keyof ClaimToImport, 'needed' | 'optional'>;

const names = Object.keys(columns) as (keyof ClaimToImport)[]; // the keys of a constant

/** How documents call the column of a field: `phone_number_id`. */
export const columnNamed = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Reads claims out of CSV, whose first line names the columns as {@link ClaimToImport} has them, in either case
 * (`customerId`, `customer_id`). An empty cell of a column that is not needed is none.
 *
 * @throws CliError when a column is missing, or none of ours
 */
export async function* claimsOfCsv(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ClaimRow> {
  let fieldOf: (keyof ClaimToImport)[] | undefined;
  for await (const { line, fields } of readCsv(chunks)) {
    if (fieldOf === undefined) {
      fieldOf = columnsOf(fields);
      continue;
    }
    const entries = fieldOf.map((name, index) => [name, (fields[index] ?? '').trim()] as const);
    const given = entries.filter(([name, value]) => value !== '' || columns[name] === 'needed');
    yield { line, claim: Object.fromEntries(given) };
  }
}

function columnsOf(header: readonly string[]): (keyof ClaimToImport)[] {
  const found = header.map((title) => {
    const name = names.find((one) => plainName(one) === plainName(title));
    // What stands there may be a token of a file without a header, so it is not repeated.
    if (name === undefined) {
      throw new CliError(
        `The first line must name the columns; they are ${names.map(columnNamed).join(', ')}.`,
      );
    }
    return name;
  });
  const missing = names.filter((name) => columns[name] === 'needed' && !found.includes(name));
  if (missing.length > 0)
    throw new CliError(`The file has no column ${missing.map(columnNamed).join(', ')}.`);
  if (new Set(found).size < found.length) throw new CliError('The file has a column twice.');
  return found;
}

/** Reads claims out of JSON: a list, or an object whose `claims` is one, as the operator’s HTTP API takes it. */
export async function* claimsOfJson(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ClaimRow> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  let read: unknown;
  try {
    read = JSON.parse(new TextDecoder().decode(Buffer.concat(parts)));
  } catch (error) {
    // What V8 says repeats what stands there, which may be a token.
    throw new CliError('The file is no valid JSON.', { cause: error });
  }
  const list = typeof read === 'object' && read !== null && 'claims' in read ? read.claims : read;
  if (!Array.isArray(list)) throw new CliError('The file must hold a list of claims.');
  for (const [index, claim] of list.entries()) yield { line: index + 1, claim };
}
