import { minute, second } from '../domain/durations.ts';
import type { Clock } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Logger } from '../ports/logger.ts';
import type { RecoveryStore } from '../ports/recovery-store.ts';
import type { Chore } from './chores.ts';

/** What taking turns is made of. */
export interface InTurnsDeps {
  store: Pick<RecoveryStore, 'takeTurn' | 'returnTurn'>;
  clock: Clock;
  logger: Logger;
  /** The same on every node, and no other chore's. */
  name: string;
}

/** After a failure, twice as long each time. Milliseconds. */
const backOff = { first: 15 * second, longest: 15 * minute } as const;

/**
 * Has a chore run once in each period, by whichever node comes first, or soon again when it failed. Who calls it while this
 * node is at it waits for the same run.
 *
 * @param period milliseconds
 */
export function inTurns(period: number, deps: InTurnsDeps, chore: Chore): Chore {
  const { store, clock, logger, name } = deps;
  /** The period that is dealt with: a clock that is set back begins another one. */
  let done = Number.NaN;
  let retry: { at: number; since: number } | undefined;
  let failures = 0;
  let running: Promise<void> | undefined;

  const giveBack = async (slot: number): Promise<void> => {
    try {
      await store.returnTurn({ name, slot });
    } catch (error) {
      // Then nobody has it before the next period.
      logger.warn('a turn could not be given back', { name, ...errorFacts(error) });
    }
  };
  const runOnce = async (): Promise<void> => {
    const slot = Math.floor(clock.now() / period);
    let isMine = false;
    try {
      isMine = await store.takeTurn({ name, slot });
      if (isMine) await chore();
      failures = 0;
      retry = undefined;
      done = slot;
    } catch (error) {
      const wait = Math.min(period, backOff.longest, backOff.first * 2 ** Math.min(failures, 20));
      failures += 1;
      const retryAt = error instanceof GraphError ? (error.retryAt ?? 0) : 0;
      const now = clock.now();
      retry = { at: Math.max(retryAt, now + wait), since: now };
      const reason = error instanceof GraphError ? error.reason : undefined;
      logger.warn('a chore failed; it is tried again', { name, reason, ...errorFacts(error) });
      // Another node may be luckier.
      if (isMine) await giveBack(slot);
    }
  };
  return () => {
    const now = clock.now();
    const waits = retry !== undefined && now >= retry.since && now < retry.at;
    if (waits || (retry === undefined && Math.floor(now / period) === done)) {
      return running ?? Promise.resolve();
    }
    running ??= runOnce().finally(() => (running = undefined));
    return running;
  };
}
