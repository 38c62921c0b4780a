import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import { comparableDigits } from '../../domain/number-match.ts';
import { searchedDigits } from '../../domain/read-phone-number.ts';
import type { Claim } from '../../ports/records.ts';
import type { Page, PageQuery } from '../../ports/page.ts';
import { toClaim } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';
import { selectClaims } from './select-claims.ts';

/** Claims, newest first; ids are UUIDv7, so the id is the cursor. */
export async function listClaims(
  { engine, scope }: QueryDeps,
  { status, search, cursor, limit }: PageQuery<ClaimStatus>,
): Promise<Page<Claim>> {
  const rows = await selectClaims(engine.read, scope)
    .$if(status !== undefined, (query) => query.where('signup_claims.status', '=', status ?? ''))
    .$if(cursor !== undefined, (query) => query.where('signup_claims.id', '<', cursor ?? ''))
    .$if(search !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('signup_claims.customer_id', '=', search ?? ''),
          eb('signup_claims.id', '=', search ?? ''),
          eb('signup_claims.waba_id', '=', search ?? ''),
          eb('signup_claims.phone_number_id', '=', search ?? ''),
          // Without any, it is empty, which no number is.
          eb('signup_claims.digits', '=', comparableDigits(searchedDigits(search ?? ''))),
        ]),
      ),
    )
    .orderBy('signup_claims.id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(toClaim);
  return { items, nextCursor: rows.length > limit ? items.at(-1)?.id : undefined };
}
