import type { Transaction } from 'kysely';
import { comparableDigits } from '../../domain/number-match.ts';
import type { AccountLease } from '../../ports/accounts.ts';
import type { RecoveryStore } from '../../ports/recovery-store.ts';
import { changeClaim } from '../claims/change-claim.ts';
import { lockNumbers } from '../phone-numbers/known-number.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { leasedAccount } from './lease-accounts.ts';

/** Ends the claims on an account that was removed, and on numbers that left it, unless Meta still shows their numbers. */
export async function endAccount(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { lease, now, kept, isLast }: Parameters<RecoveryStore['endAccount']>[0],
): Promise<number | undefined> {
  // Claims are locked before anything else, as everybody does.
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
  const account = await leasedAccount(trx, deps, lease);
  if (account === undefined) return undefined;
  const left = claims.filter((claim) => hasLeft(claim, lease, kept));
  // A webhook about this account may be recorded at this moment: that locks them in this order, and not in that of the claims.
  const numbers = left.flatMap(({ phone_number_id }) => phone_number_id ?? []);
  await lockNumbers(trx, deps, numbers);
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
  if (isLast && lease.wakes === account.wakes) {
    await trx
      .updateTable('signup_accounts')
      .set({ removed_numbers: '{}' })
      .where('app_id', '=', account.app_id)
      .where('business_id', '=', account.business_id)
      .where('waba_id', '=', account.waba_id)
      .execute();
  }
  return left.length;
}

function hasLeft(claim: ClaimRow, lease: AccountLease, kept: readonly string[]): boolean {
  if (claim.phone_number_id !== null && kept.includes(claim.phone_number_id)) return false;
  return (
    lease.removedAt !== undefined ||
    lease.removedNumbers.some(({ phoneNumber }) => comparableDigits(phoneNumber) === claim.digits)
  );
}
