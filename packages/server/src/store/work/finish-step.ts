import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { Transaction } from 'kysely';
import { isLive, nextStatus } from '../../domain/claim-transitions.ts';
import type { StepOutcome, StepResult } from '../../ports/store.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { holdsLease, leaseEnd } from './lease-work.ts';

/** Writes the end of a step under its fence: claim, history, pool and the next piece of work, or nothing. */
export async function finishStep(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  result: StepResult,
): Promise<StepOutcome> {
  if (!(await holdsLease(trx, deps, result.lease))) return 'fenced';
  const claim = await trx
    .selectFrom('signup_claims')
    .selectAll()
    .where('id', '=', result.lease.claimId)
    .executeTakeFirstOrThrow();

  const from = claim.status as ClaimStatus; // written by this kit alone
  const status = result.event === undefined ? from : nextStatus(from, result.event);
  if (status === undefined) return 'not_allowed';

  const next = applied(claim, result, status);
  if (next.live === 1 && (await isTaken(trx, next))) return 'number_taken';
  await trx.updateTable('signup_claims').set(next).where('id', '=', claim.id).execute();
  await writeHistory(trx, claim, result, status);
  await markPoolNumber(trx, next, result.now);
  await writeNext(trx, deps, result);
  return 'saved';
}

function applied(
  claim: ClaimRow,
  { patch, reason, history, now }: StepResult,
  status: ClaimStatus,
): ClaimRow {
  const provenAt = patch?.provenAt ?? claim.proven_at ?? undefined;
  return {
    ...claim,
    status,
    live: isLive({ status, provenAt }) ? 1 : 0,
    waba_id: patch?.wabaId ?? claim.waba_id,
    phone_number_id: patch?.phoneNumberId ?? claim.phone_number_id,
    phone_number: patch?.phoneNumber ?? claim.phone_number,
    display_phone_number: patch?.displayPhoneNumber ?? claim.display_phone_number,
    number_source: patch?.numberSource ?? claim.number_source,
    pool_number_id: patch?.poolNumberId ?? claim.pool_number_id,
    proven_at: provenAt ?? null,
    registered_at: patch?.registeredAt ?? claim.registered_at,
    register_by: patch?.registerBy ?? claim.register_by,
    reason_code: reason === undefined ? claim.reason_code : (reason?.code ?? null),
    reason_message: reason === undefined ? claim.reason_message : (reason?.message ?? null),
    history_length: claim.history_length + (history === undefined ? 0 : 1),
    updated_at: now,
  };
}

/**
 * Asked before the write, because a unique violation would end the whole transaction on PostgreSQL. Two nodes
 * that ask at once are told apart by the index; the store turns that into the same answer.
 */
async function isTaken(trx: Transaction<Tables>, claim: ClaimRow): Promise<boolean> {
  const other = await trx
    .selectFrom('signup_claims')
    .select('id')
    .where((eb) =>
      eb.or([
        eb('phone_number_id', '=', claim.phone_number_id),
        eb('pool_number_id', '=', claim.pool_number_id),
      ]),
    )
    .where('live', '=', 1)
    .where('id', '!=', claim.id)
    .executeTakeFirst();
  return other !== undefined;
}

async function writeHistory(
  trx: Transaction<Tables>,
  claim: ClaimRow,
  { history, reason, now }: StepResult,
  status: ClaimStatus,
): Promise<void> {
  if (history === undefined) return;
  await trx
    .insertInto('signup_claim_history')
    .values({
      claim_id: claim.id,
      position: claim.history_length,
      at: now,
      what: history.what,
      who: history.who,
      status,
      reason: history.reason ?? reason?.code ?? null,
      trace_id: history.traceId ?? null,
    })
    .execute();
}

/** A claimed number leaves the pool for good; its hold becomes history. */
async function markPoolNumber(trx: Transaction<Tables>, claim: ClaimRow, now: number): Promise<void> {
  if (claim.pool_number_id === null || claim.live !== 1) return;
  await trx
    .updateTable('signup_numbers')
    .set({
      claim_id: claim.id,
      claimed_by: claim.customer_id,
      claimed_at: claim.proven_at ?? now,
      held_by: null,
      held_until: null,
    })
    .where('id', '=', claim.pool_number_id)
    .where('claim_id', 'is', null)
    .execute();
  await trx
    .updateTable('signup_holds')
    .set({ released_at: now })
    .where('number_id', '=', claim.pool_number_id)
    .where('released_at', 'is', null)
    .execute();
}

async function writeNext(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { lease, next, now }: StepResult,
): Promise<void> {
  const work = () => trx.updateTable('signup_work').where('id', '=', lease.workId);
  if (next.do === 'done') {
    await trx
      .deleteFrom('signup_work')
      .where('id', '=', lease.workId)
      .where('wakes', '=', lease.wakes)
      .execute();
    // Something came in while the step ran: look at it before the work is done for good.
    await work().set({ run_at: now, lease_until: null, wakes: lease.wakes }).execute();
  } else if (next.do === 'go') {
    // What came in so far is seen by the next step, which reads the claim anew; only what comes later is news to it.
    await work()
      .set({ step: next.step, attempts: 1, lease_until: leaseEnd(deps), wakes: lease.wakes })
      .execute();
  } else {
    await work()
      .set((eb) => ({
        step: next.step,
        lease_until: null,
        attempts: next.step === lease.step ? lease.attempts : 0,
        run_at: eb.case().when('wakes', '=', lease.wakes).then(next.runAt).else(now).end(),
      }))
      .execute();
  }
}
