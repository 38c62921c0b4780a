import type { Transaction } from 'kysely';
import type { PoolRecord } from '../../ports/records.ts';
import type { Store } from '../../ports/store.ts';
import { toPoolRecord } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { holdsLease } from '../work/lease-work.ts';
import { extendHold, holdForAttachment, isHeldByAnother, lockForAttachment } from './attachment-hold.ts';

type Input<Method extends keyof Store> = Parameters<Store[Method]>[0];

/**
 * A number that was held for the customer while a session of theirs went on, from whichever tab, and that another customer
 * has by a live claim.
 */
export async function findHeldNumberTaken(
  { engine, scope }: QueryDeps,
  { sessionId, customerId }: Input<'findHeldNumberTaken'>,
): Promise<PoolRecord | undefined> {
  const row = await engine.read
    .selectFrom('signup_holds')
    .innerJoin('signup_numbers', 'signup_numbers.id', 'signup_holds.number_id')
    .innerJoin('signup_claims', 'signup_claims.id', 'signup_numbers.claim_id')
    .selectAll('signup_numbers')
    .innerJoin('signup_sessions', 'signup_sessions.customer_id', 'signup_holds.customer_id')
    .where('signup_sessions.id', '=', sessionId)
    .where('signup_sessions.customer_id', '=', customerId)
    .whereRef('signup_holds.held_until', '>', 'signup_sessions.created_at')
    .where('signup_numbers.app_id', '=', scope.appId)
    .where('signup_numbers.business_id', '=', scope.businessId)
    .where('signup_claims.live', '=', 1)
    .where('signup_claims.customer_id', '!=', customerId)
    .executeTakeFirst();
  return row === undefined ? undefined : toPoolRecord(row);
}

/**
 * Goes on holding the number that is set aside for the customer of a claim, the one of its own session first. A claim that
 * names its number has that one or none.
 */
export async function keepHold(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { lease, now, until }: Input<'keepHold'>,
): Promise<PoolRecord | undefined> {
  if (!(await holdsLease(trx, deps, lease))) return undefined;
  const claim = await trx
    .selectFrom('signup_claims')
    .select(['customer_id', 'session_id', 'attach_number_id'])
    .where('id', '=', lease.claimId)
    .executeTakeFirst();
  if (claim !== undefined && claim.attach_number_id !== null)
    return keepAttachment(trx, deps, { ...claim, numberId: claim.attach_number_id, now, until });
  const number = await trx
    .selectFrom('signup_holds')
    .innerJoin('signup_numbers', 'signup_numbers.id', 'signup_holds.number_id')
    .innerJoin('signup_claims', 'signup_claims.customer_id', 'signup_holds.customer_id')
    .selectAll('signup_numbers')
    .where('signup_claims.id', '=', lease.claimId)
    .whereRef('signup_numbers.held_by', '=', 'signup_claims.customer_id')
    .where('signup_holds.released_at', 'is', null)
    .where('signup_numbers.held_until', '>', now)
    .where('signup_numbers.claim_id', 'is', null)
    // Also one that Meta lists no more: an attachment whose answer got lost has just taken it out of the pool.
    .orderBy((eb) =>
      eb
        .case()
        .when(eb('signup_holds.session_id', '=', eb.ref('signup_claims.session_id')))
        .then(0)
        .else(1)
        .end(),
    )
    // Where the customer wished for one country after the other: what was given last.
    .orderBy('signup_numbers.held_until', 'desc')
    .orderBy('signup_numbers.id')
    .$if(deps.engine.kind === 'postgres', (query) => query.forUpdate('signup_numbers'))
    .executeTakeFirst();
  if (number === undefined) return undefined;
  const heldUntil = Math.max(number.held_until ?? 0, until);
  await extendHold(trx, number.id, heldUntil);
  return toPoolRecord({ ...number, held_until: heldUntil });
}

/**
 * Goes on holding the number of a claim that names it. One that was given back, or whose hold was over while nobody was at
 * the claim, is taken again where it is still free.
 */
async function keepAttachment(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  wanted: { customer_id: string; session_id: string; numberId: string; now: number; until: number },
): Promise<PoolRecord | undefined> {
  const { numberId, now, until } = wanted;
  const number = await lockForAttachment(trx, deps, { numberId, customerId: wanted.customer_id });
  if (number === undefined || number.claim_id !== null || isHeldByAnother(number, wanted, now))
    return undefined;
  const isKept = number.held_by === wanted.session_id && (number.held_until ?? 0) > now;
  const { verification_expires_at: expiry } = number;
  const isUsable =
    number.gone_at === null && number.verification_status === 'VERIFIED' && (expiry === null || expiry > now);
  // One that is kept may be gone: an attachment whose answer got lost has just taken it out of the pool.
  if (!isKept && !isUsable) return undefined;
  const heldUntil = isKept ? Math.max(number.held_until ?? 0, until) : until;
  if (isKept) await extendHold(trx, numberId, heldUntil);
  else await holdForAttachment(trx, numberId, wanted, { now, until });
  return toPoolRecord({ ...number, held_by: wanted.session_id, held_until: heldUntil });
}
