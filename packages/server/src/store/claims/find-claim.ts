import type { Claim } from '../../ports/records.ts';
import { toClaim } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';
import { selectClaims } from './select-claims.ts';

/** One claim, or `undefined`. */
export async function findClaim({ engine, scope }: QueryDeps, id: string): Promise<Claim | undefined> {
  const row = await selectClaims(engine.read, scope).where('signup_claims.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toClaim(row);
}
