import type { SelectQueryBuilder } from 'kysely';
import { digitsOf } from '../../domain/number-match.ts';
import type { Page } from '../../ports/page.ts';
import type { PoolStore } from '../../ports/pool-store.ts';
import type { PoolRecord } from '../../ports/records.ts';
import { toPoolRecord } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { Tables } from '../tables.ts';

type Query = SelectQueryBuilder<Tables, 'signup_numbers', NumberRow>;
type Input = Parameters<PoolStore['listPool']>[0];

/** The pool, page by page. `status` is Meta's word for the verification; `search` a part of the
 * digits, Meta's id, or whoever holds or has it. */
export async function listPool(deps: QueryDeps, input: Input): Promise<Page<PoolRecord>> {
  const { sort = 'id', cursor, limit } = input;
  const all = () => matching(deps, input);
  const rows =
    sort === 'id'
      ? await all()
          .$if(cursor !== undefined, (query) => query.where('id', '>', cursor ?? ''))
          .orderBy('id')
          .limit(limit + 1)
          .execute()
      : await byExpiry(all, cursor, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toPoolRecord),
    nextCursor:
      rows.length <= limit || last === undefined ? undefined : sort === 'id' ? last.id : expiryCursor(last),
  };
}

const expiryCursor = ({ verification_expires_at, id }: NumberRow): string =>
  `${verification_expires_at ?? ''}.${id}`;

/** Those whose verification ends, the soonest first, and then those without an end. */
async function byExpiry(all: () => Query, cursor: string | undefined, wanted: number): Promise<NumberRow[]> {
  const [, end, id = ''] = /^(\d{0,15})\.(.*)$/s.exec(cursor ?? '') ?? [];
  const rows: NumberRow[] = [];
  if (end !== '') {
    const ending = all()
      .where('verification_expires_at', 'is not', null)
      .$if(end !== undefined, (query) =>
        query.where((eb) => eb(eb.refTuple('verification_expires_at', 'id'), '>', eb.tuple(Number(end), id))),
      );
    rows.push(...(await ending.orderBy('verification_expires_at').orderBy('id').limit(wanted).execute()));
  }
  if (rows.length === wanted) return rows;
  const endless = all()
    .where('verification_expires_at', 'is', null)
    .$if(end === '', (query) => query.where('id', '>', id));
  return [
    ...rows,
    ...(await endless
      .orderBy('id')
      .limit(wanted - rows.length)
      .execute()),
  ];
}

function matching({ engine, scope }: QueryDeps, { status, search }: Input): Query {
  return engine.read
    .selectFrom('signup_numbers')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .$if(status !== undefined, (query) => query.where('verification_status', '=', status ?? ''))
    .$if(search !== undefined, (query) =>
      query.where((eb) =>
        eb.or(matches(search ?? '').map(([column, operator, value]) => eb(column, operator, value))),
      ),
    );
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
