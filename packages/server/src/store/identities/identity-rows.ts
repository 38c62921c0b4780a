import { sql, type Kysely, type Transaction } from 'kysely';
import type { CustomerIdentity } from '../../domain/customer-identity.ts';
import { comparableDigits } from '../../domain/number-match.ts';
import type { IdentityRecord } from '../../ports/identity-store.ts';
import type { IdentityRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { IdentityGoneError } from './retried-when-gone.ts';

/** A customer of a business number. */
export interface Customer {
  phoneNumberId: string;
  /** The form under which numbers are compared: it is the same for both of Meta's spellings. */
  digits: string;
}

/** The customer with this `wa_id`, or with this number. */
export const customerOf = (phoneNumberId: string, waId: string): Customer => ({
  phoneNumberId,
  digits: comparableDigits(waId),
});

/** Tells customers apart. In the order of these texts customers are locked. */
export const keyOf = ({ phoneNumberId, digits }: Customer): string => `${phoneNumberId} ${digits}`;

/** Rows per statement. */
const slice = 500;

/** What is known of customers, by {@link keyOf}. */
export async function readIdentities(
  db: Kysely<Tables>,
  deps: QueryDeps,
  customers: readonly Customer[],
  { locked = false } = {},
): Promise<Map<string, IdentityRow>> {
  const found = new Map<string, IdentityRow>();
  for (const some of slicesOf(customers)) {
    const query = deps.engine.kind === 'postgres' ? onPostgres(deps, some, locked) : onSqlite(deps, some);
    for (const row of (await query.execute(db)).rows) {
      found.set(keyOf({ phoneNumberId: row.phone_number_id, digits: row.digits }), row);
    }
  }
  return found;
}

/** SQLite looks each pair up, and has one lock for all. */
const onSqlite = ({ scope }: QueryDeps, customers: readonly Customer[]) => sql<IdentityRow>`
  select * from signup_identities
  where app_id = ${scope.appId} and business_id = ${scope.businessId}
    and (phone_number_id, digits) in (values ${pairsOf(customers)})`;

/**
 * One after the other, as they stand, each by the whole key. Said in another way PostgreSQL reads all customers of all numbers
 * whenever it believes that there are few of them, and locks them in an order of its own.
 */
const onPostgres = (
  { scope }: QueryDeps,
  customers: readonly Customer[],
  locked: boolean,
) => sql<IdentityRow>`
  select identity.* from (values ${pairsOf(customers)}) as customer (phone_number_id, digits)
  cross join lateral (
    select * from signup_identities
    where app_id = ${scope.appId} and business_id = ${scope.businessId}
      and phone_number_id = customer.phone_number_id and digits = customer.digits
    limit 1 ${locked ? sql`for update` : sql``}
  ) as identity`;

const pairsOf = (customers: readonly Customer[]) =>
  sql.join(customers.map(({ phoneNumberId, digits }) => sql`(${phoneNumberId}, ${digits})`));

/**
 * Rows of customers, which nobody else changes until the transaction ends; those that are missing are made. First all of these
 * are made, then all are locked, both in one order: so two nodes that are at the same customers do not wait for each other.
 *
 * @param customers each once, by {@link keyOf}
 * @throws IdentityGoneError when one was removed meanwhile. It is not made again here: whoever has locks already would wait for
 * another one out of order
 */
export async function lockIdentities(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  customers: readonly Customer[],
): Promise<Map<string, IdentityRow>> {
  const { scope } = deps;
  const sorted = customers.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const known = await readIdentities(trx, deps, sorted);
  const missing = sorted.filter((customer) => !known.has(keyOf(customer)));
  for (const some of slicesOf(missing)) {
    const rows = some.map(({ phoneNumberId, digits }) => ({
      app_id: scope.appId,
      business_id: scope.businessId,
      phone_number_id: phoneNumberId,
      digits,
      hash: null,
      hash_at: null,
      hash_message_id: null,
      other_at: null,
      mismatch_at: null,
      mismatch_message_id: null,
      trusted_at: null,
      trusted_by: null,
      settled_at: null,
      trusted_change: null,
      untold: null,
    }));
    await trx
      .insertInto('signup_identities')
      .values(rows)
      // Another node may make one at this moment.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const locked = await readIdentities(trx, deps, sorted, { locked: true });
  if (locked.size < sorted.length) throw new IdentityGoneError();
  return locked;
}

/** Writes rows that are locked. */
export async function writeIdentities(trx: Transaction<Tables>, rows: readonly IdentityRow[]): Promise<void> {
  for (const some of slicesOf(rows)) {
    await trx
      .insertInto('signup_identities')
      .values([...some])
      .onConflict((conflict) =>
        conflict.columns(['app_id', 'business_id', 'phone_number_id', 'digits']).doUpdateSet((eb) => ({
          hash: eb.ref('excluded.hash'),
          hash_at: eb.ref('excluded.hash_at'),
          hash_message_id: eb.ref('excluded.hash_message_id'),
          other_at: eb.ref('excluded.other_at'),
          mismatch_at: eb.ref('excluded.mismatch_at'),
          mismatch_message_id: eb.ref('excluded.mismatch_message_id'),
          trusted_at: eb.ref('excluded.trusted_at'),
          trusted_by: eb.ref('excluded.trusted_by'),
          settled_at: eb.ref('excluded.settled_at'),
          trusted_change: eb.ref('excluded.trusted_change'),
          untold: eb.ref('excluded.untold'),
        })),
      )
      .execute();
  }
}

/** A row as the rules know it. */
export function toIdentity(row: IdentityRow): IdentityRecord {
  const { hash, hash_at, hash_message_id, mismatch_at, mismatch_message_id } = row;
  return {
    seen:
      hash === null || hash_at === null || hash_message_id === null
        ? undefined
        : { hash, at: hash_at, messageId: hash_message_id },
    otherAt: row.other_at ?? undefined,
    mismatch:
      mismatch_at === null || mismatch_message_id === null
        ? undefined
        : { at: mismatch_at, messageId: mismatch_message_id },
    trustedAt: row.trusted_at ?? undefined,
    settledAt: row.settled_at ?? undefined,
    trustedBy: row.trusted_by ?? undefined,
  };
}

/** The row with another identity. */
export function withIdentity(row: IdentityRow, identity: CustomerIdentity): IdentityRow {
  const { seen, otherAt, mismatch, trustedAt, settledAt } = identity;
  return {
    ...row,
    hash: seen?.hash ?? null,
    hash_at: seen?.at ?? null,
    hash_message_id: seen?.messageId ?? null,
    other_at: otherAt ?? null,
    mismatch_at: mismatch?.at ?? null,
    mismatch_message_id: mismatch?.messageId ?? null,
    trusted_at: trustedAt ?? null,
    settled_at: settledAt ?? null,
  };
}

function slicesOf<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / slice) }, (_, n) =>
    all.slice(n * slice, (n + 1) * slice),
  );
}
