import { sql, type Kysely, type Transaction } from 'kysely';
import type { IdentityCursor, IdentityStore } from '../../ports/identity-store.ts';
import { ownedOf } from '../phone-numbers/leave-numbers.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

type Db = Pick<Kysely<Tables>, 'selectFrom'>;

/**
 * Removes customers of numbers that are not in service, number by number along the primary key: the customers of a number that
 * is in service, which are nearly all there are, are passed over in one step. So no index is needed that each message would
 * have to change.
 */
export async function removeIdentities(
  deps: QueryDeps,
  { before, limit, after }: Parameters<IdentityStore['removeIdentities']>[0],
): ReturnType<IdentityStore['removeIdentities']> {
  const { engine } = deps;
  const from = after?.digits === undefined ? await nextNumber(deps, after?.phoneNumberId) : after;
  if (from === undefined) return { removed: 0, next: undefined };
  const { phoneNumberId } = from;
  const whole: IdentityCursor = { phoneNumberId, digits: undefined };
  const which = await engine.reading(() => removable(engine.read, deps, phoneNumberId, before));
  if (which === 'none') return { removed: 0, next: whole };
  const visited = await engine.reading(() =>
    ofNumber(engine.read, deps, phoneNumberId)
      .select(sql<number>`case when ${isOlder(before)} then 1 else 0 end`.as('old'))
      .where('digits', '>', from.digits ?? '')
      .orderBy('digits')
      .limit(limit)
      .execute(),
  );
  const meant = visited.filter((row) => which === 'all' || row.old === 1).map(({ digits }) => digits);
  const removed =
    meant.length === 0
      ? 0
      : await engine.write((trx) => remove(trx, deps, { phoneNumberId, digits: meant, before }));
  const last = visited.length < limit ? undefined : visited.at(-1)?.digits;
  return { removed, next: { phoneNumberId, digits: last } };
}

/** The next number with customers. */
async function nextNumber(deps: QueryDeps, after = ''): Promise<IdentityCursor | undefined> {
  const { engine, scope } = deps;
  const row = await engine.reading(() =>
    engine.read
      .selectFrom('signup_identities')
      .select('phone_number_id')
      .where('app_id', '=', scope.appId)
      .where('business_id', '=', scope.businessId)
      .where('phone_number_id', '>', after)
      .orderBy('phone_number_id')
      .limit(1)
      .executeTakeFirst(),
  );
  return row === undefined ? undefined : { phoneNumberId: row.phone_number_id, digits: undefined };
}

/** Which customers of a number may go: those of one that left are kept, all together, for the case that it comes back. */
async function removable(
  db: Db,
  deps: QueryDeps,
  phoneNumberId: string,
  before: number,
): Promise<'none' | 'old' | 'all'> {
  const number = await db
    .selectFrom('signup_phone_numbers')
    .select('left_at')
    .where('app_id', '=', deps.scope.appId)
    .where('business_id', '=', deps.scope.businessId)
    .where('phone_number_id', '=', phoneNumberId)
    .executeTakeFirst();
  if (number !== undefined && (number.left_at === null || number.left_at >= before)) return 'none';
  // A node of the version before may have made a claim on it live, which knows of no numbers in service.
  if ((await ownedOf(db, deps, [phoneNumberId])).size > 0) return 'none';
  return number === undefined ? 'old' : 'all';
}

/** Removes them, if they may still go. Those that are being written at this moment are left for another day. */
async function remove(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { phoneNumberId, digits, before }: { phoneNumberId: string; digits: readonly string[]; before: number },
): Promise<number> {
  const { engine, scope } = deps;
  // The number may have come back meanwhile.
  const which = await removable(trx, deps, phoneNumberId, before);
  if (which === 'none') return 0;
  const rows = await ofNumber(trx, deps, phoneNumberId)
    .where('digits', 'in', digits)
    .$if(which === 'old', (query) => query.where(isOlder(before)))
    // Without waiting: whoever writes customers waits for them in an order.
    .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  if (rows.length === 0) return 0;
  const { numDeletedRows } = await trx
    .deleteFrom('signup_identities')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('phone_number_id', '=', phoneNumberId)
    .where(
      'digits',
      'in',
      rows.map((row) => row.digits),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

const ofNumber = (db: Db, { scope }: QueryDeps, phoneNumberId: string) =>
  db
    .selectFrom('signup_identities')
    .select('digits')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('phone_number_id', '=', phoneNumberId);

/** Whether nothing that is known of a customer is of that time, or later. */
const isOlder = (before: number) =>
  sql<boolean>`(coalesce(hash_at, 0) < ${before} and coalesce(other_at, 0) < ${before} and
    coalesce(mismatch_at, 0) < ${before} and coalesce(trusted_at, 0) < ${before})`;
