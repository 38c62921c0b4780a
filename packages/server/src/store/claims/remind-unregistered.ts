import type { Transaction } from 'kysely';
import { nextReminder, registerWithin } from '../../domain/register-reminders.ts';
import { tellHost } from '../host-events/tell-host.ts';
import { lockNumbers } from '../phone-numbers/known-number.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { changeClaim } from './change-claim.ts';

const iso = (time: number): string => new Date(time).toISOString();

/**
 * Warns the host of numbers that are claimed and not registered, and ends the claims whose 90 days are over: Meta wants
 * the number verified anew then.
 */
export async function remindUnregistered(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { now, limit }: { now: number; limit: number },
): Promise<number> {
  const { engine, scope } = deps;
  const due = await trx
    .selectFrom('signup_claims')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('remind_at', '<=', now)
    .orderBy('remind_at')
    .limit(limit)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  const isOver = ({ created_at }: { created_at: number }) => now >= created_at + registerWithin;
  // Several numbers may leave, and webhooks about them may be recorded at this moment: in one order.
  const leaving = due.filter(isOver).flatMap(({ phone_number_id }) => phone_number_id ?? []);
  if (leaving.length > 0) await lockNumbers(trx, deps, leaving);
  for (const claim of due) {
    const endsAt = claim.created_at + registerWithin;
    if (isOver(claim)) {
      await changeClaim(trx, deps, claim, {
        now,
        event: 'ended',
        reason: {
          code: 'not_registered_in_time',
          message: 'The number was not registered within 90 days. Have the customer sign up again.',
        },
        history: line('not registered within 90 days'),
      });
      await trx
        .deleteFrom('signup_work')
        .where('kind', '=', 'claim')
        .where('claim_id', '=', claim.id)
        .execute();
      continue;
    }
    await changeClaim(
      trx,
      deps,
      { ...claim, remind_at: nextReminder(claim.created_at, now) },
      {
        now,
        history: line('not registered yet: the host was reminded'),
      },
    );
    const more = { registerBy: iso(claim.register_by ?? endsAt), endsAt: iso(endsAt) };
    await tellHost(trx, deps, { type: 'claimNeedsAttention', claim, now, more });
  }
  return due.length;
}

const line = (what: string) => ({ what, who: 'kit', reason: undefined, traceId: undefined });
