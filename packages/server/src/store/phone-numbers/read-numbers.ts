import type { Transaction } from 'kysely';
import { day } from '../../domain/durations.ts';
import { wholeSeconds } from '../../domain/read-event-time.ts';
import type { NumbersStore, PhoneNumberRecord } from '../../ports/numbers-store.ts';
import type { PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { toPhoneNumberRecord } from './find-phone-number.ts';
import { lockNumbers, sayOfNumber, updateNumber } from './known-number.ts';
import { apartOnAccounts, plannedRead } from './read-plan.ts';

type Input<Method extends keyof NumbersStore> = Parameters<NumbersStore[Method]>[0];

/** Reads are planned for a day at most: what is later was written by a clock that was ahead. Milliseconds. */
const longestPlan = 2 * day;

/** Numbers that are in service and are to be read, the oldest plan first. */
export async function listNumbersToRead(
  { engine, scope }: QueryDeps,
  { now, limit }: Input<'listNumbersToRead'>,
): Promise<PhoneNumberRecord[]> {
  const inService = () =>
    engine.read
      .selectFrom('signup_phone_numbers')
      .selectAll()
      .where('app_id', '=', scope.appId)
      .where('business_id', '=', scope.businessId)
      .where('left_at', 'is', null)
      .orderBy('run_at');
  const rows: PhoneNumberRow[] = await inService().where('run_at', '<=', now).limit(limit).execute();
  if (rows.length < limit) {
    const mistaken = inService().where('run_at', '>', now + longestPlan);
    rows.push(...(await mistaken.limit(limit - rows.length).execute()));
  }
  return rows.map(toPhoneNumberRecord);
}

/** Keeps what a read found. */
export async function keepNumberRead(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  input: Input<'keepNumberRead'>,
): Promise<void> {
  const [row] = await lockNumbers(trx, deps, [input.phoneNumberId]);
  if (row === undefined) return;
  // Meta counts in whole seconds: what it told in this very second may be what came after the question.
  const at = row.wakes === input.seen ? input.askedAt : wholeSeconds(input.askedAt) - 1;
  const read: PhoneNumberRow = {
    ...row,
    facts: await sayOfNumber(trx, deps, row, [{ facts: input.facts, at }]),
    display_phone_number: input.displayPhoneNumber,
    read_at: Math.max(row.read_at ?? 0, input.askedAt),
    failures: 0,
    problem: null,
    problem_at: null,
  };
  const run_at = await nextRead(trx, deps, read, input);
  await updateNumber(trx, deps, row.phone_number_id, {
    facts: read.facts,
    display_phone_number: read.display_phone_number,
    read_at: read.read_at,
    failures: 0,
    problem: null,
    problem_at: null,
    run_at,
  });
}

/** Keeps that a read failed. */
export async function keepNumberUnread(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  input: Input<'keepNumberUnread'>,
): Promise<void> {
  const [row] = await lockNumbers(trx, deps, [input.phoneNumberId]);
  if (row === undefined) return;
  const unread: PhoneNumberRow = {
    ...row,
    failures: row.failures + 1,
    problem: input.reason,
    problem_at: input.now,
  };
  const run_at = await nextRead(trx, deps, unread, input);
  await updateNumber(trx, deps, row.phone_number_id, {
    failures: unread.failures,
    problem: unread.problem,
    problem_at: unread.problem_at,
    run_at,
  });
}

/** As it is planned; or sooner, where there has been news since. */
async function nextRead(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  row: PhoneNumberRow,
  { seen, nextReadAt }: { seen: number; nextReadAt: number },
): Promise<number> {
  if (row.wakes === seen) return nextReadAt;
  const least = await apartOnAccounts(trx, deps, [row.waba_id]);
  return plannedRead({ ...row, run_at: nextReadAt }, row.run_at, least(row.waba_id));
}
