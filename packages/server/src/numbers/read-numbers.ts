import { minute, second } from '../domain/durations.ts';
import { errorFacts } from '../ports/error-facts.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Logger } from '../ports/logger.ts';
import type { MissingNumbersCursor, PhoneNumberRecord } from '../ports/numbers-store.ts';
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

/**
 * Calls at once: together with claims, accounts and the pool they stay below the connections of the Graph client. After each
 * slice it is looked anew what is most urgent. So ten thousand numbers that are due together are read within half an hour.
 */
const most = { atOnce: 4, perSlice: 25, perTurn: 100 } as const;

/** How long a turn lasts before another chore of its kind may have one. Milliseconds. */
const longestTurn = 5 * second;

/** For how long the numbers of a slice are this process's alone; after a crash they are due again then. Milliseconds. */
const lease = 5 * minute;

/** No call to Meta lasts longer, all its attempts together: what is begun later than that before the end may end after it. */
const longestCall = minute;

/**
 * Reads numbers whose time has come, slice by slice while there are many. What fails for one of them is kept with it, and stops
 * no other.
 *
 * @throws StoreUnavailableError
 */
export function readNumbers(deps: ReadNumbersDeps): () => Promise<void> {
  const { store, clock, signal } = deps;
  const readOne = readDue(deps);
  return async () => {
    const begun = clock.now();
    for (let read = 0; read < most.perTurn;) {
      const now = clock.now();
      const due = await store.takeNumbersToRead({ now, limit: most.perSlice, until: now + lease });
      read += due.length;
      let refused = 0;
      await someAtOnce(due, most.atOnce, signal, async (taken) => {
        if ((await readOne(taken)) === 'not now') refused += 1;
      });
      // In an outage, or while Meta has us wait, there is no hurry.
      const isOutage = refused * 2 > due.length;
      if (due.length < most.perSlice || isOutage || signal.aborted) return;
      if (clock.now() - begun >= longestTurn) return;
    }
  };
}

/** Reads one that was taken. `not now`: Meta could not be reached, or asked for another try. */
function readDue(deps: ReadNumbersDeps) {
  const { store, clock, logger } = deps;
  const read = readNumber(deps);
  return async (taken: PhoneNumberRecord): Promise<'done' | 'not now'> => {
    // Those before it in the slice may have taken long.
    if (clock.now() > taken.nextReadAt - longestCall) return 'done';
    const number = await store.findPhoneNumber(taken.phoneNumberId);
    if (number === undefined || !isStillTaken(number, taken)) return 'done';
    try {
      await read(number);
      return 'done';
    } catch (error) {
      if (error instanceof StoreUnavailableError) throw error;
      const { phoneNumberId, wabaId } = number;
      const facts = { phoneNumberId, wabaId, reason: unreadReason(error) };
      const message = 'a number in service could not be read; what is known of it stays';
      // In an outage that would be said of every number.
      if (error instanceof GraphError && error.retry !== 'never') {
        logger.debug(message, facts);
        return 'not now';
      }
      if (error instanceof GraphError) logger.warn(message, { ...facts, traceId: error.facts.traceId });
      else logger.warn(message, { ...facts, ...errorFacts(error) });
      return 'done';
    }
  };
}

/** Whether nobody has asked Meta in the meantime, or is about to. News may have come: it is the same read that it waits for. */
const isStillTaken = (number: PhoneNumberRecord, taken: PhoneNumberRecord): boolean =>
  number.leftAt === undefined &&
  number.nextReadAt <= taken.nextReadAt &&
  number.readAt === taken.readAt &&
  number.problem?.at === taken.problem?.at;

/** Rows that are looked at per statement: a few milliseconds. */
const perLook = 200;

/**
 * Notes numbers of live claims that servers of an older version recorded, and that others have left: one round, slice by slice.
 *
 * @throws StoreUnavailableError
 */
export function noteMissing({
  store,
  clock,
  signal,
}: Pick<ReadNumbersDeps, 'store' | 'clock' | 'signal'>): () => Promise<void> {
  return async () => {
    let after: MissingNumbersCursor | undefined;
    do {
      ({ next: after } = await store.noteMissingNumbers({ now: clock.now(), limit: perLook, after }));
    } while (after !== undefined && !signal.aborted);
  };
}
