import { day } from './durations.ts';
import {
  expiryOf,
  expiryStages,
  numberState,
  numberTimes,
  type ExpiryStage,
  type NumberFacts,
} from './number-lifecycle.ts';

/** What the host was told of a number. Times in milliseconds UTC. */
export interface NumberTold {
  /** The end of the verification that was told of last, and at which stage. */
  toldExpiry: number | undefined;
  toldStage: ExpiryStage | undefined;
  toldUnverifiedAt: number | undefined;
}

/** An end of a verification, and the newest stage before it that was reached. */
export interface DueExpiry {
  /** Milliseconds UTC. */
  expiresAt: number;
  stage: ExpiryStage;
}

/**
 * The stage before the end of its verification that a number has reached: only the newest one, so that a number that is seen
 * late is told of once. `undefined`: none yet, or nobody knows when the verification ends.
 */
export function expiryDue(facts: NumberFacts, now: number): DueExpiry | undefined {
  const state = numberState(facts, now);
  const expiresAt = expiryOf(facts);
  if (expiresAt === undefined || state === 'claimed' || state === 'gone') return undefined;
  // Meta's word that it is over counts, whatever time it names.
  if (state === 'lapsed') return { expiresAt, stage: 0 };
  const stage = expiryStages.findLast((days) => now >= expiresAt - days * day);
  return stage === undefined ? undefined : { expiresAt, stage };
}

/**
 * What the host is to be told of the end of a verification now. Each stage is told once for each end, and never one before the
 * last.
 *
 * @param renewsItself a code is asked for by itself: the first stage is then nobody's business
 */
export function expiryToTell(
  facts: NumberFacts,
  told: NumberTold,
  now: number,
  renewsItself: boolean,
): DueExpiry | undefined {
  const due = expiryDue(facts, now);
  if (due === undefined || (renewsItself && due.stage === expiryStages[0])) return undefined;
  const last = told.toldExpiry === due.expiresAt ? told.toldStage : undefined;
  return last === undefined || due.stage < last ? due : undefined;
}

/** How long a number may wait for its code to be asked for before the host is told all the same. Milliseconds. */
const patience = day;

/**
 * Until when the host need not be told of a number that only waits for its turn to have a code asked for, milliseconds UTC: a
 * day from when there was something to tell, or from Meta's last news of the number, and not beyond the next stage.
 *
 * @param expiry the end that the host is to be told of; `undefined`: that the number is dropped
 * @param next when the next stage is reached
 */
export function mayWaitUntil(
  facts: NumberFacts & { syncedAt: number },
  expiry: DueExpiry | undefined,
  next: number | undefined,
  now: number,
): number {
  const first =
    expiry === undefined
      ? facts.firstSeenAt + numberTimes.unverifiedWarning
      : expiry.expiresAt - expiryStages[1] * day;
  const since = Math.max(...[first, facts.syncedAt].filter((time) => time <= now));
  return Math.min(since + patience, next ?? Number.POSITIVE_INFINITY);
}

/** When Meta drops a number that was never verified, milliseconds UTC; `undefined`: it does not. */
export function droppedAt(facts: NumberFacts, now: number): number | undefined {
  return numberState(facts, now) === 'unverified' ? facts.firstSeenAt + numberTimes.unverified : undefined;
}

/**
 * When Meta drops the number, if the host is to be told of that now. A number of which an end was told was verified once, even
 * where Meta says so no more: it stays in the pool.
 */
export function dropToTell(facts: NumberFacts, told: NumberTold, now: number): number | undefined {
  const at = droppedAt(facts, now);
  if (at === undefined || told.toldUnverifiedAt !== undefined || told.toldExpiry !== undefined)
    return undefined;
  return now >= facts.firstSeenAt + numberTimes.unverifiedWarning ? at : undefined;
}
