import type { Kysely, Transaction } from 'kysely';
import { minute } from '../../domain/durations.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** When Meta was last asked for a list of the pool that then came whole, milliseconds UTC. */
export async function lastMirror(
  db: Kysely<Tables>,
  { appId, businessId }: Scope,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('signup_mirrors')
    .select('asked_at')
    .where('app_id', '=', appId)
    .where('business_id', '=', businessId)
    .executeTakeFirst();
  return row?.asked_at;
}

/** Clocks of nodes differ by so much at the most. What a node kept whose clock was further ahead is of no time at all. Milliseconds. */
export const mostAhead = minute;

/**
 * Keeps that a whole list was asked for at `now`. An older list that comes later changes nothing; but the word of a clock that was
 * far ahead does not stand until that time has come.
 */
export async function keepMirror(
  trx: Transaction<Tables>,
  { appId, businessId }: Scope,
  now: number,
): Promise<void> {
  await trx
    .insertInto('signup_mirrors')
    .values({ app_id: appId, business_id: businessId, asked_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['app_id', 'business_id'])
        .doUpdateSet({ asked_at: now })
        .where((eb) =>
          eb.or([
            eb('signup_mirrors.asked_at', '<', now),
            eb('signup_mirrors.asked_at', '>', now + mostAhead),
          ]),
        ),
    )
    .execute();
}
