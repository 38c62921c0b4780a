import type { Transaction } from 'kysely';
import { withTrust } from '../../domain/customer-identity.ts';
import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import {
  customerOf,
  keyOf,
  lockIdentities,
  toIdentity,
  withIdentity,
  writeIdentities,
} from './identity-rows.ts';

/** Keeps that the host vouches for a customer. */
export async function trustIdentity(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { phoneNumberId, waId, now, who }: Parameters<NumbersStore['trustIdentity']>[0],
): ReturnType<NumbersStore['trustIdentity']> {
  const customer = customerOf(phoneNumberId, waId);
  const row = (await lockIdentities(trx, deps, [customer])).get(keyOf(customer));
  if (row === undefined) throw new Error('trustIdentity: a row that was made is missing');
  const trusted = withTrust(toIdentity(row), now);
  await writeIdentities(trx, [{ ...withIdentity(row, trusted), trusted_by: who }]);
  return trusted;
}
