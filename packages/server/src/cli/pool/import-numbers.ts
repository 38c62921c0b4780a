import type { EmbeddedSignup } from '../../embedded-signup.ts';
import { refusals, type Refusals } from '../refusals.ts';
import type { PhoneRow } from './phone-rows.ts';

type Added = Awaited<ReturnType<EmbeddedSignup['pool']['add']>>[number];

/** What an import does with its rows. */
export interface ImportNumbersDeps {
  /** Those of a slice, in order: one answer each. */
  add(phoneNumbers: readonly string[]): Promise<Added[]>;
  /** Whether somebody wants it to stop. */
  isStopped(): boolean;
  /** After each slice. */
  onProgress(state: ImportState): void;
  /** Before the wait for those that another process was adding: how many they are, and how long it is. Milliseconds. */
  onWait(numbers: number, ms: number): void;
  /** Waits, milliseconds; ends early when it is to stop. */
  wait(ms: number): Promise<void>;
  /** Milliseconds UTC. */
  now(): number;
}

/** How far an import is. */
export interface ImportState {
  /** Rows that were looked at. */
  rows: number;
  added: number;
  /** In the pool already, or twice in the file. */
  known: number;
  refused: Refusals;
}

/** How it ended. */
export interface ImportedNumbers extends ImportState {
  /** The first line that was not done, where the import did not come to its end. */
  nextLine?: number;
  /** Why not: what concerns all numbers, as Meta says it. */
  stoppedBy?: { code: string; message: string };
  /** Why not: what was thrown. */
  failure?: unknown;
}

/** Rows that are handed over at once: as many as are waited for when somebody stops it. */
const slice = 100;

/** Words that say that a number was not tried for a reason of its own: others go on. */
const ofOneNumber: ReadonlySet<string | undefined> = new Set(['being_added', 'too_many_tries']);

/** How many rows are tried again at the end, and how long that is waited for. Milliseconds. */
const again = { rows: 1_000, patience: 120_000 } as const;

/** Adds numbers slice by slice, and keeps what became of them; memory stays flat. */
export async function importNumbers(
  rows: AsyncIterable<PhoneRow>,
  deps: ImportNumbersDeps,
): Promise<ImportedNumbers> {
  const state: ImportedNumbers = { rows: 0, added: 0, known: 0, refused: refusals() };
  // A process that was killed has left a few of which nobody knows yet whether Meta has them.
  const later: (PhoneRow & { at: number })[] = [];

  /** Returns whether to go on. */
  const take = async (part: readonly PhoneRow[], isLast: boolean): Promise<boolean> => {
    const ends = await deps.add(part.map(({ phoneNumber }) => phoneNumber));
    for (const [index, row] of part.entries()) {
      const { outcome, reason, retryAt } = ends[index] ?? unanswered;
      if (outcome === 'stopped' && !ofOneNumber.has(reason?.code)) {
        state.nextLine = Math.min(state.nextLine ?? Infinity, row.line);
        if (!deps.isStopped() && reason !== undefined) state.stoppedBy = reason;
        continue;
      }
      const isForLater = !isLast && reason?.code === 'being_added' && later.length < again.rows;
      if (isForLater) later.push({ ...row, at: retryAt ?? deps.now() });
      else if (outcome === 'added' || outcome === 'known') state[outcome] += 1;
      else state.refused.add(row.line, reason ?? { code: outcome, message: outcome });
      if (!isForLater) state.rows += 1;
    }
    deps.onProgress(state);
    return state.nextLine === undefined;
  };

  let part: PhoneRow[] = [];
  let lastLine = 0;
  const takePart = async (): Promise<boolean> => {
    const goesOn = part.length === 0 || (await take(part, false));
    part = [];
    return goesOn;
  };
  const takeAll = async (): Promise<void> => {
    for await (const row of rows) {
      part.push(row);
      lastLine = row.line;
      if (deps.isStopped()) return;
      if (part.length === slice && !(await takePart())) return;
    }
    if (!(await takePart()) || later.length === 0) return;
    const ready = Math.max(...later.map(({ at }) => at)) - deps.now();
    if (ready > 0) {
      const ms = Math.min(ready, again.patience);
      deps.onWait(later.length, ms);
      await deps.wait(ms);
    }
    if (!deps.isStopped()) await take(later.splice(0), true);
  };
  try {
    await takeAll();
  } catch (failure) {
    if (state.rows === 0) throw failure;
    state.failure = failure;
    state.nextLine ??= lastLine + 1;
  }
  const notDone = [...later, ...part].map(({ line }) => line);
  return notDone.length === 0
    ? state
    : { ...state, nextLine: Math.min(state.nextLine ?? Infinity, ...notDone) };
}

const unanswered: Omit<Added, 'given'> = {
  outcome: 'unsure',
  reason: { code: 'unanswered', message: 'Nothing was said of it. Import it again.' },
};
