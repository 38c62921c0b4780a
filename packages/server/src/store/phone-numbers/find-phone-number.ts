import type { PhoneNumberChange, PhoneNumberRecord } from '../../ports/numbers-store.ts';
import type { PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import { readFacts } from './facts-json.ts';

/** A number by Meta's id of it, also one that has left. */
export async function findPhoneNumber(
  { engine, scope }: QueryDeps,
  phoneNumberId: string,
): Promise<PhoneNumberRecord | undefined> {
  const row = await engine.read
    .selectFrom('signup_phone_numbers')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('phone_number_id', '=', phoneNumberId)
    .executeTakeFirst();
  return row === undefined ? undefined : toPhoneNumberRecord(row);
}

/** What changed about a number, the newest first. */
export async function listPhoneNumberChanges(
  { engine, scope }: QueryDeps,
  { phoneNumberId, limit }: { phoneNumberId: string; limit: number },
): Promise<PhoneNumberChange[]> {
  const rows = await engine.read
    .selectFrom('signup_phone_number_changes')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('phone_number_id', '=', phoneNumberId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    // A newer version may have facts of its own; whoever reads one takes it for a word.
    fact: row.fact as PhoneNumberChange['fact'],
    before: row.before ?? undefined,
    after: row.after ?? undefined,
    who: row.who,
  }));
}

/** A row of `signup_phone_numbers` as the rest of the kit knows it. */
export function toPhoneNumberRecord(row: PhoneNumberRow): PhoneNumberRecord {
  return {
    phoneNumberId: row.phone_number_id,
    wabaId: row.waba_id,
    phoneNumber: row.phone_number,
    displayPhoneNumber: row.display_phone_number,
    facts: readFacts(row.facts).facts,
    identityCheck: row.identity_check === null ? undefined : row.identity_check === 1,
    identityCheckAt: row.identity_check_at ?? undefined,
    createdAt: row.created_at,
    leftAt: row.left_at ?? undefined,
    readAt: row.read_at ?? undefined,
    nextReadAt: row.run_at,
    failures: row.failures,
    problem: row.problem === null ? undefined : { reason: row.problem, at: row.problem_at ?? 0 },
    wakes: row.wakes,
  };
}
