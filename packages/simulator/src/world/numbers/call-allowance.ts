import { HOUR } from '../../clock/units.ts';

/** Calls of one kind on one number, as far as they still count. */
export interface CallAllowance {
  /** When they were made (ms, UTC). */
  calls: number[];
  /** End of the block after too many of them (ms, UTC); 0 when there was none. */
  blockedUntil: number;
}

/** Register calls, and separately deregister calls, per number in a moving window; also how long the block then lasts (registration page). */
export const REGISTER_LIMIT = { calls: 10, window: 72 * HOUR };

/** An allowance of which nothing is spent. */
export function freshAllowance(): CallAllowance {
  return { calls: [], blockedUntil: 0 };
}

/** How many calls count at `now` (ms, UTC). */
export function callsCounted({ calls }: CallAllowance, now: number): number {
  return calls.filter((at) => at > now - REGISTER_LIMIT.window).length;
}

/** Counts a call, whatever becomes of it. False when it is one too many, or the number is blocked already. */
export function spendCall(allowance: CallAllowance, now: number): boolean {
  if (now < allowance.blockedUntil) return false;
  allowance.calls = allowance.calls.filter((at) => at > now - REGISTER_LIMIT.window);
  if (allowance.calls.length >= REGISTER_LIMIT.calls) {
    allowance.blockedUntil = now + REGISTER_LIMIT.window;
    return false;
  }
  allowance.calls.push(now);
  return true;
}
