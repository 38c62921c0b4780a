import { poolNumber } from '../world/numbers/number-lookup.ts';
import { verificationStatusOf, type PreverifiedNumber } from '../world/numbers/preverified-number.ts';
import type { World } from '../world/world.ts';

/** A pool number as the popup shows it. */
export interface OfferedNumber {
  readonly number: PreverifiedNumber;
  /** A lapsed number still appears, but asks for a code (pre-verified numbers guide). */
  readonly needsCode: boolean;
}

/**
 * Which of the `preVerifiedPhone.ids` the popup shows: unknown and claimed ones silently do not appear, and of
 * several only the first (pre-filled data page), unless told to show all.
 */
export function offeredNumbers(
  { world, now, showAll }: { world: World; now: number; showAll: boolean },
  ids: readonly string[],
): OfferedNumber[] {
  return [...new Set(showAll ? ids : ids.slice(0, 1))].flatMap((id) => {
    const number = poolNumber({ world, now }, id);
    if (number === undefined) return [];
    return [{ number, needsCode: verificationStatusOf(number, now) !== 'VERIFIED' }];
  });
}
