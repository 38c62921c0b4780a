import { readPhoneNumber } from '../../domain/read-phone-number.ts';
import { CliError } from '../cli-error.ts';
import { plainName } from '../csv/column-names.ts';
import type { CsvRecord } from '../csv/read-csv.ts';

/** A telephone number of a file, as it stands there. */
export interface PhoneRow {
  line: number;
  phoneNumber: string;
}

const names = new Set(['phone', 'phonenumber', 'telephone', 'telephonenumber']);
/** Of any number: of a line, a customer, or the telephone. */
const vagueName = 'number';

/**
 * Takes the telephone numbers out of CSV: those of the column that is called `phone` or `phone_number`, or else `number`, or
 * of the only one.
 *
 * @throws CliError when there are several columns and none is called so
 */
export async function* phoneRows(records: AsyncIterable<CsvRecord>): AsyncGenerator<PhoneRow> {
  let column: number | undefined;
  for await (const { line, fields } of records) {
    if (column === undefined) {
      const named = columnByName(fields);
      column = named === -1 ? columnWithoutName(fields) : named;
      if (named !== -1) continue;
    }
    yield { line, phoneNumber: (fields[column] ?? '').trim() };
  }
}

function columnByName(fields: readonly string[]): number {
  const titles = fields.map(plainName);
  const named = titles.findIndex((title) => names.has(title));
  return named === -1 ? titles.indexOf(vagueName) : named;
}

function columnWithoutName(fields: readonly string[]): number {
  const column = fields.length === 1 ? 0 : fields.findIndex((field) => readPhoneNumber(field) !== undefined);
  if (column === -1) {
    throw new CliError(
      'The file has several columns, and none is called phone, phone_number or number. Name the one with the numbers so in the first line.',
    );
  }
  return column;
}
