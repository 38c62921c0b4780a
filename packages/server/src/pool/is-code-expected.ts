import { notSent } from '../domain/number-call-budgets.ts';
import { textTime } from '../domain/text-time.ts';
import type { NumberCall } from '../ports/pool-store.ts';

/** How many codes that came by text are handed in for each one that was asked for: anybody can write a text. */
const mostTexts = 2;

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
  const handedIn = calls
    .slice(0, asked)
    .filter(
      ({ kind, outcome, reason }) => kind === 'verify_code' && !(outcome === 'refused' && reason === notSent),
    );
  const byText = handedIn.flatMap(({ mark }) => (mark === undefined ? [] : [mark]));
  return (
    !handedIn.some(({ outcome }) => outcome === 'done') &&
    byText.length < mostTexts &&
    !byText.some((mark) => marks.includes(mark))
  );
}
