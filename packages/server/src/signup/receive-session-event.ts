import type { SessionEventRequest } from '@embedded-signup-kit/protocol';
import { durations } from '../domain/durations.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { SessionClaims } from '../ports/session-tokens.ts';
import type { Store } from '../ports/store.ts';

/** What receiving an event is made of. */
export interface ReceiveSessionEventDeps {
  store: Store;
  clock: Clock;
  random: Random;
}

/**
 * Keeps an event of the session log that is no finish. After CANCEL the numbers are freed soon, not at once: Meta's
 * popup stays open, and the customer may still go through with it.
 *
 * @throws StoreUnavailableError
 */
export function receiveSessionEvent({ store, clock, random }: ReceiveSessionEventDeps) {
  return async (session: SessionClaims, { event, data }: SessionEventRequest): Promise<void> => {
    const at = clock.now();
    // `error_id` is what older pages of Meta's call `error_code`.
    const errorCode = data?.error_code ?? data?.error_id;
    await store.recordSessionEvent({
      id: random.id(),
      sessionId: session.id,
      at,
      event,
      step: data?.current_step,
      errorCode: errorCode === undefined ? undefined : String(errorCode),
      errorMessage: data?.error_message,
      metaSessionId: data?.session_id,
      holdUntil: event === 'CANCEL' ? at + durations.holdAfterCancel : undefined,
    });
  };
}
