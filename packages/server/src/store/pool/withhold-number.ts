import type { Transaction } from 'kysely';
import { claimOfHold } from '../../domain/attachment-session.ts';
import type { PoolStore } from '../../ports/pool-store.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { QueryDeps } from '../scope.ts';
import { giveBack } from '../sessions/release-holds.ts';
import type { HoldRow, Tables } from '../tables.ts';
import { doubtFor, mayBeOnAccount } from './may-be-on-account.ts';

type Input<Method extends keyof PoolStore> = Parameters<PoolStore[Method]>[0];
type Held = Pick<NumberRow, 'claim_id' | 'held_by' | 'held_until' | 'doubted_until'>;

/** Who holds a number that is set aside for nobody. Every version of the kit leaves a held number alone. */
export const nobody = '';

/**
 * Sets a number aside for nobody, so that it is given to no customer while it is being deleted. The hold of a customer who had
 * it stays as it was, and shows whose the number is if nothing comes of it.
 */
export async function withholdNumber(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { id, now, until, force }: Input<'withholdNumber'>,
): ReturnType<PoolStore['withholdNumber']> {
  const row = await lockNumber(trx, deps, id);
  if (row === undefined) return { withheld: false, why: 'missing' };
  if (row.claim_id !== null) {
    return force ? { withheld: true, until } : { withheld: false, why: 'claimed' };
  }
  const heldUntil = row.held_until ?? 0;
  const isHeld = row.held_by !== null && heldUntil > now;
  const isWithheld = isHeld && row.held_by === nobody;
  const isDoubted = isWithheld && row.doubted_until === heldUntil;
  if (isWithheld && !isDoubted) return { withheld: false, why: 'being_deleted', until: heldUntil };
  if (isHeld && !isWithheld && !force) return { withheld: false, why: 'held', until: heldUntil };
  // A hold that is over is history before somebody else's begins.
  if (!isHeld) await giveBack(trx, [id], now);
  // Never the end that another deletion has: the end tells them apart.
  const own = isDoubted ? Math.max(until, heldUntil + 1) : until;
  await trx
    .updateTable('signup_numbers')
    .set({ held_by: nobody, held_until: own, doubted_until: isDoubted ? heldUntil : null })
    .where('id', '=', id)
    .execute();
  return { withheld: true, until: own };
}

/** Gives a number back that is still set aside by this one deletion, which surely came to nothing. */
export async function releaseNumber(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { id, now, until }: Input<'releaseNumber'>,
): Promise<void> {
  const row = await lockNumber(trx, deps, id);
  if (row === undefined || !isOf(row, until)) return;
  if ((row.doubted_until ?? 0) > now) {
    // Meta may still be at an earlier one.
    await hold(trx, id, { held_by: nobody, held_until: row.doubted_until });
    return;
  }
  const before = await trx
    .selectFrom('signup_holds')
    .select(['customer_id', 'session_id', 'held_until'])
    .where('number_id', '=', id)
    .where('released_at', 'is', null)
    .executeTakeFirst();
  if (before !== undefined && before.held_until > now) {
    await hold(trx, id, { held_by: holderOf(before), held_until: before.held_until });
    return;
  }
  await giveBack(trx, [id], now);
  // The claim that Meta was asked to put it on an account for was over meanwhile, and nobody knows what came of that.
  if (row.claim_id === null && (await mayBeOnAccount(trx, deps, id, now)))
    await hold(trx, id, { held_by: nobody, held_until: now + doubtFor, doubted_until: now + doubtFor });
}

/** A claim without the popup holds its number itself; any other hold is its customer's. */
const holderOf = ({ session_id, customer_id }: Pick<HoldRow, 'session_id' | 'customer_id'>): string =>
  claimOfHold(session_id) === undefined ? customer_id : session_id;

/** Keeps that nobody knows what came of a deletion. */
export async function doubtNumber(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { id, until }: Input<'doubtNumber'>,
): Promise<void> {
  const row = await lockNumber(trx, deps, id);
  if (row === undefined || !isOf(row, until)) return;
  await trx.updateTable('signup_numbers').set({ doubted_until: until }).where('id', '=', id).execute();
}

const isOf = ({ held_by, held_until }: Held, until: number): boolean =>
  held_by === nobody && held_until === until;

async function hold(
  trx: Transaction<Tables>,
  id: string,
  by: Pick<NumberRow, 'held_by' | 'held_until'> & Partial<Pick<NumberRow, 'doubted_until'>>,
): Promise<void> {
  await trx.updateTable('signup_numbers').set(by).where('id', '=', id).execute();
}

/** What others may be changing at this moment. */
function lockNumber(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  id: string,
): Promise<Held | undefined> {
  return trx
    .selectFrom('signup_numbers')
    .select(['claim_id', 'held_by', 'held_until', 'doubted_until'])
    .where('id', '=', id)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
}
