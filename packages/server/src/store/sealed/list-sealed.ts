import { codeCell, pinCell, tokenCell } from '../../domain/cells.ts';
import type { SealedStore, SealedText } from '../../ports/sealed-store.ts';
import type { QueryDeps } from '../scope.ts';
import { pinsOfScope } from './pins-of-scope.ts';

/** How many sealed texts this app has. */
export async function countSealed(deps: QueryDeps): Promise<number> {
  const claims = await claimsOfScope(deps)
    .select((eb) => [
      eb.fn.count<number>('sealed_code').as('codes'),
      eb.fn.count<number>('sealed_token').as('tokens'),
    ])
    .executeTakeFirstOrThrow();
  const pins = await pinsOfScope(deps)
    .select((eb) => eb.fn.countAll<number>().as('pins'))
    .executeTakeFirstOrThrow();
  return claims.codes + claims.tokens + pins.pins;
}

/** The sealed texts of the next rows. */
export async function listSealed(
  deps: QueryDeps,
  { rows, after, limit }: Parameters<SealedStore['listSealed']>[0],
): Promise<Awaited<ReturnType<SealedStore['listSealed']>>> {
  const found = rows === 'claims' ? await claimRows(deps, after, limit) : await pinRows(deps, after, limit);
  return { texts: found.flatMap(({ texts }) => texts), next: found[limit - 1]?.id };
}

/** A row, and what is sealed in it. */
interface Found {
  id: string;
  texts: SealedText[];
}

async function claimRows(deps: QueryDeps, after: string, limit: number): Promise<Found[]> {
  const rows = await claimsOfScope(deps)
    .select(['id', 'session_id', 'sealed_code', 'sealed_token'])
    .where((eb) => eb.or([eb('sealed_code', 'is not', null), eb('sealed_token', 'is not', null)]))
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, session_id, sealed_code, sealed_token }) => ({
    id,
    texts: [
      ...textOf('code', id, codeCell(session_id), sealed_code),
      ...textOf('token', id, tokenCell(id), sealed_token),
    ],
  }));
}

async function pinRows(deps: QueryDeps, after: string, limit: number): Promise<Found[]> {
  const rows = await pinsOfScope(deps)
    .select(['phone_number_id', 'sealed_pin'])
    .where('phone_number_id', '>', after)
    .orderBy('phone_number_id')
    .limit(limit)
    .execute();
  return rows.map(({ phone_number_id: id, sealed_pin }) => ({
    id,
    texts: textOf('pin', id, pinCell(id), sealed_pin),
  }));
}

function claimsOfScope({ engine, scope }: QueryDeps) {
  return engine.read
    .selectFrom('signup_claims')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId);
}

function textOf(kind: SealedText['kind'], id: string, cell: string, sealed: string | null): SealedText[] {
  return sealed === null ? [] : [{ kind, id, cell, sealed }];
}
