import { createClaimRunners } from './run-claim.ts';
import { createPopupRunners } from './run-popup.ts';
import type { LateEffects, Runners, SignupContext } from './signup-context.ts';

/**
 * All that is needed from the first press on. A page paints and opens its session without it; it is loaded beside
 * the Facebook SDK, and the button waits for both.
 */
export function createLateRunners(context: SignupContext): Runners<LateEffects> {
  return { ...createPopupRunners(context), ...createClaimRunners(context) };
}
