import { digitsOf } from '../../domain/number-match.ts';
import type { PoolRecord } from '../../ports/records.ts';
import type { Page, PageQuery } from '../../ports/page.ts';
import { toPoolRecord } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';

/** The pool by Meta's id. `status` is Meta's word for the verification; `search` a part of the
 * digits, Meta's id, or whoever holds or has it. */
export async function listPool(
  { engine, scope }: QueryDeps,
  { status, search, cursor, limit }: PageQuery,
): Promise<Page<PoolRecord>> {
  const rows = await engine.read
    .selectFrom('signup_numbers')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .$if(status !== undefined, (query) => query.where('verification_status', '=', status ?? ''))
    .$if(search !== undefined, (query) =>
      query.where((eb) =>
        eb.or(matches(search ?? '').map(([column, operator, value]) => eb(column, operator, value))),
      ),
    )
    .$if(cursor !== undefined, (query) => query.where('id', '>', cursor ?? ''))
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(toPoolRecord);
  return { items, nextCursor: rows.length > limit ? items.at(-1)?.id : undefined };
}

function matches(search: string): ['digits' | 'id' | 'held_by' | 'claimed_by', '=' | 'like', string][] {
  const digits = digitsOf(search);
  return [
    ['id', '=', search],
    ['held_by', '=', search],
    ['claimed_by', '=', search],
    ...(digits === '' ? [] : [['digits', 'like', `%${digits}%`] satisfies ['digits', 'like', string]]),
  ];
}
