import { nextLook } from '../domain/look-times.ts';
import type { AccountLease } from '../ports/accounts.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { ReconcileDeps } from './deps.ts';
import type { LookEnd } from './look-end.ts';
import { isStillThere } from './own-number.ts';
import type { ReadAccount } from './read-account.ts';

/**
 * Ends what left with an account, or with a number of it. A webhook may come late, and its time is by another clock than
 * ours: so what Meta shows decides. What it still shows may be a list that lags, so it is looked at again for a while.
 *
 * @returns how the look ends by that; `undefined`: the account is still ours, so the look goes on
 */
export function leaveAccount({ store }: Pick<ReconcileDeps, 'store'>) {
  return async (
    lease: AccountLease,
    account: ReadAccount | GraphError,
    now: number,
  ): Promise<LookEnd | undefined> => {
    const { addedAt = 0, removedAt, removedNumbers, settledAt } = lease;
    // A refusal because of our own token says nothing about the account.
    const isGone = account instanceof GraphError && account.kind !== 'auth';
    if (account instanceof GraphError && !isGone) throw account;
    const kept =
      account instanceof GraphError ? [] : account.numbers.filter(isStillThere).map(({ id }) => id);
    const isUndecided = removedNumbers.length > 0 || (removedAt !== undefined && removedAt >= addedAt);
    const since = Math.max(lease.foundAt, removedAt ?? 0, ...removedNumbers.map(({ at }) => at));
    const lookAgainAt =
      isGone || !isUndecided || settledAt !== undefined
        ? undefined
        : nextLook({ looks: lease.looks, since, now });
    const ended = await store.endAccount({ lease, now, kept, isLast: lookAgainAt === undefined });
    if (ended === undefined) return 'fenced';
    if (lookAgainAt !== undefined) return { lookAgainAt, settled: false };
    return isGone && removedAt !== undefined && removedAt >= addedAt
      ? { lookAgainAt: undefined, settled: true }
      : undefined;
  };
}
