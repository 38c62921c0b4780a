import type { Transaction } from 'kysely';
import { withFacts } from '../../domain/known-facts.ts';
import type { NumberFacts } from '../../domain/number-facts.ts';
import type { PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { readFacts, writeFacts } from './facts-json.ts';

/** Rows of numbers, locked in the one order that everybody locks them in: two nodes then never wait for each other. */
export function lockNumbers(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  phoneNumberIds: readonly string[],
): Promise<PhoneNumberRow[]> {
  return trx
    .selectFrom('signup_phone_numbers')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('phone_number_id', 'in', phoneNumberIds)
    .orderBy('phone_number_id')
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .execute();
}

/** Changes a row that is locked. */
export async function updateNumber(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  phoneNumberId: string,
  set: Partial<PhoneNumberRow>,
): Promise<void> {
  await trx
    .updateTable('signup_phone_numbers')
    .set(set)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('phone_number_id', '=', phoneNumberId)
    .execute();
}

/**
 * What a number's column of facts becomes when something is said of it, with a line of history for each fact that is another
 * one than before. All of it was said by Meta.
 */
export async function sayOfNumber(
  trx: Transaction<Tables>,
  { scope, newId }: QueryDeps,
  { phone_number_id, facts }: Pick<PhoneNumberRow, 'phone_number_id' | 'facts'>,
  said: readonly { facts: NumberFacts; at: number }[],
): Promise<string> {
  const stored = readFacts(facts);
  const all = said.reduce(
    (sum, news) => {
      const after = withFacts(sum.facts, news.facts, news.at);
      return { facts: after.facts, changes: [...sum.changes, ...after.changes] };
    },
    { facts: stored.facts, changes: [] as ReturnType<typeof withFacts>['changes'] }, // an empty list has no type
  );
  if (all.changes.length > 0) {
    const rows = all.changes.map((change) => ({
      ...change,
      id: newId(),
      app_id: scope.appId,
      business_id: scope.businessId,
      phone_number_id,
      who: 'meta',
    }));
    await trx.insertInto('signup_phone_number_changes').values(rows).execute();
  }
  return writeFacts({ ...stored, facts: all.facts });
}
