import type { SelectQueryBuilder } from 'kysely';
import type { PoolSort } from '../../ports/pool-store.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { Tables } from '../tables.ts';

/** A query of numbers, whichever columns it reads. */
export type Query<Output = NumberRow> = SelectQueryBuilder<Tables, 'signup_numbers', Output>;

/** What a row's place in a list is told by. */
export type Place = Pick<NumberRow, 'id' | 'verification_expires_at'>;

/** A part of the pool that an index has in order. */
export interface Stretch {
  /** Whether that index is of one app and portfolio; if not, it has those of all. */
  isOfScope: boolean;
  within<Output>(query: Query<Output>): Query<Output>;
  inOrder<Output>(query: Query<Output>): Query<Output>;
  compared<Output>(query: Query<Output>, operator: '>' | '<=', place: Place): Query<Output>;
}

/** All, by Meta's id. */
const byId: Stretch = {
  isOfScope: false,
  within: (query) => query,
  inOrder: (query) => query.orderBy('id'),
  compared: (query, operator, { id }) => query.where('id', operator, id),
};

/** Those whose verification ends, the soonest first. */
const ending: Stretch = {
  isOfScope: true,
  within: (query) => query.where('verification_expires_at', 'is not', null),
  inOrder: (query) => query.orderBy('verification_expires_at').orderBy('id'),
  compared: (query, operator, { verification_expires_at: end, id }) =>
    query.where((eb) => eb(eb.refTuple('verification_expires_at', 'id'), operator, eb.tuple(end ?? 0, id))),
};

/** Those without an end. */
const endless: Stretch = {
  ...byId,
  isOfScope: true,
  within: (query) => query.where('verification_expires_at', 'is', null),
};

/** What a list goes through, one after the other; the first from behind a place. */
export interface Way {
  stretches: readonly Stretch[];
  after: Place | undefined;
}

/** Where a list goes on. A cursor that is none begins anew. */
export function wayOf(sort: PoolSort, cursor: string | undefined): Way {
  if (sort === 'id') {
    return {
      stretches: [byId],
      after: cursor === undefined ? undefined : { id: cursor, verification_expires_at: null },
    };
  }
  const [, end, id = ''] = /^(\d{0,15})\.(.*)$/s.exec(cursor ?? '') ?? [];
  if (end === undefined) return { stretches: [ending, endless], after: undefined };
  if (end === '') return { stretches: [endless], after: { id, verification_expires_at: null } };
  return { stretches: [ending, endless], after: { id, verification_expires_at: Number(end) } };
}

/** What the next page goes on from. */
export function cursorAt(sort: PoolSort, { id, verification_expires_at: end }: Place): string {
  return sort === 'id' ? id : `${end ?? ''}.${id}`;
}
