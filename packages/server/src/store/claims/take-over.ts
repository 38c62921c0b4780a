import type { Transaction } from 'kysely';
import { nextStatus } from '../../domain/claim-transitions.ts';
import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import { tellHost } from '../host-events/tell-host.ts';
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
  deps: QueryDeps,
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
    .$if(deps.engine.kind === 'postgres', (query) => query.forUpdate())
    .execute();
  const isTheirs = (owner: ClaimRow) =>
    owner.customer_id === claim.customer_id &&
    owner.app_id === claim.app_id &&
    owner.business_id === claim.business_id;
  // Nothing is written unless all of it can be: the transaction goes on after "no".
  const ended = owners.map((owner) => ({
    owner,
    status: nextStatus(owner.status as ClaimStatus, 'replaced'), // written by this kit alone
  }));
  if (!owners.every(isTheirs) || ended.some(({ status }) => status === undefined)) return 'number_taken';
  const ids = owners.map((owner) => owner.id);
  if (ids.length === 0) return 'free';
  const leasedNow = trx
    .selectFrom('signup_work')
    .select('id')
    .where('kind', '=', 'claim')
    .where('claim_id', 'in', ids)
    .where('lease_until', '>', deps.engine.databaseNow);
  if ((await leasedNow.executeTakeFirst()) !== undefined) return 'number_busy';
  // What only waited for its time is over with its claim; whoever takes it up in between finds it gone.
  await trx.deleteFrom('signup_work').where('kind', '=', 'claim').where('claim_id', 'in', ids).execute();
  for (const { owner, status } of ended)
    await end(trx, deps, { ...owner, status: status ?? 'ended' }, claim.id, now);
  return 'free';
}

async function end(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  owner: ClaimRow,
  replacedBy: string,
  now: number,
): Promise<void> {
  const reason = { code: 'replaced', message: `The customer signed up again: see the claim ${replacedBy}.` };
  const after = {
    ...owner,
    live: 0,
    remind_at: null,
    sealed_code: null,
    reason_code: reason.code,
    reason_message: reason.message,
    updated_at: now,
  };
  await trx
    .updateTable('signup_claims')
    .set({ ...after, history_length: owner.history_length + 1 })
    .where('id', '=', owner.id)
    .execute();
  const history = {
    what: `replaced by the claim ${replacedBy}`,
    who: 'kit',
    reason: undefined,
    traceId: undefined,
  };
  await writeHistory(trx, after, history, { now, reason });
  // Not `claimEnded`: the number stays in service, and its owner is the same.
  await tellHost(trx, deps, { type: 'claimReplaced', claim: after, now, more: { replacedBy } });
}
