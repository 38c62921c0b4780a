import type { Transaction } from 'kysely';
import type { AccountLease } from '../../ports/accounts.ts';
import type { RecoveryStore } from '../../ports/recovery-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { AccountRow } from '../account-tables.ts';
import type { Tables } from '../tables.ts';
import { leaseEnd } from '../work/lease-work.ts';
import { removedNumbers } from './record-webhook.ts';

/** Takes accounts that are to be looked at, as `lease-work.ts` takes claims. */
export async function leaseAccounts(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { now, limit }: { now: number; limit: number },
): Promise<AccountLease[]> {
  const { engine, scope } = deps;
  const rows = await trx
    .with('due', (db) =>
      db
        .selectFrom('signup_accounts')
        .select('waba_id')
        .where('app_id', '=', scope.appId)
        .where('business_id', '=', scope.businessId)
        .where('run_at', '<=', now)
        .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', engine.databaseNow)]))
        .orderBy('run_at')
        .limit(limit)
        .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked()),
    )
    .updateTable('signup_accounts')
    .set((eb) => ({ lease_until: leaseEnd(deps), fence: eb('fence', '+', 1), looks: eb('looks', '+', 1) }))
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('waba_id', 'in', (eb) => eb.selectFrom('due').select('due.waba_id'))
    .returningAll()
    .execute();
  return rows.map(toLease);
}

function toLease(row: AccountRow): AccountLease {
  return {
    wabaId: row.waba_id,
    ownerBusinessId: row.owner_business_id ?? undefined,
    foundAt: row.found_at,
    addedAt: row.added_at ?? undefined,
    removedAt: row.removed_at ?? undefined,
    removedNumbers: Object.entries(removedNumbers(row)).map(([phoneNumber, at]) => ({ phoneNumber, at })),
    settledAt: row.settled_at ?? undefined,
    looks: row.looks,
    fence: row.fence,
    wakes: row.wakes,
  };
}

/** The account of a lease, locked, if the lease still holds. */
export function leasedAccount(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  lease: AccountLease,
): Promise<AccountRow | undefined> {
  return trx
    .selectFrom('signup_accounts')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('waba_id', '=', lease.wabaId)
    .where('fence', '=', lease.fence)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
}

/** Begins a lease anew, if it still holds. */
export async function renewAccount(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  lease: AccountLease,
): Promise<boolean> {
  const { numUpdatedRows } = await updateLeased(trx, deps, lease)
    .set({ lease_until: leaseEnd(deps) })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends a look. What was heard during it is looked at next. */
export async function finishAccount(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { lease, now, lookAgainAt, settled }: Parameters<RecoveryStore['finishAccount']>[0],
): Promise<boolean> {
  const account = await leasedAccount(trx, deps, lease);
  if (account === undefined) return false;
  const hasNews = account.wakes !== lease.wakes;
  await updateLeased(trx, deps, lease)
    .set({
      lease_until: null,
      // News of an account that was added has a time of its own, after the browser's.
      run_at: hasNews ? Math.max(now, account.run_at ?? now) : (lookAgainAt ?? null),
      settled_at: settled && !hasNews ? now : null,
    })
    .execute();
  return true;
}

function updateLeased(trx: Transaction<Tables>, { scope }: QueryDeps, lease: AccountLease) {
  return trx
    .updateTable('signup_accounts')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('waba_id', '=', lease.wabaId)
    .where('fence', '=', lease.fence);
}
