import { createHash } from 'node:crypto';
import type { ClaimRequest } from '@embedded-signup-kit/protocol';
import { codeCell } from '../domain/cells.ts';
import { durations } from '../domain/durations.ts';
import type { Cipher } from '../ports/cipher.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { SessionClaims } from '../ports/session-tokens.ts';
import type { RecordedClaim } from '../ports/intake.ts';
import type { Store } from '../ports/store.ts';

/** What receiving a claim is made of. */
export interface ReceiveClaimDeps {
  store: Store;
  cipher: Cipher;
  clock: Clock;
  random: Random;
  /** The app that the codes are for. */
  appId: string;
  /** Told once the claim is on disk, so that its code is exchanged while it lives. Must not wait. */
  wake: (claimId: string) => void;
}

/**
 * Takes the event, or the code, or both, of one launch. Resolves once it is on disk; what follows is a worker's.
 * Nothing in it is believed yet: the ids are kept as hearsay until Meta confirms them.
 *
 * @throws StoreUnavailableError
 */
export function receiveClaim({ store, cipher, clock, random, appId, wake }: ReceiveClaimDeps) {
  return async (session: SessionClaims, request: ClaimRequest): Promise<RecordedClaim> => {
    const now = clock.now();
    const { code } = request;
    const recorded = await store.recordClaim({
      id: random.id(),
      workId: random.id(),
      sessionId: session.id,
      customerId: session.customerId,
      now,
      event: request.event,
      eventData: request.data ?? {},
      sealedCode: code === undefined ? undefined : await cipher.seal(code, codeCell(session.id)),
      codeMark: code === undefined ? undefined : markOf(code, appId),
      redirectUri: request.redirectUri,
      runAt: code === undefined ? now + durations.code : now,
    });
    if (recorded.outcome !== 'repeated') wake(recorded.claim.id);
    return recorded;
  };
}

/**
 * Tells one code from another without keeping it: codes are long, random, and dead after 30 seconds. Not keyed, because
 * nodes that are in the middle of a rotation of secrets must make the same mark.
 */
function markOf(code: string, appId: string): string {
  return createHash('sha256').update(`embedded-signup-kit/code/${appId}/${code}`).digest('base64url');
}
