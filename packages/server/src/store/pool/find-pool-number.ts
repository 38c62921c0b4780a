import type { Kysely } from 'kysely';
import { comparableDigits } from '../../domain/number-match.ts';
import type { PoolRecord } from '../../ports/records.ts';
import { toPoolRecord } from '../rows.ts';
import type { QueryDeps, Scope } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { Tables } from '../tables.ts';

/**
 * Looks a number up in the whole pool, gone and claimed ones included, and in its history of holds. When a number
 * was added more than once, the newest object counts.
 */
export async function findPoolNumber(
  { engine, scope }: QueryDeps,
  { phoneNumber, customerId }: { phoneNumber: string; customerId: string },
): Promise<{ number: PoolRecord; heldByCustomer: boolean } | undefined> {
  const row = await findPoolRow(engine.read, scope, phoneNumber);
  if (row === undefined) return undefined;
  const hold = await engine.read
    .selectFrom('signup_holds')
    .select('number_id')
    .where('number_id', '=', row.id)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  return { number: toPoolRecord(row), heldByCustomer: hold !== undefined };
}

/** The newest object of the pool with these digits, a listed one before one that is gone. */
export function findPoolRow(
  db: Kysely<Tables>,
  scope: Scope,
  phoneNumber: string,
): Promise<NumberRow | undefined> {
  return db
    .selectFrom('signup_numbers')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('digits', '=', comparableDigits(phoneNumber))
    .orderBy('gone_at', (order) => order.desc().nullsFirst())
    .orderBy('synced_at', 'desc')
    .executeTakeFirst();
}
