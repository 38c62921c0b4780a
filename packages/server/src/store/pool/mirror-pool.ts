import type { Kysely, Transaction } from 'kysely';
import { comparableDigits } from '../../domain/number-match.ts';
import type { PoolNumber } from '../../domain/pool-number.ts';
import type { QueryDeps, Scope } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { Tables } from '../tables.ts';
import { keepMirror, lastMirror } from './last-mirror.ts';

/** Rows that are compared at once. */
const page = 500;

/** Rows per transaction: a row that is written cannot be set aside for a customer at that moment. */
const slice = 20;

/**
 * Writes what Meta lists over what we knew, where it is news. Holds and claims are ours and stay. A number that a complete
 * list does not have is marked gone: it was claimed, deleted or dropped, which look the same from here.
 */
export async function mirrorPool(
  { engine, scope }: QueryDeps,
  { numbers, now, complete }: { numbers: readonly PoolNumber[]; now: number; complete: boolean },
): Promise<{ gone: number }> {
  for (let start = 0; start < numbers.length; start += page) {
    const listed = numbers.slice(start, start + page).map((number) => toRow(number, scope, now));
    const news = await engine.reading(() => changedRows(engine, listed));
    for (let from = 0; from < news.length; from += slice) {
      const rows = news.slice(from, from + slice);
      await engine.write((trx) => upsertNumbers(trx, rows));
    }
    for (const owned of await engine.reading(() => ownedRows(engine.read, scope, listed))) {
      await engine.write((trx) => markOwned(trx, owned));
    }
  }
  return { gone: complete ? await markGone({ engine, scope }, numbers, now) : 0 };
}

/** Writes rows as Meta shows them now; what is ours of them stays. */
export async function upsertNumbers(trx: Transaction<Tables>, rows: readonly NumberRow[]): Promise<void> {
  await trx
    .insertInto('signup_numbers')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        phone_number: eb.ref('excluded.phone_number'),
        digits: eb.ref('excluded.digits'),
        display_phone_number: eb.ref('excluded.display_phone_number'),
        country: eb.ref('excluded.country'),
        verification_status: eb.ref('excluded.verification_status'),
        verified_at: eb.ref('excluded.verified_at'),
        verification_expires_at: eb.ref('excluded.verification_expires_at'),
        owner_business_id: eb.ref('excluded.owner_business_id'),
        gone_at: null,
        last_listed_at: null,
        synced_at: eb.ref('excluded.synced_at'),
        // There is news, so it is looked at.
        care_at: null,
      })),
    )
    .execute();
}

/** What Meta says of a number; the rest of its row is ours. */
const mirrored = [
  'phone_number',
  'display_phone_number',
  'country',
  'verification_status',
  'verified_at',
  'verification_expires_at',
  'owner_business_id',
] as const satisfies readonly (keyof NumberRow)[];

async function changedRows(
  { read }: QueryDeps['engine'],
  listed: readonly NumberRow[],
): Promise<NumberRow[]> {
  if (listed.length === 0) return [];
  const known = await read
    .selectFrom('signup_numbers')
    .select(['id', 'gone_at', ...mirrored])
    .where(
      'id',
      'in',
      listed.map((row) => row.id),
    )
    .execute();
  const byId = new Map(known.map((row) => [row.id, row]));
  return listed.filter((row) => {
    const before = byId.get(row.id);
    return before?.gone_at !== null || mirrored.some((column) => before[column] !== row[column]);
  });
}

async function markGone(
  { engine, scope }: Pick<QueryDeps, 'engine' | 'scope'>,
  numbers: readonly PoolNumber[],
  now: number,
): Promise<number> {
  const listed = new Set(numbers.map((number) => number.id));
  const known = await engine.reading(() =>
    engine.read
      .selectFrom('signup_numbers')
      .select('id')
      .where('app_id', '=', scope.appId)
      .where('business_id', '=', scope.businessId)
      .where('gone_at', 'is', null)
      // Another node may have heard of a number since this list was made.
      .where('synced_at', '<', now)
      .execute(),
  );
  const gone = known.map((row) => row.id).filter((id) => !listed.has(id));
  const before = await engine.reading(() => lastMirror(engine.read, scope));
  for (let from = 0; from < gone.length; from += slice) {
    const ids = gone.slice(from, from + slice);
    await engine.write((trx) =>
      trx
        .updateTable('signup_numbers')
        .set({ gone_at: now, last_listed_at: before ?? null })
        .where('id', 'in', ids)
        // Another node may have seen it gone first.
        .where('gone_at', 'is', null)
        .execute(),
    );
  }
  await engine.write((trx) => keepMirror(trx, scope, now));
  return gone.length;
}

/** Numbers that are offered although a live claim has them: they were imported before Meta listed them here. */
export async function ownedRows(
  db: Kysely<Tables>,
  scope: Scope,
  listed: readonly NumberRow[],
): Promise<Owned[]> {
  if (listed.length === 0) return [];
  return db
    .selectFrom('signup_claims')
    .innerJoin('signup_numbers', 'signup_numbers.digits', 'signup_claims.digits')
    .select([
      'signup_numbers.id as number_id',
      'signup_claims.id as claim_id',
      'signup_claims.customer_id as claimed_by',
      'signup_claims.proven_at as claimed_at',
    ])
    .where('signup_claims.app_id', '=', scope.appId)
    .where('signup_claims.business_id', '=', scope.businessId)
    .where('signup_claims.live', '=', 1)
    .where('signup_numbers.claim_id', 'is', null)
    .where('signup_numbers.held_by', 'is', null)
    .where(
      'signup_numbers.id',
      'in',
      listed.map((row) => row.id),
    )
    .execute();
}

interface Owned {
  number_id: string;
  claim_id: string;
  claimed_by: string;
  claimed_at: number | null;
}

/** Gives a number to the claim that has it. */
export async function markOwned(trx: Transaction<Tables>, { number_id, ...owner }: Owned): Promise<void> {
  await trx
    .updateTable('signup_numbers')
    .set(owner)
    .where('id', '=', number_id)
    .where('claim_id', 'is', null)
    .where('held_by', 'is', null)
    .execute();
}

/** A number as Meta shows it, as the row of a number that nobody has. */
export function toRow(number: PoolNumber, scope: Scope, now: number): NumberRow {
  return {
    id: number.id,
    app_id: scope.appId,
    business_id: scope.businessId,
    phone_number: number.phoneNumber,
    digits: comparableDigits(number.phoneNumber),
    display_phone_number: number.displayPhoneNumber,
    country: number.country ?? null,
    verification_status: number.verificationStatus,
    verified_at: number.verifiedAt ?? null,
    verification_expires_at: number.verificationExpiresAt ?? null,
    owner_business_id: number.ownerBusinessId ?? null,
    held_by: null,
    held_until: null,
    claim_id: null,
    claimed_by: null,
    claimed_at: null,
    gone_at: null,
    last_listed_at: null,
    synced_at: now,
    first_seen_at: now,
    care_at: null,
    told_expiry: null,
    told_stage: null,
    told_unverified_at: null,
    sealed_text: null,
    text_received_at: null,
  };
}
