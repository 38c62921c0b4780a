import type { Transaction } from 'kysely';
import { hour } from '../../domain/durations.ts';
import { comparableDigits } from '../../domain/number-match.ts';
import type { PoolNumber } from '../../domain/pool-number.ts';
import type { QueryDeps, Scope } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { Tables } from '../tables.ts';
import { keepMirror, lastMirror } from './last-mirror.ts';
import { markOwned, ownedRows } from './owned-numbers.ts';

/** Rows that are compared at once. */
const page = 500;

/** No list is under way for so long: what is newer than that was written by a clock that was wrong. Milliseconds. */
const longestList = hour;

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
  // Sessions lock the numbers that they hold by id: in the same order nobody waits for the other.
  const sorted = numbers.toSorted(byId);
  for (let start = 0; start < sorted.length; start += page) {
    const listed = sorted.slice(start, start + page).map((number) => toRow(number, scope, now));
    const news = await engine.reading(() => changedRows(engine, listed));
    for (let from = 0; from < news.length; from += slice) {
      const rows = news.slice(from, from + slice);
      await engine.write((trx) => upsertNumbers(trx, rows, 'list'));
    }
    for (const owned of await engine.reading(() => ownedRows(engine.read, scope, listed))) {
      await engine.write((trx) => markOwned(trx, owned));
    }
  }
  return {
    gone: complete ? await markGone({ engine, scope }, numbers, now) : 0,
  };
}

/** Writes rows as Meta shows them now; what is ours of them stays. */
export async function upsertNumbers(
  trx: Transaction<Tables>,
  rows: readonly NumberRow[],
  from: 'list' | 'reading',
): Promise<void> {
  await trx
    .insertInto('signup_numbers')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) => ({
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
          // A version before this one did not keep it.
          first_seen_at: eb.fn.coalesce('signup_numbers.first_seen_at', 'signup_numbers.synced_at'),
          // There is news, so it is looked at.
          care_at: eb.ref('excluded.synced_at'),
        }))
        // A list that was asked for earlier does not know what was read, or deleted, since.
        .where((eb) => {
          const asked = eb.ref('excluded.synced_at');
          const isOlder = (column: 'signup_numbers.synced_at' | 'signup_numbers.gone_at') =>
            eb.or([
              eb(column, 'is', null),
              eb(column, '<=', asked),
              eb(column, '>', eb(asked, '+', longestList)),
            ]);
          return eb.or([
            eb.lit(from === 'reading'),
            eb.and([isOlder('signup_numbers.synced_at'), isOlder('signup_numbers.gone_at')]),
          ]);
        }),
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
    await engine.write(async (trx) => {
      // An update locks in any order.
      if (engine.kind === 'postgres') await lockNumbers(trx, ids);
      await trx
        .updateTable('signup_numbers')
        .set({
          gone_at: now,
          last_listed_at: before ?? null,
          sealed_text: null,
          text_received_at: null,
        })
        .where('id', 'in', ids)
        // Another node may have seen it gone first.
        .where('gone_at', 'is', null)
        .execute();
    });
  }
  await engine.write((trx) => keepMirror(trx, scope, now));
  return gone.length;
}

/** Locks rows in the order of their ids. */
async function lockNumbers(trx: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  await trx
    .selectFrom('signup_numbers')
    .select('id')
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
}

const byId = (one: PoolNumber, other: PoolNumber): number => (one.id < other.id ? -1 : 1);

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
    doubted_until: null,
  };
}
