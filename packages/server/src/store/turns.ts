import type { Transaction } from 'kysely';
import type { QueryDeps } from './scope.ts';
import type { Tables } from './tables.ts';

/** Periods that are remembered: a node whose clock is ahead takes turns before their time. */
const remembered = 1_000;

/** Whether this node is the first to ask for a turn. A period is named by its number, so no clock has to be right. */
export async function takeTurn(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { name, slot }: { name: string; slot: number },
): Promise<boolean> {
  const row = { app_id: scope.appId, business_id: scope.businessId, name, slot };
  const taken = await trx
    .insertInto('signup_turns')
    .values(row)
    .onConflict((conflict) => conflict.columns(['app_id', 'business_id', 'name', 'slot']).doNothing())
    .returning('slot')
    .execute();
  if (taken.length === 0) return false;
  await trx
    .deleteFrom('signup_turns')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('name', '=', name)
    .where('slot', '<', slot - remembered)
    .execute();
  return true;
}

/** Gives a turn back that could not be used. */
export async function returnTurn(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { name, slot }: { name: string; slot: number },
): Promise<void> {
  await trx
    .deleteFrom('signup_turns')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('name', '=', name)
    .where('slot', '=', slot)
    .execute();
}
