import type { Transaction } from 'kysely';
import type { Store } from '../../ports/store.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { changeClaim } from './change-claim.ts';
import { lockClaim } from './lock-claim.ts';

type Input<Method extends keyof Store> = Parameters<Store[Method]>[0];

const line = (what: string, who: string) => ({ what, who, reason: undefined, traceId: undefined });

/** Takes a person's PIN for the number of a claim, in place of the one there was. */
export async function supplyPin(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { claimId, now, who, phoneNumberId, sealedPin }: Input<'supplyPin'>,
): Promise<boolean> {
  const claim = await lockClaim(trx, deps, claimId);
  // It is sealed for one number: under another it would never open.
  if (claim?.phone_number_id !== phoneNumberId || (await isOfAnotherClaim(trx, claim))) return false;
  await trx
    .insertInto('signup_pins')
    .values({
      phone_number_id: phoneNumberId,
      sealed_pin: sealedPin,
      created_at: now,
      supplied_by: who,
    })
    .onConflict((conflict) =>
      conflict.column('phone_number_id').doUpdateSet({ sealed_pin: sealedPin, supplied_by: who }),
    )
    .execute();
  await changeClaim(trx, deps, claim, { now, history: line('PIN supplied', who) });
  return true;
}

/** Gives the sealed PIN out, and keeps who asked for it. */
export async function readPin(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { claimId, now, who }: Input<'readPin'>,
): Promise<{ phoneNumberId: string; sealedPin: string } | undefined> {
  const claim = await lockClaim(trx, deps, claimId);
  if (claim?.phone_number_id === undefined || claim.phone_number_id === null) return undefined;
  if (await isOfAnotherClaim(trx, claim)) return undefined;
  const pin = await trx
    .selectFrom('signup_pins')
    .select('sealed_pin')
    .where('phone_number_id', '=', claim.phone_number_id)
    .executeTakeFirst();
  if (pin === undefined) return undefined;
  await changeClaim(trx, deps, claim, { now, history: line('PIN read', who) });
  return { phoneNumberId: claim.phone_number_id, sealedPin: pin.sealed_pin };
}

/** Whether the claim only named the number, and another one owns it: its PIN is none of this claim's then. */
async function isOfAnotherClaim(trx: Transaction<Tables>, claim: ClaimRow): Promise<boolean> {
  const owner = await trx
    .selectFrom('signup_claims')
    .select('id')
    .where('phone_number_id', '=', claim.phone_number_id)
    .where('live', '=', 1)
    .where('id', '!=', claim.id)
    .executeTakeFirst();
  return owner !== undefined;
}
