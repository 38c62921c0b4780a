import type { Transaction } from 'kysely';
import { isByWord } from '../../domain/by-word.ts';
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
 * @returns the numbers of the claims that ended, Meta's ids: another one than this claim's leaves, where they had only the number
 *   of the pool in common; `number_busy` while somebody works on the older claim: two must not register one number
 */
export async function takeOver(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  claim: ClaimRow,
  now: number,
): Promise<{ endedNumbers: string[] } | 'number_taken' | 'number_busy'> {
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
    (owner.customer_id === claim.customer_id || (restsOnWord(owner) && !restsOnWord(claim))) &&
    owner.app_id === claim.app_id &&
    owner.business_id === claim.business_id;
  // Nothing is written unless all of it can be: the transaction goes on after "no".
  const ended = owners.map((owner) => ({
    owner,
    status: nextStatus(owner.status as ClaimStatus, 'replaced'), // written by this kit alone
  }));
  if (!owners.every(isTheirs) || ended.some(({ status }) => status === undefined)) return 'number_taken';
  const ids = owners.map((owner) => owner.id);
  if (ids.length === 0) return { endedNumbers: [] };
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
    await end(trx, deps, { ...owner, status: status ?? 'ended' }, claim, now);
  return { endedNumbers: owners.flatMap(({ phone_number_id }) => phone_number_id ?? []) };
}

/** A customer's own token is better proof than Meta's word about a number that several could have taken. */
function restsOnWord({ recovered_at, code_used_at, assigned_at }: ClaimRow): boolean {
  return isByWord({
    recoveredAt: recovered_at ?? undefined,
    codeUsedAt: code_used_at ?? undefined,
    assignedAt: assigned_at ?? undefined,
  });
}

async function end(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  owner: ClaimRow,
  { id: replacedBy, customer_id }: ClaimRow,
  now: number,
): Promise<void> {
  const isTheSame = owner.customer_id === customer_id;
  const reason = isTheSame
    ? { code: 'replaced', message: `The customer signed up again: see the claim ${replacedBy}.` }
    : {
        code: 'proven_by_another',
        message: 'Another customer proved by their own token that this number is theirs.',
      };
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
  // Mostly not `claimEnded`: the number stays in service, and its owner is the same.
  const type = isTheSame ? 'claimReplaced' : 'claimEnded';
  await tellHost(trx, deps, { type, claim: after, now, more: isTheSame ? { replacedBy } : {} });
}
