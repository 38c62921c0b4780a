import type { Transaction } from 'kysely';
import type { Store } from '../../ports/store.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { holdsLease } from './lease-work.ts';

type Input<Method extends keyof Store> = Parameters<Store[Method]>[0];
type Output<Method extends keyof Store> = Awaited<ReturnType<Store[Method]>>;

/** Marks the code as used and erases it. Whoever gets `spent` may send it, once. */
export async function spendCode(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { lease, now, notBefore, opened }: Input<'spendCode'>,
): Promise<Output<'spendCode'>> {
  if (!(await holdsLease(trx, deps, lease))) return 'fenced';
  const claim = await trx
    .selectFrom('signup_claims')
    .select(['sealed_code', 'code_mark', 'code_received_at', 'code_used_at'])
    .where('id', '=', lease.claimId)
    .executeTakeFirstOrThrow();
  if (claim.code_used_at !== null) return 'used';
  if (opened !== undefined && opened !== claim.sealed_code) return 'changed';
  const update = trx.updateTable('signup_claims').where('id', '=', lease.claimId);
  const mark = claim.code_mark ?? '';
  const twin = await trx
    .selectFrom('signup_spent_codes')
    .select('code_mark')
    .where('code_mark', '=', mark)
    .executeTakeFirst();
  const tooOld = (claim.code_received_at ?? 0) < notBefore;
  if (twin !== undefined || tooOld) {
    await update.set({ sealed_code: null, updated_at: now }).execute();
    return twin === undefined ? 'too_old' : 'used';
  }
  await trx
    .insertInto('signup_spent_codes')
    .values({ code_mark: mark, claim_id: lease.claimId, at: now })
    .execute();
  await update.set({ code_used_at: now, sealed_code: null, updated_at: now }).execute();
  return 'spent';
}

/** Keeps the token that the code was exchanged for. */
export async function keepToken(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { lease, now, sealedToken, expiresAt }: Input<'keepToken'>,
): Promise<boolean> {
  if (!(await holdsLease(trx, deps, lease))) return false;
  await trx
    .updateTable('signup_claims')
    .set({
      sealed_token: sealedToken ?? null,
      token_expires_at: expiresAt ?? null,
      token_at: sealedToken === undefined ? null : now,
      updated_at: now,
    })
    .where('id', '=', lease.claimId)
    .execute();
  return true;
}

/** Keeps a number's PIN unless it has one, and tells which one it has. */
export async function keepPin(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { lease, now, phoneNumberId, sealedPin }: Input<'keepPin'>,
): Promise<Output<'keepPin'>> {
  if (!(await holdsLease(trx, deps, lease))) return undefined;
  await trx
    .insertInto('signup_pins')
    .values({ phone_number_id: phoneNumberId, sealed_pin: sealedPin, created_at: now, supplied_by: null })
    .onConflict((conflict) => conflict.column('phone_number_id').doNothing())
    .execute();
  const kept = await trx
    .selectFrom('signup_pins')
    .select('sealed_pin')
    .where('phone_number_id', '=', phoneNumberId)
    .executeTakeFirst();
  return kept?.sealed_pin;
}

/** Writes an attempt before the call it stands for, if the budget allows one more. */
export async function spendAttempt(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { lease, now, objectId, kind, since, budget, apart = 0 }: Input<'spendAttempt'>,
): Promise<Output<'spendAttempt'>> {
  if (!(await holdsLease(trx, deps, lease))) return undefined;
  // Claims of one account may come at the same moment; each must see what the other has spent.
  await deps.engine.lockNames(trx, [`${kind}/${objectId}`]);
  const spent = await trx
    .selectFrom('signup_attempts')
    .select('at')
    .where('phone_number_id', '=', objectId)
    .where('kind', '=', kind)
    .where('at', '>', since)
    .orderBy('at')
    .execute();
  const latest = spent.at(-1)?.at;
  const tooSoon = latest !== undefined && now < latest + apart;
  if (tooSoon || spent.length >= budget) return { allowed: false, oldestAt: spent[0]?.at ?? now, tooSoon };
  await trx
    .insertInto('signup_attempts')
    .values({ phone_number_id: objectId, kind, at: now, claim_id: lease.claimId, fence: lease.fence })
    .execute();
  return { allowed: true };
}

/** Keeps what Meta calls the sharing of the credit line with the claim's account. */
export async function keepCreditAllocation(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { lease, now, allocationId }: Input<'keepCreditAllocation'>,
): Promise<boolean> {
  if (!(await holdsLease(trx, deps, lease))) return false;
  await trx
    .updateTable('signup_claims')
    .set({ credit_allocation_id: allocationId, updated_at: now })
    .where('id', '=', lease.claimId)
    .execute();
  return true;
}

/**
 * Takes one attempt of a lease back: what it stood for never happened. The work of a claim that is tried again is a new row, so
 * its fences begin anew, and an earlier attempt with the same one is no business of this lease.
 */
export async function returnAttempt(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { lease, objectId, kind, at }: Input<'returnAttempt'>,
): Promise<void> {
  if (!(await holdsLease(trx, deps, lease))) return;
  const newest = trx
    .selectFrom('signup_attempts')
    .select((eb) => eb.fn.max('at').as('at'))
    .where('phone_number_id', '=', objectId)
    .where('kind', '=', kind)
    .where('claim_id', '=', lease.claimId)
    .where('fence', '=', lease.fence);
  await trx
    .deleteFrom('signup_attempts')
    .where('phone_number_id', '=', objectId)
    .where('kind', '=', kind)
    .where('claim_id', '=', lease.claimId)
    .where('fence', '=', lease.fence)
    .where('at', '=', at ?? newest)
    .execute();
}
