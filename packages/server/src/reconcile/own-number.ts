import type { AccountLease } from '../ports/accounts.ts';
import type { AccountNumber } from '../ports/graph.ts';

/** Words of Meta's for a number that is in service. */
const inService: ReadonlySet<string> = new Set(['CONNECTED', 'FLAGGED', 'RESTRICTED', 'RATE_LIMITED']);

/** Words for one that was in service, and is no more. */
const wasInService: ReadonlySet<string> = new Set(['DISCONNECTED', 'BANNED', 'DELETED', 'MIGRATED']);

/** Whether a number that Meta lists is there to be used, now or once it is registered. */
export const isStillThere = ({ status = '' }: AccountNumber): boolean => !wasInService.has(status);

/**
 * Whether a customer's own number is one that somebody must be found for. With a webhook it is, unless it is registered
 * here already; where Meta's list alone shows the account, it may be as old as the provider, so only a number that has never
 * been in service counts.
 */
export function isUnclaimedOwn(
  { status = '', platformType, onBusinessApp }: AccountNumber,
  { addedAt }: AccountLease,
): boolean {
  if (addedAt === undefined) return !inService.has(status) && !wasInService.has(status);
  const isRegistered = inService.has(status) && platformType === 'CLOUD_API';
  return !isRegistered || onBusinessApp === true;
}
