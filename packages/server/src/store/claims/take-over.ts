import type { Transaction } from 'kysely';
import { nextStatus } from '../../domain/claim-transitions.ts';
import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { writeHistory } from './write-history.ts';

/**
 * Whether a claim may own its number. A number has one owner; when that is an older claim of the same customer, they have
 * signed up again with the same number: the older claim ends, and the newer one takes the number over, with its token.
 *
 * Asked before the write, because a unique violation would end the whole transaction on PostgreSQL. Two nodes that ask at
 * once are told apart by the index; the store turns that into the same answer.
 *
 * @returns `number_busy` while somebody works on the older claim: two must not register one number
 */
export async function takeOver(
  trx: Transaction<Tables>,
  { engine }: QueryDeps,
  claim: ClaimRow,
  now: number,
): Promise<'free' | 'number_taken' | 'number_busy'> {
  const owners = await trx
    .selectFrom('signup_claims')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('phone_number_id', '=', claim.phone_number_id),
        eb('pool_number_id', '=', claim.pool_number_id),
      ]),
    )
    .where('live', '=', 1)
    .where('id', '!=', claim.id)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .execute();
  if (owners.some((owner) => owner.customer_id !== claim.customer_id)) return 'number_taken';
  const ids = owners.map((owner) => owner.id);
  if (ids.length === 0) return 'free';
  const workOfOwners = trx
    .selectFrom('signup_work')
    .select('id')
    .where('kind', '=', 'claim')
    .where('claim_id', 'in', ids)
    .where('lease_until', '>', engine.databaseNow);
  if ((await workOfOwners.executeTakeFirst()) !== undefined) return 'number_busy';
  // What only waited for its time is over with its claim; whoever takes it up in between finds it gone.
  await trx.deleteFrom('signup_work').where('kind', '=', 'claim').where('claim_id', 'in', ids).execute();
  for (const owner of owners) {
    const status = nextStatus(owner.status as ClaimStatus, 'replaced'); // written by this kit alone
    if (status === undefined) return 'number_taken';
    const reason = { code: 'replaced', message: `The customer signed up again: see the claim ${claim.id}.` };
    const ended = { ...owner, status, live: 0, remind_at: null };
    await trx
      .updateTable('signup_claims')
      .set({
        status,
        live: 0,
        remind_at: null,
        reason_code: reason.code,
        reason_message: reason.message,
        history_length: owner.history_length + 1,
        updated_at: now,
      })
      .where('id', '=', owner.id)
      .execute();
    const history = {
      what: `replaced by the claim ${claim.id}`,
      who: 'kit',
      reason: undefined,
      traceId: undefined,
    };
    await writeHistory(trx, ended, history, { now, reason });
  }
  return 'free';
}
