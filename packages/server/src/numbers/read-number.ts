import { day, hour, minute, second } from '../domain/durations.ts';
import type { Graph } from '../ports/graph.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { PhoneNumberRecord } from '../ports/numbers-store.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import type { NumbersDeps } from './deps.ts';
import { ownedNumber } from './owned-number.ts';
import { PhoneNumberError } from './phone-number-errors.ts';
import { unreadReason } from './unread-reason.ts';

/** What reading a number is made of. */
export interface ReadNumberDeps extends Pick<NumbersDeps, 'store' | 'cipher' | 'clock'> {
  graph: Pick<Graph, 'describeNumber'>;
  /** When it is aborted calls are cut off, which says nothing of the number. */
  signal?: AbortSignal;
}

/** Milliseconds. */
const waits = {
  /** After the first failure; twice as long each time. */
  first: 15 * minute,
  longest: day,
  /** Numbers that were read at the same time are not read at the same time the next day. */
  jitter: 2 * hour,
} as const;

/**
 * Reads a number from Meta with its owner's token, and keeps what was found, or why nothing was; and when to read it next.
 *
 * @throws PhoneNumberMissingError, PhoneNumberLeftError, GraphError, CipherError; that is kept
 * @throws StoreUnavailableError
 */
export function readNumber({ graph, store, cipher, clock, signal }: ReadNumberDeps) {
  return async (number: PhoneNumberRecord): Promise<void> => {
    const { phoneNumberId, wakes: seen, failures } = number;
    const askedAt = clock.now();
    try {
      const { token } = await ownedNumber({ store, cipher }, phoneNumberId);
      const read = await graph.describeNumber(phoneNumberId, token);
      const nextReadAt = askedAt + day - jitterOf(phoneNumberId);
      await store.keepNumberRead({ phoneNumberId, askedAt, ...read, nextReadAt, seen });
    } catch (error) {
      if (error instanceof StoreUnavailableError || signal?.aborted === true) throw error;
      // What has left is read no more, so nothing is to be said of it.
      if (error instanceof PhoneNumberError && number.leftAt !== undefined) throw error;
      const now = clock.now();
      const nextReadAt = now + waitAfter(error, { failures, now, phoneNumberId });
      await store.keepNumberUnread({
        phoneNumberId,
        askedAt,
        reason: unreadReason(error),
        nextReadAt,
        seen,
      });
      throw error;
    }
  };
}

/** How long to wait after a failure. Milliseconds. */
function waitAfter(
  error: unknown,
  { failures, now, phoneNumberId }: { failures: number; now: number; phoneNumberId: string },
): number {
  const daily = day - jitterOf(phoneNumberId);
  if (error instanceof PhoneNumberError) return daily;
  if (error instanceof GraphError) {
    // Each try costs a call, and it is people who must do something.
    if (error.kind === 'not_found' || error.kind === 'permission') return daily;
    if (error.retryAt !== undefined) {
      return Math.min(Math.max(error.retryAt - now, minute), waits.longest) + jitterOf(phoneNumberId) / 60;
    }
  }
  return Math.min(waits.first * 2 ** Math.min(failures, 20), waits.longest);
}

/** The same each time for one number. Milliseconds. */
const jitterOf = (phoneNumberId: string): number =>
  ((Number(phoneNumberId.slice(-5)) || 0) * second) % waits.jitter;
