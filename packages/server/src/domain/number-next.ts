import { day } from './durations.ts';
import {
  expiryOf,
  expiryStages,
  isOurs,
  numberState,
  numberTimes,
  renewableFrom,
  type NumberFacts,
} from './number-lifecycle.ts';
import { droppedAt } from './number-warnings.ts';

/**
 * What happens to a number next if nobody does anything: `renewable` — it can be verified anew; `warning` — the host is told
 * that the verification ends; `lapses` — it ends; `unverified_warning` — the host is told that Meta drops it; `dropped` —
 * Meta does. `at` is in milliseconds UTC.
 */
export interface NumberNext {
  what: 'renewable' | 'warning' | 'lapses' | 'unverified_warning' | 'dropped';
  at: number;
}

/**
 * What happens next, after `now`. `undefined`: nothing that is known. A number of another business cannot be verified anew by
 * us, and that Meta drops it is told by them.
 *
 * @param businessId our own portfolio
 */
export function nextOf(facts: NumberFacts, now: number, businessId: string): NumberNext | undefined {
  const state = numberState(facts, now);
  const ours = isOurs(facts, businessId);
  if (state === 'unverified') {
    const dropped = droppedAt(facts, now) ?? now;
    const warned = dropped - numberTimes.unverified + numberTimes.unverifiedWarning;
    return first(now, [...(ours ? [['unverified_warning', warned] as const] : []), ['dropped', dropped]]);
  }
  if (state !== 'free' && state !== 'held') return undefined;
  const renewable = ours ? renewableFrom(facts) : undefined;
  const expiry = expiryOf(facts);
  return first(now, [
    ...(renewable === undefined ? [] : [['renewable', renewable] as const]),
    ...(expiry === undefined
      ? []
      : expiryStages.map((days) => [days === 0 ? 'lapses' : 'warning', expiry - days * day] as const)),
  ]);
}

/** @param moments in the order of their times */
function first(
  now: number,
  moments: readonly (readonly [NumberNext['what'], number])[],
): NumberNext | undefined {
  const next = moments.find(([, at]) => at > now);
  return next && { what: next[0], at: next[1] };
}
