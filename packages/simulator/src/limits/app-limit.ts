import type { Settings } from '../settings/settings.ts';
import type { Moment } from '../world/simulation.ts';
import { spendCallOf, type SpentCall } from './usage.ts';

/**
 * Counts a call that no account is charged for against the app's own limit. The documents give no figure for a
 * partner's app, so without `appCallsPerHour` nothing is counted and the answer is undefined.
 */
export function spendAppCall(
  { world, now }: Pick<Moment, 'world' | 'now'>,
  { appCallsPerHour }: Pick<Settings, 'appCallsPerHour'>,
): SpentCall | undefined {
  if (appCallsPerHour === Infinity) return undefined;
  return spendCallOf(world.appCalls, appCallsPerHour, now);
}
