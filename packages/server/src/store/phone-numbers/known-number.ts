import type { Transaction } from 'kysely';
import { withFacts } from '../../domain/known-facts.ts';
import type { NumberFacts } from '../../domain/number-facts.ts';
import type { PhoneNumberChangeRow, PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { readFacts, writeFacts } from './facts-json.ts';

/** Rows per statement. */
const slice = 500;

/** Rows of numbers, locked in the one order that everybody locks them in: two nodes then never wait for each other. */
export async function lockNumbers(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  phoneNumberIds: readonly string[],
): Promise<PhoneNumberRow[]> {
  // Ids are digits, which databases of every collation put into this order as well.
  const ids = [...new Set(phoneNumberIds)].toSorted();
  const rows: PhoneNumberRow[] = [];
  for (let from = 0; from < ids.length; from += slice) {
    rows.push(
      ...(await trx
        .selectFrom('signup_phone_numbers')
        .selectAll()
        .where('app_id', '=', scope.appId)
        .where('business_id', '=', scope.businessId)
        .where('phone_number_id', 'in', ids.slice(from, from + slice))
        .orderBy('phone_number_id')
        .$if(engine.kind === 'postgres', (query) => query.forUpdate())
        .execute()),
    );
  }
  return rows;
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
 *
 * @param said.believedUntil of a read: what is known for a later time was dated by a clock that was ahead, and gives way.
 *   Milliseconds UTC @default all times are believed
 */
export function saidOfNumber(
  { scope, newId }: QueryDeps,
  { phone_number_id, facts }: Pick<PhoneNumberRow, 'phone_number_id' | 'facts'>,
  said: readonly { facts: NumberFacts; at: number; believedUntil?: number }[],
): { facts: string; changes: PhoneNumberChangeRow[] } {
  const stored = readFacts(facts);
  const changes: PhoneNumberChangeRow[] = [];
  for (const news of said) {
    const after = withFacts(stored.facts, news.facts, news);
    stored.facts = after.facts;
    for (const change of after.changes) {
      const number = { app_id: scope.appId, business_id: scope.businessId, phone_number_id };
      changes.push({ id: newId(), ...number, ...change, who: 'meta' });
    }
  }
  return { facts: writeFacts(stored), changes };
}

/** Adds lines of history. */
export async function writeChanges(
  trx: Transaction<Tables>,
  changes: readonly PhoneNumberChangeRow[],
): Promise<void> {
  for (let from = 0; from < changes.length; from += slice) {
    await trx
      .insertInto('signup_phone_number_changes')
      .values(changes.slice(from, from + slice))
      .execute();
  }
}
