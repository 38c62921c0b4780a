import type { Transaction } from 'kysely';
import { day } from '../../domain/durations.ts';
import type { RecoveryStore } from '../../ports/recovery-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { newAccount } from './record-webhook.ts';

/** How long Meta may go on listing an account that it said was removed. Milliseconds. */
const listLags = day;

/** Keeps accounts that Meta lists. Those that are news to us are to be looked at now. */
export async function noteAccounts(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { now, accounts }: Parameters<RecoveryStore['noteAccounts']>[0],
): Promise<{ unknown: number }> {
  if (accounts.length === 0) return { unknown: 0 };
  const rows = accounts
    .map(({ wabaId, ownerBusinessId, lookAt }) => ({
      ...newAccount(wabaId, deps, now),
      owner_business_id: ownerBusinessId ?? null,
      run_at: lookAt,
    }))
    .toSorted((a, b) => (a.waba_id < b.waba_id ? -1 : 1));
  const fresh = await trx
    .insertInto('signup_accounts')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['app_id', 'business_id', 'waba_id'])
        // Without its owner Meta could not be asked for the account's token.
        .doUpdateSet((eb) => ({ owner_business_id: eb.ref('excluded.owner_business_id') }))
        .where('signup_accounts.owner_business_id', 'is', null),
    )
    .returning(['fence', 'looks', 'found_at', 'wakes'])
    .execute();
  const unknown = fresh.filter((row) => row.found_at === now && row.fence + row.looks + row.wakes === 0);
  // Removed, and listed again long after: its webhook got lost.
  const back = await trx
    .updateTable('signup_accounts')
    .set((eb) => ({
      removed_at: null,
      found_at: now,
      run_at: now,
      looks: 0,
      settled_at: null,
      wakes: eb('wakes', '+', 1),
    }))
    .where('app_id', '=', deps.scope.appId)
    .where('business_id', '=', deps.scope.businessId)
    .where(
      'waba_id',
      'in',
      accounts.map(({ wabaId }) => wabaId),
    )
    .where('removed_at', '<', now - listLags)
    .where((eb) => eb.or([eb('added_at', 'is', null), eb('added_at', '<=', eb.ref('removed_at'))]))
    .executeTakeFirst();
  return { unknown: unknown.length + Number(back.numUpdatedRows) };
}
