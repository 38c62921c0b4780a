import type { Transaction } from 'kysely';
import { day } from '../../domain/durations.ts';
import type { PoolStore } from '../../ports/pool-store.ts';
import { isHeard, tellHostBesideClaims } from '../host-events/tell-host.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** Holds come and go within hours: the host is not told of each. Milliseconds. */
const calm = day;

/** Remembers that the pool has numbers of these countries. */
export async function noteCountries(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  countries: readonly string[],
): Promise<void> {
  if (countries.length === 0) return;
  await trx
    .insertInto('signup_pool_levels')
    .values(
      // In one order, so that two nodes cannot wait for each other.
      [...new Set(countries)].sort().map((country) => ({
        app_id: scope.appId,
        business_id: scope.businessId,
        country,
        told_at: null,
        enough_at: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['app_id', 'business_id', 'country']).doNothing())
    .execute();
}

/** The countries that the pool has, or had, numbers of. */
export async function listCountries({ engine, scope }: QueryDeps): Promise<string[]> {
  const rows = await engine.read
    .selectFrom('signup_pool_levels')
    .select('country')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .orderBy('country')
    .execute();
  return rows.map(({ country }) => country);
}

/** Tells the host where there are too few numbers to offer. */
export async function warnOfLowPool(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { now, verifiedUntil, levels }: Parameters<PoolStore['warnOfLowPool']>[0],
): ReturnType<PoolStore['warnOfLowPool']> {
  await noteCountries(
    trx,
    deps,
    levels.map(({ country }) => country),
  );
  const lacking: { country: string; free: number }[] = [];
  for (const { country, low } of levels) {
    const free = await countFree(trx, deps, { country, verifiedUntil, most: low });
    if (free >= low) {
      await level(trx, deps, country)
        .set({ enough_at: now })
        .where('told_at', 'is not', null)
        .where('enough_at', 'is', null)
        .execute();
      continue;
    }
    lacking.push({ country, free });
    if (!isHeard(deps, 'poolLow')) continue;
    const told = await level(trx, deps, country)
      .set({ told_at: now, enough_at: null })
      .where((eb) =>
        eb.or([
          eb('told_at', 'is', null),
          eb.and([eb('enough_at', 'is not', null), eb('told_at', '<=', now - calm)]),
        ]),
      )
      .returning('country')
      .executeTakeFirst();
    if (told === undefined) continue;
    const data = { ...(country === '' ? {} : { country }), free, low };
    await tellHostBesideClaims(trx, deps, { type: 'poolLow', now, data });
  }
  return lacking;
}

function level(trx: Transaction<Tables>, { scope }: QueryDeps, country: string) {
  return trx
    .updateTable('signup_pool_levels')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('country', '=', country);
}

/** No further than `most`: the index of free numbers is walked, and nobody wants to know how many there are beyond that. */
async function countFree(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { country, verifiedUntil, most }: { country: string; verifiedUntil: number; most: number },
): Promise<number> {
  const free = () =>
    trx
      .selectFrom('signup_numbers')
      .select('id')
      .where('app_id', '=', scope.appId)
      .where('business_id', '=', scope.businessId)
      .where('verification_status', '=', 'VERIFIED')
      .where('held_by', 'is', null)
      .where('claim_id', 'is', null)
      .where('gone_at', 'is', null)
      .where('country', country === '' ? 'is' : '=', country === '' ? null : country)
      .limit(most);
  const lasting = await free().where('verification_expires_at', '>', verifiedUntil).execute();
  if (lasting.length >= most) return lasting.length;
  const unlimited = await free().where('verification_expires_at', 'is', null).execute();
  return lasting.length + unlimited.length;
}
