import type { Transaction } from 'kysely';
import type { SealedText } from '../../ports/sealed-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/**
 * Compares and swaps, one cell after the other: a code that was used meanwhile stays erased, a new token stays the new one.
 * `updated_at` stays as well, because nothing has happened to the claim.
 */
export async function replaceSealed(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  replacements: readonly { old: SealedText; sealed: string }[],
): Promise<boolean[]> {
  const replaced = new Map<(typeof replacements)[number], boolean>();
  // By id, so that two of these at once cannot wait for each other.
  for (const one of replacements.toSorted((a, b) => (a.old.id < b.old.id ? -1 : 1))) {
    const { numUpdatedRows } = await swap(trx, deps, one.old, one.sealed);
    replaced.set(one, numUpdatedRows > 0n);
  }
  return replacements.map((one) => replaced.get(one) === true);
}

function swap(trx: Transaction<Tables>, { scope }: QueryDeps, old: SealedText, sealed: string) {
  if (old.kind === 'pin') {
    return trx
      .updateTable('signup_pins')
      .set({ sealed_pin: sealed })
      .where('phone_number_id', '=', old.id)
      .where('sealed_pin', '=', old.sealed)
      .executeTakeFirstOrThrow();
  }
  if (old.kind === 'text') {
    return trx
      .updateTable('signup_numbers')
      .set({ sealed_text: sealed })
      .where('id', '=', old.id)
      .where('sealed_text', '=', old.sealed)
      .where('app_id', '=', scope.appId)
      .where('business_id', '=', scope.businessId)
      .executeTakeFirstOrThrow();
  }
  const column = old.kind === 'code' ? 'sealed_code' : 'sealed_token';
  return trx
    .updateTable('signup_claims')
    .set({ [column]: sealed })
    .where('id', '=', old.id)
    .where(column, '=', old.sealed)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .executeTakeFirstOrThrow();
}
