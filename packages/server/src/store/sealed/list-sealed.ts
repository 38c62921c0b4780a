import { codeCell, pinCell, textCell, tokenCell } from '../../domain/cells.ts';
import type { SealedRows, SealedStore, SealedText } from '../../ports/sealed-store.ts';
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
  const numbers = await numbersOfScope(deps)
    .select((eb) => eb.fn.countAll<number>().as('texts'))
    .executeTakeFirstOrThrow();
  return claims.codes + claims.tokens + pins.pins + numbers.texts;
}

/** The sealed texts of the next rows. */
export async function listSealed(
  deps: QueryDeps,
  { rows, after, limit }: Parameters<SealedStore['listSealed']>[0],
): Promise<Awaited<ReturnType<SealedStore['listSealed']>>> {
  const found = await rowsOf[rows](deps, after, limit);
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

async function numberRows(deps: QueryDeps, after: string, limit: number): Promise<Found[]> {
  const rows = await numbersOfScope(deps)
    .select(['id', 'sealed_text'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, sealed_text }) => ({ id, texts: textOf('text', id, textCell(id), sealed_text) }));
}

const rowsOf: Record<SealedRows, (deps: QueryDeps, after: string, limit: number) => Promise<Found[]>> = {
  claims: claimRows,
  pins: pinRows,
  numbers: numberRows,
};

function claimsOfScope({ engine, scope }: QueryDeps) {
  return engine.read
    .selectFrom('signup_claims')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId);
}

/** Those with a text that waits: few, and found by an index of their own. */
function numbersOfScope({ engine, scope }: QueryDeps) {
  return engine.read
    .selectFrom('signup_numbers')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('sealed_text', 'is not', null);
}

function textOf(kind: SealedText['kind'], id: string, cell: string, sealed: string | null): SealedText[] {
  return sealed === null ? [] : [{ kind, id, cell, sealed }];
}
