import type { Transaction } from 'kysely';
import { isAttachmentSession } from '../../domain/attachment-session.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { QueryDeps } from '../scope.ts';
import { giveBack } from '../sessions/release-holds.ts';
import type { ClaimRow, Tables } from '../tables.ts';

/** Whom a number is set aside for: a claim that was opened without the popup. */
export type Attachment = Pick<ClaimRow, 'customer_id' | 'session_id'>;

/**
 * Locks a number of the pool, so that nobody is given it meanwhile.
 *
 * @returns with the session that it is set aside for
 */
export async function lockForAttachment(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  { numberId, customerId }: { numberId: string; customerId: string },
): Promise<{ number: NumberRow; heldFor: string | undefined } | undefined> {
  // As whoever opens a session of the customer does: a page may be given again what the customer holds.
  await engine.lockNames(trx, [customerId]);
  const number = await trx
    .selectFrom('signup_numbers')
    .selectAll()
    .where('id', '=', numberId)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (number === undefined) return undefined;
  const hold = await trx
    .selectFrom('signup_holds')
    .select('session_id')
    .where('number_id', '=', numberId)
    .where('released_at', 'is', null)
    .executeTakeFirst();
  return { number, heldFor: hold?.session_id };
}

/** Whether somebody has a number set aside who does not give way: another customer, a deletion, another account of the customer's. */
export function isHeldByAnother(
  { held_by, held_until }: NumberRow,
  heldFor: string | undefined,
  { customer_id, session_id }: Attachment,
  now: number,
): boolean {
  if (held_by === null || (held_until ?? 0) <= now) return false;
  const isOfAttachment = heldFor !== undefined && isAttachmentSession(heldFor);
  return held_by !== customer_id || (isOfAttachment && heldFor !== session_id);
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
    .set({ held_by: customer_id, held_until: until, doubted_until: null })
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
  const hold = await trx
    .selectFrom('signup_holds')
    .select('customer_id')
    .where('number_id', '=', attach_number_id)
    .where('session_id', '=', session_id)
    .where('released_at', 'is', null)
    .executeTakeFirst();
  if (number === undefined || hold === undefined) return;
  if (number.held_by === hold.customer_id) {
    await giveBack(trx, [number.id], now);
    return;
  }
  await trx
    .updateTable('signup_holds')
    .set({ released_at: now })
    .where('number_id', '=', number.id)
    .where('released_at', 'is', null)
    .execute();
}
