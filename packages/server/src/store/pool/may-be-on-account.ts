import type { Transaction } from 'kysely';
import { minute } from '../../domain/durations.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { lastMirror, mostAhead } from './last-mirror.ts';

/** For so long after it was asked Meta may still be putting a number on an account, and its lists may lag. Milliseconds. */
export const doubtFor = 10 * minute;

/**
 * Whether Meta was asked to put a number on an account, whoever asked, and has not been asked for its list since it must show
 * there what came of that. What Meta surely refused is in no ledger.
 *
 * @param now milliseconds UTC
 */
export async function mayBeOnAccount(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  numberId: string,
  now: number,
): Promise<boolean> {
  const asked = await trx
    .selectFrom('signup_attempts')
    .select((eb) => eb.fn.max('at').as('at'))
    .where('phone_number_id', '=', numberId)
    .where('kind', '=', 'attach')
    .executeTakeFirst();
  const at = asked?.at ?? undefined;
  if (at === undefined) return false;
  const mirroredAt = await lastMirror(trx, scope);
  return mirroredAt === undefined || mirroredAt < at + doubtFor || mirroredAt > now + mostAhead;
}
