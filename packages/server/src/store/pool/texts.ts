import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { Transaction } from 'kysely';
import { nextStatus } from '../../domain/claim-transitions.ts';
import type { NumberInCare, PoolStore } from '../../ports/pool-store.ts';
import { lockClaim } from '../claims/lock-claim.ts';
import type { QueryDeps } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { toNumberInCare } from './find-number.ts';
import { noText } from './no-text.ts';
import { spendNumberCall } from './number-calls.ts';

type Input<Method extends keyof PoolStore> = Parameters<PoolStore[Method]>[0];

/** Keeps the code of a text for a number that waits for one, in the pool or on the account of the claim that has it. */
export async function keepText(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { id, now, since, sealed }: Input<'keepText'>,
): ReturnType<PoolStore['keepText']> {
  const number = await lockTaker(trx, deps, id);
  if (number === undefined) return 'not_expected';
  const asked = await trx
    .selectFrom('signup_number_calls')
    .select('id')
    .where('digits', '=', number.digits)
    .where('kind', '=', 'request_code')
    .where('at', '>=', since)
    .where((eb) => eb.or([eb('outcome', 'is', null), eb('outcome', '!=', 'refused')]))
    .executeTakeFirst();
  if (asked === undefined) return 'not_expected';
  await trx
    .updateTable('signup_numbers')
    .set({ sealed_text: sealed, text_received_at: now })
    .where('id', '=', id)
    .execute();
  return 'kept';
}

/** Numbers with a text that waits, the oldest first. */
export async function listTexts(
  { engine, scope }: QueryDeps,
  { limit }: Input<'listTexts'>,
): Promise<NumberInCare[]> {
  const rows = await engine.read
    .selectFrom('signup_numbers')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('sealed_text', 'is not', null)
    .orderBy('text_received_at')
    .limit(limit)
    .execute();
  return rows.map(toNumberInCare);
}

/** Erases the text and writes the call that hands its code in. */
export async function spendText(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { id, opened, now, budget, mark }: Input<'spendText'>,
): ReturnType<PoolStore['spendText']> {
  const number = await lockTaker(trx, deps, id);
  if (number?.sealed_text !== opened) return { allowed: false, why: 'changed' };
  const leave = await spendNumberCall(trx, deps, {
    now,
    phoneNumber: number.phone_number,
    numberId: id,
    kind: 'verify_code',
    who: 'kit',
    budget,
    mark,
  });
  if (leave.allowed) await trx.updateTable('signup_numbers').set(noText).where('id', '=', id).execute();
  return leave;
}

/** Erases a text that is of no use. */
export async function dropText(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { id, opened }: Input<'dropText'>,
): Promise<void> {
  await trx
    .updateTable('signup_numbers')
    .set(noText)
    .where('id', '=', id)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('sealed_text', '=', opened)
    .execute();
}

/**
 * A number that takes codes now, locked together with the claim that has it, if one has: neither moves on before the
 * transaction ends. The claim is locked first, as everybody does.
 */
async function lockTaker(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  id: string,
): Promise<NumberRow | undefined> {
  const seen = await ofScope(trx, deps, id).executeTakeFirst();
  if (seen === undefined) return undefined;
  const claim = seen.claim_id === null ? undefined : await lockClaim(trx, deps, seen.claim_id);
  const number = await ofScope(trx, deps, id)
    .$if(deps.engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  // Somebody claimed it in between: their claim is too young to wait for a code.
  if (number === undefined || number.claim_id !== seen.claim_id) return undefined;
  const takes = number.claim_id === null ? number.gone_at === null : waits(claim, number);
  return takes ? number : undefined;
}

/** Whether the claim waits for a code of this number. It may have been tried again, and have come to another one. */
function waits(claim: ClaimRow | undefined, number: NumberRow): boolean {
  if (claim === undefined || claim.live !== 1 || claim.digits !== number.digits) return false;
  return nextStatus(claim.status as ClaimStatus, 'verified') !== undefined; // written by this kit alone
}

function ofScope(trx: Transaction<Tables>, { scope }: QueryDeps, id: string) {
  return trx
    .selectFrom('signup_numbers')
    .selectAll()
    .where('id', '=', id)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId);
}
