import type { ClaimHistoryEntry } from '../ports/records.ts';
import { existing } from './decide-on.ts';
import type { ClaimsDeps } from './deps.ts';

/**
 * Everything that happened to a claim, oldest first.
 *
 * @throws ClaimMissingError, StoreUnavailableError
 */
export function claimHistory({ store }: Pick<ClaimsDeps, 'store'>) {
  return async (claimId: string): Promise<ClaimHistoryEntry[]> => {
    await existing(store, claimId);
    return store.claimHistory(claimId);
  };
}
