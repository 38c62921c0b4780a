import type { Transaction } from 'kysely';
import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** Keeps whether the identity check of a number is on, with a line of history if that is new. */
export async function noteIdentityCheck(
  trx: Transaction<Tables>,
  { engine, scope, newId }: QueryDeps,
  { phoneNumberId, enabled, now, who }: Parameters<NumbersStore['noteIdentityCheck']>[0],
): Promise<void> {
  const number = {
    app_id: scope.appId,
    business_id: scope.businessId,
    phone_number_id: phoneNumberId,
  };
  const row = await trx
    .selectFrom('signup_phone_numbers')
    .select('identity_check')
    .where('app_id', '=', number.app_id)
    .where('business_id', '=', number.business_id)
    .where('phone_number_id', '=', phoneNumberId)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return;
  const identity_check = enabled ? 1 : 0;
  await trx
    .updateTable('signup_phone_numbers')
    .set({ identity_check, identity_check_at: now })
    .where('app_id', '=', number.app_id)
    .where('business_id', '=', number.business_id)
    .where('phone_number_id', '=', phoneNumberId)
    .execute();
  if (row.identity_check === identity_check) return;
  const before = row.identity_check === null ? null : wordOf(row.identity_check === 1);
  const change = { fact: 'identityCheck', before, after: wordOf(enabled), at: now, who };
  await trx
    .insertInto('signup_phone_number_changes')
    .values({ id: newId(), ...number, ...change })
    .execute();
}

const wordOf = (enabled: boolean): string => (enabled ? 'on' : 'off');
