import type { PoolRecord } from '../../ports/records.ts';
import type { NumberInCare } from '../../ports/pool-store.ts';
import type { ExpiryStage } from '../../domain/number-lifecycle.ts';
import { toPoolRecord } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import { findPoolRow } from './find-pool-number.ts';

/** A number by Meta's id. */
export async function findNumber({ engine, scope }: QueryDeps, id: string): Promise<PoolRecord | undefined> {
  const row = await engine.read
    .selectFrom('signup_numbers')
    .selectAll()
    .where('id', '=', id)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .executeTakeFirst();
  return row === undefined ? undefined : toPoolRecord(row);
}

/** A number by its digits, one that Meta lists before one that is gone. */
export async function findNumberByPhone(
  { engine, scope }: QueryDeps,
  phoneNumber: string,
): Promise<PoolRecord | undefined> {
  const row = await findPoolRow(engine.read, scope, phoneNumber);
  return row === undefined ? undefined : toPoolRecord(row);
}

/** A row with what is still to be done about its number. */
export function toNumberInCare(row: NumberRow): NumberInCare {
  return {
    ...toPoolRecord(row),
    careAt: row.care_at ?? undefined,
    sealedText: row.sealed_text ?? undefined,
    textReceivedAt: row.text_received_at ?? undefined,
    toldExpiry: row.told_expiry ?? undefined,
    toldStage: (row.told_stage ?? undefined) as ExpiryStage | undefined, // written from nothing else
    toldUnverifiedAt: row.told_unverified_at ?? undefined,
  };
}
