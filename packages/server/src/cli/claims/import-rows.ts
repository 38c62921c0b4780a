import type { ClaimToImport, ImportedRow } from '../../claims/import-claims.ts';
import { InvalidRequestError } from '../../ports/invalid-request-error.ts';
import { refusals, type Refusals } from '../refusals.ts';
import type { ClaimRow } from './claim-rows.ts';
import { problemInWords } from './problem-in-words.ts';

/** What an import of claims needs. */
export interface ImportRowsDeps {
  import(rows: readonly ClaimToImport[]): Promise<ImportedRow[]>;
  /** How the file calls a field of a claim. */
  named(field: string): string;
  isStopped(): boolean;
  /** After each slice. */
  onProgress(state: ImportedRows): void;
}

/** What became of the rows. */
export interface ImportedRows {
  imported: number;
  known: number;
  refused: Refusals;
  /** The first line that was not done, where the import did not come to its end. */
  nextLine?: number;
  /** Why not, where nobody stopped it. */
  failure?: unknown;
}

/** Rows per call: fewer than are allowed, so that somebody who stops it waits less. */
const slice = 500;

const conflict = {
  code: 'conflict',
  message: 'Another customer has a live claim on this number. End that claim first.',
};

/** Imports claims slice by slice. Rows that are malformed are left out, and do not stop the others. */
export async function importRows(rows: AsyncIterable<ClaimRow>, deps: ImportRowsDeps): Promise<ImportedRows> {
  const state: ImportedRows = { imported: 0, known: 0, refused: refusals() };
  let part: ClaimRow[] = [];
  let lastLine = 0;
  const take = async (): Promise<void> => {
    const good = part.length === 0 ? undefined : await importGood(part, deps, state.refused);
    for (const { line, outcome } of good ?? []) {
      if (outcome === 'conflict') state.refused.add(line, conflict);
      else state[outcome] += 1;
    }
    part = [];
    deps.onProgress(state);
  };
  try {
    for await (const row of rows) {
      part.push(row);
      lastLine = row.line;
      if (part.length < slice) continue;
      if (deps.isStopped()) break;
      await take();
    }
    if (!deps.isStopped()) await take();
  } catch (failure) {
    if (state.imported + state.known + state.refused.count() === 0) throw failure;
    state.failure = failure;
  }
  const [next] = part;
  if (next === undefined && state.failure === undefined) return state;
  return { ...state, nextLine: next?.line ?? lastLine + 1 };
}

/** Nothing of a call is written when a row is malformed, so those are taken out and the rest is tried again. */
async function importGood(
  part: readonly ClaimRow[],
  deps: ImportRowsDeps,
  refused: Refusals,
): Promise<{ line: number; outcome: ImportedRow['outcome'] }[]> {
  let good = part;
  while (good.length > 0) {
    try {
      const ends = await deps.import(good.map(({ claim }) => claim as ClaimToImport)); // the verb checks each
      return ends.map(({ outcome }, index) => ({ line: good[index]?.line ?? 0, outcome }));
    } catch (error) {
      const malformed =
        error instanceof InvalidRequestError
          ? malformedOf(error, good, deps.named)
          : new Map<number, string>();
      if (malformed.size === 0) throw error;
      for (const [index, message] of malformed) {
        const row = good[index];
        if (row !== undefined) refused.add(row.line, { code: 'invalid_row', message });
      }
      good = good.filter((_row, index) => !malformed.has(index));
    }
  }
  return [];
}

/** By the index of the row: the first thing that is wrong with it. The sentences repeat no value. */
function malformedOf(
  { issues }: InvalidRequestError,
  rows: readonly ClaimRow[],
  named: ImportRowsDeps['named'],
): Map<number, string> {
  const found = new Map<number, string>();
  for (const { path, message } of issues) {
    const [, place, field] = /^claims\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
    const index = Number(place);
    if (place === undefined || found.has(index)) continue;
    found.set(index, problemInWords({ field, message, row: rows[index]?.claim }, named));
  }
  return found;
}
