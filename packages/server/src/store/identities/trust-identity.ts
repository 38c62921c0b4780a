import type { Transaction } from 'kysely';
import {
  identityStanding,
  nobody,
  withTrust,
  type CustomerIdentity,
} from '../../domain/customer-identity.ts';
import { changeIdOf } from '../../ports/change-id.ts';
import type { IdentityStore } from '../../ports/identity-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import {
  customerOf,
  keyOf,
  lockIdentities,
  readIdentities,
  toIdentity,
  withIdentity,
  writeIdentities,
} from './identity-rows.ts';

/** Keeps that the host vouches for a customer, if what is known of them is what the host was told of. */
export async function trustIdentity(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { phoneNumberId, waId, now, who, changeId }: Parameters<IdentityStore['trustIdentity']>[0],
): ReturnType<IdentityStore['trustIdentity']> {
  const customer = customerOf(phoneNumberId, waId);
  const idOf = (identity: CustomerIdentity) => changeIdOf({ phoneNumberId, waId }, identity);
  const isMeant = (identity: CustomerIdentity) => changeId === undefined || changeId === idOf(identity);
  // Of whom nothing is known nothing is kept either, when somebody else was meant.
  const lock = isMeant(nobody) ? lockIdentities : lockKnown;
  const row = (await lock(trx, deps, [customer])).get(keyOf(customer));
  if (row === undefined) return { outcome: 'another_change', identity: { ...nobody, trustedBy: undefined } };
  const identity = toIdentity(row);
  if (!isMeant(identity)) {
    const isDone = row.trusted_change === changeId && identityStanding(identity).standing !== 'changed';
    return { outcome: isDone ? 'trusted' : 'another_change', identity };
  }
  const after = withTrust(identity, now);
  // Twice is once: whoever tries the change again that was vouched for before is not too late for that.
  const isTwice = row.trusted_change !== null && after.settledAt === identity.settledAt;
  const trusted = {
    ...withIdentity(row, after),
    trusted_by: who,
    trusted_change: isTwice ? row.trusted_change : idOf(identity),
    // Of a change that is settled nobody need be told any more.
    untold: null,
  };
  await writeIdentities(trx, [trusted]);
  return { outcome: 'trusted', identity: toIdentity(trusted) };
}

const lockKnown: typeof lockIdentities = (trx, deps, customers) =>
  readIdentities(trx, deps, customers, { locked: true });
