import { isOurs } from '../domain/number-lifecycle.ts';
import type { PoolRecord } from '../ports/records.ts';
import type { Store } from '../ports/store.ts';
import {
  NumberClaimedError,
  NumberGoneError,
  NumberMissingError,
  NumberNotOursError,
} from './pool-errors.ts';

/**
 * A number by Meta's id of its pre-verified object, gone and claimed ones included.
 *
 * @throws NumberMissingError, StoreUnavailableError
 */
export async function existingNumber(store: Pick<Store, 'findNumber'>, id: string): Promise<PoolRecord> {
  // PostgreSQL would stumble over some of what callers without types hand in.
  const record = /^[0-9]{1,20}$/.test(id) ? await store.findNumber(id) : undefined;
  if (record === undefined) throw new NumberMissingError();
  return record;
}

/**
 * A number of the pool that is there, and ours to change.
 *
 * @throws NumberMissingError, NumberGoneError, NumberNotOursError, StoreUnavailableError
 */
export async function ownNumber(
  { store, businessId }: { store: Pick<Store, 'findNumber'>; businessId: string },
  id: string,
): Promise<PoolRecord> {
  const record = await existingNumber(store, id);
  if (record.goneAt !== undefined) throw new NumberGoneError();
  const { ownerBusinessId } = record;
  if (ownerBusinessId !== undefined && !isOurs(record, businessId)) {
    throw new NumberNotOursError(ownerBusinessId);
  }
  return record;
}

/**
 * The same, and no customer has claimed it.
 *
 * @throws NumberMissingError, NumberGoneError, NumberNotOursError, NumberClaimedError, StoreUnavailableError
 */
export async function unclaimedNumber(
  deps: { store: Pick<Store, 'findNumber'>; businessId: string },
  id: string,
): Promise<PoolRecord> {
  const record = await ownNumber(deps, id);
  if (record.claimId !== undefined) throw new NumberClaimedError();
  return record;
}
