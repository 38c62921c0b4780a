import { minute, second } from '../domain/durations.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import type { Logger } from '../ports/logger.ts';

/** What a database's clock is read with. */
export interface DatabaseClockDeps {
  /** The machine's own clock. */
  machine: Clock;
  timer: Timer;
  logger: Logger;
  /** What the database's clock says, milliseconds UTC; `undefined` when that is the machine's. */
  readDatabase: () => Promise<number | undefined>;
}

/** A clock that goes by the database's. */
export interface DatabaseClock extends Clock {
  /** Measures by how much the machine's clock is off. What cannot be measured now stays as it was. */
  measure(): Promise<void>;
  /** Measures again and again. */
  watch(): void;
  stop(): void;
}

/** Clocks drift by milliseconds a minute. */
const measureEvery = minute;

/** Below this, a difference says more about the network than about the clock. Milliseconds. */
const noise = 500;

/** Somebody should look at the machine's clock from here on. Milliseconds. */
const worthSaying = 5 * second;

/**
 * One clock for all nodes of a database: the machine's, put right by the database's. A code lives 30 seconds, and the node
 * that exchanges it need not be the one that took it.
 */
export function databaseClock({ machine, timer, logger, readDatabase }: DatabaseClockDeps): DatabaseClock {
  let offset = 0;
  let next: { cancel(): void } | undefined;
  let isStopped = false;

  const measure = async (): Promise<void> => {
    try {
      const before = machine.now();
      const database = await readDatabase();
      if (database === undefined) return;
      const measured = database - (before + machine.now()) / 2;
      if (Math.abs(measured - offset) < noise) return;
      if (Math.abs(measured) >= worthSaying) {
        const seconds = Math.round(measured / second);
        logger.warn('this machine’s clock is not the database’s, which is used; set it by NTP', { seconds });
      }
      offset = Math.abs(measured) < noise ? 0 : Math.round(measured);
    } catch (error) {
      logger.debug('the database’s clock could not be read', errorFacts(error));
    }
  };
  const watch = () => {
    if (isStopped) return;
    next = timer.after(measureEvery, () => void measure().finally(watch));
  };
  return {
    now: () => machine.now() + offset,
    measure,
    watch,
    stop: () => {
      isStopped = true;
      next?.cancel();
    },
  };
}
