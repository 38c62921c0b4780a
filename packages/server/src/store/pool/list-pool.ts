import { numberState, type NumberState } from '../../domain/number-lifecycle.ts';
import type { Page } from '../../ports/page.ts';
import type { PoolStore } from '../../ports/pool-store.ts';
import type { PoolRecord } from '../../ports/records.ts';
import { toPoolRecord } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import { cursorAt, wayOf, type Place, type Query, type Stretch } from './pool-order.ts';
import { matchesOf, type Matches } from './pool-search.ts';

type Input = Parameters<PoolStore['listPool']>[0];

/** What listing is made of. */
export interface ListPoolDeps extends QueryDeps {
  /** `setImmediate`, or a test's own. */
  defer: (run: () => void) => void;
}

/** Rows that are looked at before others have their turn: by what they are worth here, or by the database. */
const inSlice = { here: 1_000, there: 5_000 } as const;

/**
 * The pool, page by page. What no index finds is looked for slice by slice with a rest after each, because SQLite stops
 * everything else for as long as a query takes.
 */
export async function listPool(deps: ListPoolDeps, input: Input): Promise<Page<PoolRecord>> {
  const { sort = 'id', cursor, limit, search } = input;
  const matches = search === undefined ? undefined : await matchesOf(deps, search);
  const { stretches, after } = wayOf(sort, cursor);
  const rows: NumberRow[] = [];
  for (const [index, stretch] of stretches.entries()) {
    const from = index === 0 ? after : undefined;
    for await (const slice of slicesOf(deps, input, { stretch, from, matches, wanted: limit + 1 })) {
      rows.push(...slice);
      if (rows.length > limit) break;
    }
    if (rows.length > limit) break;
  }
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toPoolRecord),
    nextCursor: rows.length <= limit || last === undefined ? undefined : cursorAt(sort, last),
  };
}

/** Rows that are in a state, and some that are not: what `numberState` would refuse at first sight. */
function mayBe(query: Query, state: NumberState): Query {
  if (state === 'claimed') return query.where('claim_id', 'is not', null);
  return query.where('claim_id', 'is', null).where('gone_at', state === 'gone' ? 'is not' : 'is', null);
}

interface Part {
  stretch: Stretch;
  from: Place | undefined;
  matches: Matches | undefined;
  /** Rows that are enough. */
  wanted: number;
}

/** What is asked for of a stretch, in order, slice by slice. */
async function* slicesOf(
  deps: ListPoolDeps,
  input: Input,
  { stretch, from, matches, wanted }: Part,
): AsyncGenerator<NumberRow[]> {
  const { engine, scope, defer } = deps;
  const { status, state } = input;
  const all = (): Query =>
    engine.read
      .selectFrom('signup_numbers')
      .selectAll()
      .where('app_id', '=', scope.appId)
      .where('business_id', '=', scope.businessId)
      .$if(status !== undefined, (query) => query.where('verification_status', '=', status ?? ''))
      .$call((query) => (state === undefined ? query : mayBe(query, state.is)))
      .$call((query) => matches?.in(query) ?? query);
  const isIndexed = matches?.isIndexed ?? (status ?? state) === undefined;
  // PostgreSQL looks by itself, and better at once.
  const isSliced = engine.kind === 'sqlite' && !isIndexed;
  const most = state === undefined ? wanted : inSlice.here;
  let after = from;
  do {
    const until = isSliced
      ? await endOfSlice(deps, stretch, after, state === undefined ? 'there' : 'here')
      : undefined;
    const rows = await engine.reading(() =>
      stretch
        .inOrder(stretch.within(all()))
        .$call((query) => (after === undefined ? query : stretch.compared(query, '>', after)))
        .$call((query) => (until === undefined ? query : stretch.compared(query, '<=', until)))
        .limit(most)
        .execute(),
    );
    yield state === undefined
      ? rows
      : rows.filter((row) => numberState(toPoolRecord(row), state.now) === state.is);
    after = until ?? (state === undefined || rows.length < most ? undefined : rows.at(-1));
    if (after !== undefined) await new Promise<void>((resolve) => defer(resolve));
  } while (after !== undefined);
}

/** The last row of the next slice; `undefined`: the stretch has no more than that. */
function endOfSlice(
  { engine, scope }: QueryDeps,
  stretch: Stretch,
  after: Place | undefined,
  where: keyof typeof inSlice,
): Promise<Place | undefined> {
  const places = engine.read
    .selectFrom('signup_numbers')
    .select(['id', 'verification_expires_at'])
    // The others are looked at as well where the index has them.
    .$if(stretch.isOfScope, (query) =>
      query.where('app_id', '=', scope.appId).where('business_id', '=', scope.businessId),
    );
  return engine.reading(() =>
    stretch
      .inOrder(stretch.within(places))
      .$call((query) => (after === undefined ? query : stretch.compared(query, '>', after)))
      .limit(1)
      .offset(inSlice[where] - 1)
      .executeTakeFirst(),
  );
}
