import type { ExpressionBuilder, SelectQueryBuilder } from 'kysely';
import { attachmentSession } from '../../domain/attachment-session.ts';
import { comparableDigits } from '../../domain/number-match.ts';
import { plainText, searchedDigits } from '../../domain/read-phone-number.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import type { Query } from './pool-order.ts';

/** What a search is looked for by. */
export interface Matches {
  /** Whether indexes find all of it. */
  isIndexed: boolean;
  in(query: Query): Query;
}

/** With which telephone numbers are written. */
const writing = /^[\d\s().+/\p{Pd}-]*$/u;

/** E.164 has no more, and nearly all of Meta's ids do. */
const mostDigits = 15;

type Ids = SelectQueryBuilder<Tables, 'signup_numbers', { id: string }>;

/**
 * What a search asks for: Meta's id, whoever holds or has a number (also the id of a claim without the popup), a telephone number, or a part of one. Of a whole id or
 * telephone number of the pool no parts are looked for, because that takes the whole pool.
 */
export async function matchesOf({ engine, scope }: QueryDeps, search: string): Promise<Matches> {
  const digits = writing.test(plainText(search)) ? searchedDigits(search) : '';
  const holders = [search, attachmentSession(search)];
  const whole = (numbers: Ids): Ids =>
    numbers
      .where('id', '=', search)
      .$if(digits !== '', (query) => query.union(numbers.where('digits', '=', comparableDigits(digits))));
  const exact = (numbers: Ids): Ids =>
    whole(numbers)
      .union(numbers.where('held_by', 'in', holders))
      .union(numbers.where('claimed_by', '=', search));
  const indexed: Matches = {
    isIndexed: true,
    in: (query) => query.where('id', 'in', (eb) => exact(idsIn(eb))),
  };
  if (digits === '' || digits.length > mostDigits) return indexed;
  const found = await engine.reading(() =>
    whole(
      engine.read
        .selectFrom('signup_numbers')
        .select('id')
        .where('app_id', '=', scope.appId)
        .where('business_id', '=', scope.businessId),
    ).executeTakeFirst(),
  );
  if (found !== undefined) return indexed;
  return {
    isIndexed: false,
    in: (query) =>
      query.where((eb) =>
        eb.or([
          eb('digits', 'like', `%${digits}%`),
          eb('held_by', 'in', holders),
          eb('claimed_by', '=', search),
        ]),
      ),
  };
}

const idsIn = (eb: ExpressionBuilder<Tables, 'signup_numbers'>): Ids =>
  eb.selectFrom('signup_numbers').select('id');
