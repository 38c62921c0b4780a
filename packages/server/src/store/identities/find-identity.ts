import type { IdentityStore } from '../../ports/identity-store.ts';
import type { QueryDeps } from '../scope.ts';
import { customerOf, keyOf, readIdentities, toIdentity } from './identity-rows.ts';

/** What is known of a customer of a business number. */
export async function findIdentity(
  deps: QueryDeps,
  { phoneNumberId, waId }: Parameters<IdentityStore['findIdentity']>[0],
): ReturnType<IdentityStore['findIdentity']> {
  const customer = customerOf(phoneNumberId, waId);
  const row = (await readIdentities(deps.engine.read, deps, [customer])).get(keyOf(customer));
  return row === undefined ? undefined : toIdentity(row);
}
