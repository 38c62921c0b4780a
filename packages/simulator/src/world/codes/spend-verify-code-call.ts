import { HOUR } from '../../clock/units.ts';
import type { Moment } from '../simulation.ts';

/** verify_code calls of one app (verify_code reference: 125 requests an hour for business use cases). */
export const VERIFY_CODE_LIMIT = { calls: 125, window: HOUR };

/** Counts a verify_code call of the app, whatever becomes of it. False when it is one too many; that one is not counted. */
export function spendVerifyCodeCall({ world, now }: Pick<Moment, 'world' | 'now'>): boolean {
  world.verifyCodeCalls = world.verifyCodeCalls.filter((at) => at > now - VERIFY_CODE_LIMIT.window);
  if (world.verifyCodeCalls.length >= VERIFY_CODE_LIMIT.calls) return false;
  world.verifyCodeCalls.push(now);
  return true;
}
