import type { ExpressionBuilder, Transaction } from 'kysely';
import { day } from '../../domain/durations.ts';
import type { NumberInCare, PoolStore, VerificationSeen } from '../../ports/pool-store.ts';
import { isHeard, tellHostBesideClaims } from '../host-events/tell-host.ts';
import type { QueryDeps } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { Tables } from '../tables.ts';
import { toNumberInCare } from './find-number.ts';

type Input<Method extends keyof PoolStore> = Parameters<PoolStore[Method]>[0];

/** Looks are planned for a week at most: what is later was written by a clock that was ahead. Milliseconds. */
const longestPlan = 8 * day;

/** Numbers whose next look is due: those that have news first, then by their time. */
export async function listNumbersToCareFor(
  { engine, scope }: QueryDeps,
  { now, limit }: Input<'listNumbersToCareFor'>,
): Promise<NumberInCare[]> {
  const cared = () =>
    engine.read
      .selectFrom('signup_numbers')
      .selectAll()
      .where('app_id', '=', scope.appId)
      .where('business_id', '=', scope.businessId)
      .where('gone_at', 'is', null)
      .where('claim_id', 'is', null);
  const rows: NumberRow[] = await cared().where('care_at', 'is', null).limit(limit).execute();
  if (rows.length < limit) {
    const due = cared().where('care_at', '<=', now).orderBy('care_at');
    rows.push(...(await due.limit(limit - rows.length).execute()));
  }
  if (rows.length < limit) {
    const mistaken = cared()
      .where('care_at', '>', now + longestPlan)
      .orderBy('care_at');
    rows.push(...(await mistaken.limit(limit - rows.length).execute()));
  }
  return rows.map(toNumberInCare);
}

/** Keeps when to look next, unless there has been news in between. */
export async function finishCare(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { id, seen, careAt }: Input<'finishCare'>,
): Promise<void> {
  await trx
    .updateTable('signup_numbers')
    .set({ care_at: careAt })
    .where('id', '=', id)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .$if(seen === undefined, (query) => query.where('care_at', 'is', null))
    .$if(seen !== undefined, (query) => query.where('care_at', '=', seen ?? 0))
    .execute();
}

/** Tells the host that a verification ends, once for each end and stage. */
export async function tellOfExpiry(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { id, now, seen, expiresAt, stage }: Input<'tellOfExpiry'>,
): Promise<boolean> {
  if (!isHeard(deps, 'numberExpiring')) return false;
  const number = await inPool(trx, deps, id)
    .set({ told_expiry: expiresAt, told_stage: stage })
    .where((eb) => isAsSeen(eb, seen))
    .where((eb) =>
      eb.or([
        eb('told_expiry', 'is', null),
        eb('told_expiry', '!=', expiresAt),
        eb('told_stage', 'is', null),
        eb('told_stage', '>', stage),
      ]),
    )
    .returningAll()
    .executeTakeFirst();
  if (number === undefined) return false;
  const data = {
    number: described(number),
    expiresAt: iso(expiresAt),
    stage,
    daysLeft: daysUntil(expiresAt, now),
  };
  await tellHostBesideClaims(trx, deps, { type: 'numberExpiring', now, data });
  return true;
}

/** Tells the host that a number is dropped unless it is verified, once. */
export async function tellOfUnverified(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { id, now, seen, droppedAt }: Input<'tellOfUnverified'>,
): Promise<boolean> {
  if (!isHeard(deps, 'numberUnverified')) return false;
  const number = await inPool(trx, deps, id)
    .set({ told_unverified_at: now })
    .where((eb) => isAsSeen(eb, seen))
    .where('told_unverified_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (number === undefined) return false;
  const data = {
    number: described(number),
    droppedAt: iso(droppedAt),
    daysLeft: daysUntil(droppedAt, now),
  };
  await tellHostBesideClaims(trx, deps, { type: 'numberUnverified', now, data });
  return true;
}

function inPool(trx: Transaction<Tables>, { scope }: QueryDeps, id: string) {
  return trx
    .updateTable('signup_numbers')
    .where('id', '=', id)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('gone_at', 'is', null)
    .where('claim_id', 'is', null);
}

/** Whether a verification is still the one that was looked at. */
function isAsSeen(
  eb: ExpressionBuilder<Tables, 'signup_numbers'>,
  { verificationStatus, verifiedAt, verificationExpiresAt }: VerificationSeen,
) {
  const is = (column: 'verified_at' | 'verification_expires_at', value: number | undefined) =>
    value === undefined ? eb(column, 'is', null) : eb(column, '=', value);
  return eb.and([
    eb('verification_status', '=', verificationStatus),
    is('verified_at', verifiedAt),
    is('verification_expires_at', verificationExpiresAt),
  ]);
}

const iso = (time: number): string => new Date(time).toISOString();
const daysUntil = (time: number, now: number): number => Math.max(0, Math.ceil((time - now) / day));

function described(row: NumberRow) {
  return {
    id: row.id,
    phoneNumber: row.phone_number,
    displayPhoneNumber: row.display_phone_number,
    ...(row.country === null ? {} : { country: row.country }),
    verificationStatus: row.verification_status,
    ...(row.owner_business_id === null ? {} : { ownerBusinessId: row.owner_business_id }),
  };
}
