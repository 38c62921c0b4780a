import type { Transaction } from 'kysely';
import type { StepOutcome, StepResult } from '../../ports/step-result.ts';
import { boundWaiting } from '../claims/bound-waiting.ts';
import { changeClaim } from '../claims/change-claim.ts';
import { giveAttachmentBack } from '../pool/attachment-hold.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
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
  const outcome = await changeClaim(trx, deps, claim, result);
  if (outcome !== 'saved') return outcome;
  if (result.givesNumberBack === true) await giveAttachmentBack(trx, deps, claim, result.now);
  if (result.event === 'code_lost') await boundWaiting(trx, deps, claim, result.now);
  await writeNext(trx, deps, result);
  return 'saved';
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
        attempts: next.step === lease.step && next.fresh !== true ? lease.attempts : 0,
        run_at: eb.case().when('wakes', '=', lease.wakes).then(next.runAt).else(now).end(),
      }))
      .execute();
  }
}
