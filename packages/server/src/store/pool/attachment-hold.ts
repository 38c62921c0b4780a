import type { Transaction } from 'kysely';
import { overStatuses } from '../claims/claims-of-account.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { QueryDeps } from '../scope.ts';
import { giveBack } from '../sessions/release-holds.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { doubtFor, mayBeOnAccount } from './may-be-on-account.ts';
import { nobody } from './withhold-number.ts';

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

/**
 * Gives the number back that is set aside for a claim. Where Meta was asked to put it on the account, and nobody knows what came of
 * that, nobody is offered it until its list has had the time to say: a claim that may be tried again goes on holding it so long, and
 * else nobody does. One that is being deleted meanwhile stays withheld, and if nothing comes of that, it is in doubt then.
 */
export async function giveAttachmentBack(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  claim: Pick<ClaimRow, 'attach_number_id' | 'session_id' | 'status' | 'live'>,
  now: number,
): Promise<void> {
  const { attach_number_id: numberId, session_id } = claim;
  if (numberId === null) return;
  const number = await trx
    .selectFrom('signup_numbers')
    .select(['held_by', 'held_until', 'claim_id'])
    .where('id', '=', numberId)
    .$if(deps.engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  const isHeld = number?.held_by === session_id;
  const isOthers =
    number === undefined || (!isHeld && number.held_by !== null && (number.held_until ?? 0) > now);
  const isDoubted = !isOthers && number.claim_id === null && (await mayBeOnAccount(trx, deps, numberId, now));
  const mayGoOn = claim.live === 0 && !isOver.has(claim.status);
  if (isDoubted && isHeld && mayGoOn) {
    await extendHold(trx, numberId, now + doubtFor);
    return;
  }
  if (!isOthers) await giveBack(trx, [numberId], now);
  if (isDoubted) await withholdDoubted(trx, numberId, now + doubtFor);
  await trx
    .updateTable('signup_holds')
    .set({ released_at: now })
    .where('number_id', '=', numberId)
    .where('session_id', '=', session_id)
    .where('released_at', 'is', null)
    .execute();
}

const isOver: ReadonlySet<string> = new Set(overStatuses);

/** As a deletion whose answer was lost does: another one may begin. */
async function withholdDoubted(trx: Transaction<Tables>, numberId: string, until: number): Promise<void> {
  await trx
    .updateTable('signup_numbers')
    .set({ held_by: nobody, held_until: until, doubted_until: until })
    .where('id', '=', numberId)
    .execute();
}

/** Sets the end of a hold that goes on. */
export async function extendHold(
  trx: Transaction<Tables>,
  numberId: string,
  heldUntil: number,
): Promise<void> {
  await trx.updateTable('signup_numbers').set({ held_until: heldUntil }).where('id', '=', numberId).execute();
  await trx
    .updateTable('signup_holds')
    .set({ held_until: heldUntil })
    .where('number_id', '=', numberId)
    .where('released_at', 'is', null)
    .execute();
}
