import { HOUR, MINUTE } from '../../clock/units.ts';
import type { Delivery } from '../../world/webhook-state.ts';

const LONGEST = 12 * HOUR;

/**
 * How long to wait after so many failed attempts, in ms: a minute, and twice as long each time up to twelve hours.
 * Meta says only that the attempts become rarer.
 */
export function retryPause(attempts: number): number {
  return Math.min(MINUTE * 2 ** (attempts - 1), LONGEST);
}

/** Whether a delivery is not tried any more at `now` (ms, UTC); `hours` is `webhookRetryHours`. */
export function isTooOld({ createdAt }: Pick<Delivery, 'createdAt'>, now: number, hours: number): boolean {
  return now > createdAt + hours * HOUR;
}
