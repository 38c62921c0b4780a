import { EventMissingError } from './claim-errors.ts';
import type { ClaimsDeps } from './deps.ts';

/**
 * Has an event that was given up delivered once more, with a full day of tries.
 *
 * @throws EventMissingError, StoreUnavailableError
 */
export function redeliverEvent({ store, clock }: Pick<ClaimsDeps, 'store' | 'clock'>) {
  return async (eventId: string): Promise<void> => {
    if (!(await store.reviveHostEvent({ eventId, now: clock.now() }))) throw new EventMissingError();
  };
}
