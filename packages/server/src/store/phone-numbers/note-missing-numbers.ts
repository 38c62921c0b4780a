import type { Transaction } from 'kysely';
import type { MissingNumbersCursor, NumbersStore } from '../../ports/numbers-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { leaveNumbers, ownedOf } from './leave-numbers.ts';
import { notePhoneNumber } from './note-phone-number.ts';

/**
 * Catches up with what nodes of an older version wrote, which know of no numbers in service: notes the numbers of live claims
 * that are missing, and then those that have left. Looks at a slice of rows, and writes only where something is to be done.
 */
export async function noteMissingNumbers(
  deps: QueryDeps,
  { now, limit, after }: Parameters<NumbersStore['noteMissingNumbers']>[0],
): ReturnType<NumbersStore['noteMissingNumbers']> {
  const from: MissingNumbersCursor = after ?? { of: 'claims', id: '' };
  const { engine } = deps;
  if (from.of === 'claims') {
    const slice = await engine.reading(() => claimsWithoutNumber(deps, { after: from.id, limit }));
    const noted =
      slice.ids.length === 0 ? 0 : await engine.write((trx) => noteNumbersOf(trx, deps, slice.ids, now));
    const next: MissingNumbersCursor =
      slice.last === undefined ? { of: 'numbers', id: '' } : { of: 'claims', id: slice.last };
    return { noted, next };
  }
  const slice = await engine.reading(() => numbersWithoutOwner(deps, { after: from.id, limit }));
  if (slice.ids.length > 0) await engine.write((trx) => leaveNumbers(trx, deps, slice.ids, now));
  return { noted: 0, next: slice.last === undefined ? undefined : { of: 'numbers', id: slice.last } };
}

/** What a look at some rows found, and the last of the rows; `undefined`: there are no more. */
interface Slice {
  ids: string[];
  last: string | undefined;
}

/** Live claims whose number is not noted, among the next `limit` claims, whatever has become of these. */
export async function claimsWithoutNumber(
  deps: QueryDeps,
  { after, limit }: { after: string; limit: number },
): Promise<Slice> {
  const { engine, scope } = deps;
  const visited = await engine.read
    .selectFrom('signup_claims')
    .select(['id', 'app_id', 'business_id', 'live', 'waba_id', 'phone_number', 'phone_number_id'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  const last = visited.length < limit ? undefined : visited.at(-1)?.id;
  const owners = visited.flatMap(({ id, phone_number_id, ...claim }) => {
    const isOurs = claim.app_id === scope.appId && claim.business_id === scope.businessId;
    const isWhole = claim.live === 1 && claim.waba_id !== null && claim.phone_number !== null;
    return isOurs && isWhole && phone_number_id !== null ? [{ id, phone_number_id }] : [];
  });
  if (owners.length === 0) return { ids: [], last };
  const rows = await engine.read
    .selectFrom('signup_phone_numbers')
    .select('phone_number_id')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('left_at', 'is', null)
    .where(
      'phone_number_id',
      'in',
      owners.map(({ phone_number_id }) => phone_number_id),
    )
    .execute();
  const noted = new Set(rows.map(({ phone_number_id }) => phone_number_id));
  const missing = owners.filter(({ phone_number_id }) => !noted.has(phone_number_id));
  return { ids: missing.map(({ id }) => id), last };
}

/** Numbers in service that no live claim owns, among the next `limit` numbers, also those that have left. */
export async function numbersWithoutOwner(
  deps: QueryDeps,
  { after, limit }: { after: string; limit: number },
): Promise<Slice> {
  const { engine, scope } = deps;
  const visited = await engine.read
    .selectFrom('signup_phone_numbers')
    .select(['phone_number_id', 'left_at'])
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('phone_number_id', '>', after)
    .orderBy('phone_number_id')
    .limit(limit)
    .execute();
  const last = visited.length < limit ? undefined : visited.at(-1)?.phone_number_id;
  const inService = visited.flatMap(({ phone_number_id, left_at }) =>
    left_at === null ? [phone_number_id] : [],
  );
  if (inService.length === 0) return { ids: [], last };
  const owned = await ownedOf(engine.read, deps, inService);
  return { ids: inService.filter((id) => !owned.has(id)), last };
}

/** Notes the numbers of claims, if these are live. Resolves to how many of them are. */
export async function noteNumbersOf(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  claimIds: readonly string[],
  now: number,
): Promise<number> {
  const { engine, scope } = deps;
  const claims = await trx
    .selectFrom('signup_claims')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('live', '=', 1)
    .where('id', 'in', claimIds)
    // Claims are locked before anything else, and in this order, as everybody does; then numbers, in theirs.
    .orderBy('id')
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .execute();
  const inOrder = claims.toSorted((a, b) => ((a.phone_number_id ?? '') < (b.phone_number_id ?? '') ? -1 : 1));
  for (const claim of inOrder) await notePhoneNumber(trx, deps, claim, now);
  return claims.length;
}
