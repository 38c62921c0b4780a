import type { Transaction } from 'kysely';
import { comparableDigits } from '../../domain/number-match.ts';
import { second } from '../../domain/durations.ts';
import type { AccountLease } from '../../ports/accounts.ts';
import { changeClaim } from '../claims/change-claim.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { leasedAccount } from './lease-accounts.ts';

/** Ends the claims on an account that was removed, and on numbers that left it: those that were proven before. */
export async function endAccount(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { lease, now }: { lease: AccountLease; now: number },
): Promise<number | undefined> {
  const account = await leasedAccount(trx, deps, lease);
  if (account === undefined) return undefined;
  const claims = await trx
    .selectFrom('signup_claims')
    .selectAll()
    .where('app_id', '=', deps.scope.appId)
    .where('business_id', '=', deps.scope.businessId)
    .where('waba_id', '=', lease.wabaId)
    .where('live', '=', 1)
    .orderBy('id')
    .$if(deps.engine.kind === 'postgres', (query) => query.forUpdate())
    .execute();
  const left = claims.filter((claim) => hasLeft(claim, lease));
  for (const claim of left) {
    await changeClaim(trx, deps, claim, {
      now,
      event: 'ended',
      reason: {
        code: 'partner_removed',
        message:
          'Meta says that this account, or its number, left the provider. The customer can sign up again.',
      },
      history: { what: 'left the provider', who: 'meta', reason: 'partner_removed', traceId: undefined },
    });
    await trx
      .deleteFrom('signup_work')
      .where('kind', '=', 'claim')
      .where('claim_id', '=', claim.id)
      .execute();
  }
  // Only what this look has seen: another number may have left since.
  const open = lease.wakes === account.wakes ? '{}' : account.removed_numbers;
  await trx
    .updateTable('signup_accounts')
    .set({ removed_numbers: open })
    .where('app_id', '=', account.app_id)
    .where('business_id', '=', account.business_id)
    .where('waba_id', '=', account.waba_id)
    .execute();
  return left.length;
}

function hasLeft(claim: ClaimRow, { removedAt, removedNumbers }: AccountLease): boolean {
  const numberLeft = removedNumbers
    .filter(({ phoneNumber }) => comparableDigits(phoneNumber) === claim.digits)
    .map(({ at }) => at);
  const times = [...(removedAt === undefined ? [] : [removedAt]), ...numberLeft];
  // Meta counts in whole seconds: what was proven in that second was proven before.
  return times.some((at) => (claim.proven_at ?? 0) < at + second);
}
