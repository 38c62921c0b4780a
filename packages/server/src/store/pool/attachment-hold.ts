import type { Transaction } from 'kysely';
import type { NumberRow } from '../pool-tables.ts';
import type { QueryDeps } from '../scope.ts';
import { giveBack } from '../sessions/release-holds.ts';
import type { ClaimRow, Tables } from '../tables.ts';

/** Whom a number is set aside for: a claim that was opened without the popup. Its session holds it. */
export type Attachment = Pick<ClaimRow, 'customer_id' | 'session_id'>;

/** Locks a number of the pool, so that nobody is given it meanwhile. */
export async function lockForAttachment(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  { numberId, customerId }: { numberId: string; customerId: string },
): Promise<NumberRow | undefined> {
  // As whoever opens a session of the customer does: a page may be given again what the customer holds.
  await engine.lockNames(trx, [customerId]);
  return trx
    .selectFrom('signup_numbers')
    .selectAll()
    .where('id', '=', numberId)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
}

/** Whether somebody has a number set aside who does not give way: another customer, a deletion, another claim without the popup. */
export function isHeldByAnother(
  { held_by, held_until }: NumberRow,
  { customer_id, session_id }: Attachment,
  now: number,
): boolean {
  return held_by !== null && (held_until ?? 0) > now && held_by !== customer_id && held_by !== session_id;
}

/** Sets a number aside for a claim. Whoever had it before is history: a page that was given it may still be open. */
export async function holdForAttachment(
  trx: Transaction<Tables>,
  numberId: string,
  { customer_id, session_id }: Attachment,
  { now, until }: { now: number; until: number },
): Promise<void> {
  await giveBack(trx, [numberId], now);
  await trx
    .updateTable('signup_numbers')
    .set({ held_by: session_id, held_until: until, doubted_until: null })
    .where('id', '=', numberId)
    .execute();
  await trx
    .insertInto('signup_holds')
    .values({
      number_id: numberId,
      session_id,
      customer_id,
      held_at: now,
      held_until: until,
      released_at: null,
    })
    .execute();
}

/** Gives the number back that is set aside for a claim. One that is being deleted meanwhile stays withheld. */
export async function giveAttachmentBack(
  trx: Transaction<Tables>,
  { engine }: QueryDeps,
  { attach_number_id, session_id }: Pick<ClaimRow, 'attach_number_id' | 'session_id'>,
  now: number,
): Promise<void> {
  if (attach_number_id === null) return;
  const number = await trx
    .selectFrom('signup_numbers')
    .select(['id', 'held_by'])
    .where('id', '=', attach_number_id)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (number?.held_by === session_id) {
    await giveBack(trx, [number.id], now);
    return;
  }
  await trx
    .updateTable('signup_holds')
    .set({ released_at: now })
    .where('number_id', '=', attach_number_id)
    .where('session_id', '=', session_id)
    .where('released_at', 'is', null)
    .execute();
}
