import { errorFacts } from '../ports/error-facts.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Logger } from '../ports/logger.ts';
import { someAtOnce } from '../ports/some-at-once.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import { readNumber, type ReadNumberDeps } from './read-number.ts';
import { unreadReason } from './unread-reason.ts';

/** What reading numbers in the background is made of. */
export interface ReadNumbersDeps extends ReadNumberDeps {
  logger: Logger;
  /** When it is aborted no further number is read, and calls are cut off. */
  signal: AbortSignal;
}

/** So that ten thousand numbers that are due together are read within an hour, and not within a minute. */
const most = { atOnce: 4, perTurn: 25 } as const;

/**
 * Reads a slice of the numbers whose time has come. What fails for one of them is kept with it, and stops no other.
 *
 * @throws StoreUnavailableError
 */
export function readNumbers(deps: ReadNumbersDeps): () => Promise<void> {
  const { store, clock, logger, signal } = deps;
  const read = readNumber(deps);
  return async () => {
    const due = await store.listNumbersToRead({ now: clock.now(), limit: most.perTurn });
    await someAtOnce(due, most.atOnce, signal, async (listed) => {
      // Another node, or an operator, may have read it in the meantime.
      const number = await store.findPhoneNumber(listed.phoneNumberId);
      if (number === undefined || number.leftAt !== undefined || number.nextReadAt !== listed.nextReadAt)
        return;
      await read(number).catch((error: unknown) => {
        if (error instanceof StoreUnavailableError) throw error;
        const { phoneNumberId, wabaId } = number;
        const facts = { phoneNumberId, wabaId, reason: unreadReason(error) };
        const message = 'a number in service could not be read; what is known of it stays';
        // In an outage that would be said of every number.
        if (error instanceof GraphError && error.retry !== 'never') logger.debug(message, facts);
        else if (error instanceof GraphError) {
          logger.warn(message, { ...facts, traceId: error.facts.traceId });
        } else logger.warn(message, { ...facts, ...errorFacts(error) });
      });
    });
  };
}

/** Numbers of live claims that an older version recorded, per statement. */
const mostMissing = 200;

/**
 * Notes numbers of live claims that servers of an older version recorded, slice by slice.
 *
 * @throws StoreUnavailableError
 */
export function noteMissing({
  store,
  clock,
  signal,
}: Pick<ReadNumbersDeps, 'store' | 'clock' | 'signal'>): () => Promise<void> {
  return async () => {
    while (!signal.aborted) {
      const noted = await store.noteMissingNumbers({ now: clock.now(), limit: mostMissing });
      if (noted < mostMissing) return;
    }
  };
}
