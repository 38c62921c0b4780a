import { StoreUnavailableError } from '../ports/store-errors.ts';
import type { Terminal } from './terminal.ts';
import { waitFor } from './wait-for.ts';

/** What waiting for the database needs. */
export interface PatienceDeps {
  isStopped(): boolean;
  /** Waits, milliseconds; ends early when it is to stop. */
  wait(ms: number): Promise<void>;
  /** Milliseconds UTC. */
  now(): number;
  /** Before each wait: how long it was waited for already, and how long that goes on. Milliseconds. */
  onWait(waited: number, most: number): void;
}

/** A backup or a long transaction of another program may keep the lock of a SQLite file for so long. Milliseconds. */
export const patience = 30_000;
const betweenTries = 500;

/**
 * Does something that may be done twice, again and again while the database is locked or away.
 *
 * @throws StoreUnavailableError when it still is after 30 seconds, or when somebody wants it to stop; whatever `act` throws else
 */
export async function patiently<T>(
  act: () => Promise<T>,
  { isStopped, wait, now, onWait }: PatienceDeps,
): Promise<T> {
  let since: number | undefined;
  for (;;) {
    const begun = now();
    try {
      return await act();
    } catch (error) {
      since ??= begun;
      const waited = now() - since;
      if (!(error instanceof StoreUnavailableError) || waited >= patience || isStopped()) throw error;
      onWait(waited, patience);
      await wait(betweenTries);
    }
  }
}

/** The same for a command: says on its line of progress that it waits, and ends when it is to stop. */
export const patientlyAt =
  ({ progress }: Pick<Terminal, 'progress'>, signal: AbortSignal) =>
  <T>(act: () => Promise<T>): Promise<T> =>
    patiently(act, {
      isStopped: () => signal.aborted,
      wait: (ms) => waitFor(ms, signal),
      now: Date.now,
      onWait: (waited, most) =>
        progress(
          `the database is locked or away: trying again, ${Math.round(waited / 1_000)} of ${most / 1_000} seconds`,
        ),
    });
