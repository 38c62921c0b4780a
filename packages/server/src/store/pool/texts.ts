import type { Transaction } from 'kysely';
import type { NumberInCare, PoolStore } from '../../ports/pool-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { Tables } from '../tables.ts';
import { toNumberInCare } from './find-number.ts';
import { spendNumberCall } from './number-calls.ts';

type Input<Method extends keyof PoolStore> = Parameters<PoolStore[Method]>[0];

const noText = { sealed_text: null, text_received_at: null };

/** Keeps the code of a text for a number that waits for one. */
export async function keepText(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { id, now, since, sealed }: Input<'keepText'>,
): ReturnType<PoolStore['keepText']> {
  const number = await lockNumber(trx, deps, id);
  if (number === undefined || number.gone_at !== null || number.claim_id !== null) return 'not_expected';
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
  const number = await lockNumber(trx, deps, id);
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

function lockNumber(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  id: string,
): Promise<NumberRow | undefined> {
  return trx
    .selectFrom('signup_numbers')
    .selectAll()
    .where('id', '=', id)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
}
