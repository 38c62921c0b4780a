import type { AccountLease } from '../ports/accounts.ts';
import type { Claim } from '../ports/records.ts';
import type { ReconcileDeps } from './deps.ts';
import { isHistory, isOver } from './standing-claims.ts';

/** The session under which a claim is recovered, and its claim: the one that is there, or the id of a new one. */
export interface ClaimPlace {
  sessionId: string;
  claimId: string;
}

/** How often a number may come, go, and come back. */
const most = 20;

/**
 * A session id for a claim that no session brought: the same for the same cause each time, so that nothing is opened twice.
 *
 * @param base such as `orphan:<account>:<number>`
 * @param customerId whose the claim is to be; `''` for an orphan
 * @returns `undefined` when there is a claim already that stands, whosever it became
 */
export function madeUpSession({ store, random }: Pick<ReconcileDeps, 'store' | 'random'>) {
  return async (lease: AccountLease, base: string, customerId: string): Promise<ClaimPlace | undefined> => {
    for (let count = 1; count <= most; count += 1) {
      const sessionId = count === 1 ? base : `${base}:${count}`;
      const claim: Claim | undefined = await store.findClaimOfSession(sessionId);
      if (claim === undefined) return { sessionId, claimId: random.id() };
      if (isOver(claim) && isHistory(claim, lease)) continue;
      return isOver(claim) || claim.customerId !== customerId ? undefined : { sessionId, claimId: claim.id };
    }
    return undefined;
  };
}
