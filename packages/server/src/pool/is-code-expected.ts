import { second } from '../domain/durations.ts';
import { notSent } from '../domain/number-call-budgets.ts';
import { textTime } from '../domain/text-time.ts';
import type { NumberCall } from '../ports/pool-store.ts';

/** How many codes that came by text are handed in for each one that was asked for: anybody can write a text. */
const mostTexts = 2;

/** How much nodes' clocks may differ: calls are kept with the time of the node that made them. Milliseconds. */
const clocksDiffer = 30 * second;

/** Calls that are looked at: far more than are made in that time. */
export const callsToKnow = 50;

/**
 * Whether a code that came by text may be handed in: the kit had one sent by text lately, nobody has handed in the right one
 * since, and neither this one nor as many as are allowed.
 *
 * @param calls about the telephone number, the newest first
 * @param marks of the code, by each key; a call that has one of them was about the same code
 */
export function isCodeExpected(
  calls: readonly NumberCall[],
  { now, marks }: { now: number; marks: readonly string[] },
): boolean {
  const asked = calls.findIndex(
    ({ kind, method, outcome }) => kind === 'request_code' && method !== 'VOICE' && outcome !== 'refused',
  );
  const request = calls[asked];
  if (request === undefined || request.at < now - textTime) return false;
  const handedIn = (some: readonly NumberCall[]) =>
    some.filter(
      ({ kind, outcome, reason }) => kind === 'verify_code' && !(outcome === 'refused' && reason === notSent),
    );
  // By the clock of the node that asked, codes may have been handed in before they were asked for. No two that follow one
  // another are asked for that soon, so these are of the same one.
  const since = handedIn(calls.filter(({ at }, n) => n < asked || at > request.at - clocksDiffer));
  const byText = marksOf(handedIn(calls.slice(0, asked)));
  return (
    !since.some(({ outcome }) => outcome === 'done') &&
    byText.length < mostTexts &&
    !marksOf(since).some((mark) => marks.includes(mark))
  );
}

const marksOf = (calls: readonly NumberCall[]): string[] =>
  calls.flatMap(({ mark }) => (mark === undefined ? [] : [mark]));
