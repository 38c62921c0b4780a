import type { Transaction } from 'kysely';
import type { IdentityStore } from '../../ports/identity-store.ts';
import { writeChanges } from '../phone-numbers/known-number.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { customerOf } from './identity-rows.ts';

/** Removes all that is known of a customer, with a line of history that does not say who it was. */
export async function forgetIdentity(
  trx: Transaction<Tables>,
  { scope, newId }: QueryDeps,
  { phoneNumberId, waId, now, who }: Parameters<IdentityStore['forgetIdentity']>[0],
): ReturnType<IdentityStore['forgetIdentity']> {
  const { digits } = customerOf(phoneNumberId, waId);
  const { numDeletedRows } = await trx
    .deleteFrom('signup_identities')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('phone_number_id', '=', phoneNumberId)
    .where('digits', '=', digits)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return false;
  const number = await trx
    .selectFrom('signup_phone_numbers')
    .select('phone_number_id')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('phone_number_id', '=', phoneNumberId)
    .executeTakeFirst();
  if (number === undefined) return true;
  const line = { fact: 'identityForgotten', before: null, after: null, at: now, who };
  const of = { app_id: scope.appId, business_id: scope.businessId, phone_number_id: phoneNumberId };
  await writeChanges(trx, [{ id: newId(), ...of, ...line }]);
  return true;
}
