import type { Kysely, Transaction } from 'kysely';
import { day, hour } from '../../domain/durations.ts';
import { wholeSeconds } from '../../domain/read-event-time.ts';
import type { NumbersStore, PhoneNumberRecord } from '../../ports/numbers-store.ts';
import type { PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { toPhoneNumberRecord } from './find-phone-number.ts';
import { lockNumbers, saidOfNumber, updateNumber, writeChanges } from './known-number.ts';
import { apartOnAccounts, plannedRead } from './read-plan.ts';
import { urgency } from './urgency.ts';

type Input<Method extends keyof NumbersStore> = Parameters<NumbersStore[Method]>[0];

/** Reads are planned for a day at most: what is later was written by a clock that was ahead. Milliseconds. */
const longestPlan = 2 * day;

/** Of a slice, this much goes to the most urgent; the rest to the oldest plan, so that nothing waits for ever. */
const urgentShare = 0.8;

/** Numbers that are in service and are to be read, the most urgent first. */
export async function listNumbersToRead(
  deps: QueryDeps,
  input: Input<'listNumbersToRead'>,
): Promise<PhoneNumberRecord[]> {
  const rows = await dueRows((limit) => inServiceByPlan(deps.engine.read, deps, limit), input);
  return rows.map(toPhoneNumberRecord);
}

/** The first of those in service, by their plan. */
export const inServiceByPlan = (
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  { scope }: QueryDeps,
  limit: number,
) =>
  db
    .selectFrom('signup_phone_numbers')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('left_at', 'is', null)
    .orderBy('run_at')
    .limit(limit);

/** Those that are to be read, of these. */
export async function dueRows(
  inService: (limit: number) => ReturnType<typeof inServiceByPlan>,
  { now, limit }: { now: number; limit: number },
): Promise<PhoneNumberRow[]> {
  const due: PhoneNumberRow[] = await inService(limit).where('run_at', '<=', now).execute();
  if (due.length < limit) {
    const mistaken = await inService(limit)
      .where('run_at', '>', now + longestPlan)
      .execute();
    return [...byUrgency(due), ...mistaken].slice(0, limit);
  }
  // More are due than are asked for.
  const urgent: PhoneNumberRow[] = [];
  for (const one of [urgency.news, urgency.first]) {
    urgent.push(...(await inService(limit).where('urgent', '=', one).where('run_at', '<=', now).execute()));
  }
  const most = urgent.slice(0, Math.ceil(limit * urgentShare));
  const ids = new Set(most.map(({ phone_number_id }) => phone_number_id));
  const others = due.filter(({ phone_number_id }) => !ids.has(phone_number_id));
  return [...most, ...others].slice(0, limit);
}

const byUrgency = (rows: readonly PhoneNumberRow[]): PhoneNumberRow[] =>
  rows.toSorted((a, b) => (b.urgent ?? 0) - (a.urgent ?? 0));

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
  const { facts, changes } = saidOfNumber(deps, row, [
    { facts: input.facts, at, believedUntil: input.askedAt + longestRead },
  ]);
  await writeChanges(trx, changes);
  const isNewest = !isOlderThan(input.askedAt, row.read_at) && !isOlderThan(input.askedAt, row.problem_at);
  const read = {
    read_at: newer(input.askedAt, row.read_at),
    asked_at: newer(input.askedAt, row.asked_at),
    ...(isOlderThan(input.askedAt, row.read_at) ? {} : { display_phone_number: input.displayPhoneNumber }),
    ...(isNewest ? { failures: 0, problem: null, problem_at: null } : {}),
  };
  const plan = await nextRead(trx, deps, { ...row, ...read }, { ...input, isNewest });
  await updateNumber(trx, deps, row.phone_number_id, { facts, ...read, ...plan });
}

/** Keeps that a read failed. */
export async function keepNumberUnread(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  input: Input<'keepNumberUnread'>,
): Promise<void> {
  const [row] = await lockNumbers(trx, deps, [input.phoneNumberId]);
  if (row === undefined) return;
  const isNewest = !isOlderThan(input.askedAt, row.read_at) && !isOlderThan(input.askedAt, row.problem_at);
  const unread = isNewest
    ? { failures: row.failures + 1, problem: input.reason, problem_at: input.askedAt }
    : {};
  const plan = await nextRead(trx, deps, { ...row, ...unread }, { ...input, isNewest });
  const asked_at = newer(input.askedAt, row.asked_at);
  await updateNumber(trx, deps, row.phone_number_id, { ...unread, asked_at, ...plan });
}

/** No read lasts longer: what was asked for later than this after it was asked for by a clock that was ahead. Milliseconds. */
const longestRead = hour;

/** Whether a read was asked for before another one, which has ended already. */
const isOlderThan = (askedAt: number, other: number | null): other is number =>
  other !== null && other > askedAt && other <= askedAt + longestRead;

const newer = (askedAt: number, other: number | null): number =>
  isOlderThan(askedAt, other) ? other : askedAt;

/** As it is planned; sooner, where there has been news since; as it was, where a newer read has planned it already. */
async function nextRead(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  row: PhoneNumberRow,
  {
    seen,
    nextReadAt,
    askedAt,
    isNewest,
  }: { seen: number; nextReadAt: number; askedAt: number; isNewest: boolean },
): Promise<Pick<PhoneNumberRow, 'run_at' | 'urgent'>> {
  const { run_at, urgent } = row;
  if (!isNewest && run_at > askedAt) return { run_at, urgent };
  if (row.wakes === seen) return { run_at: nextReadAt, urgent: null };
  const least = await apartOnAccounts(trx, deps, [row.waba_id]);
  return { run_at: plannedRead({ ...row, run_at: nextReadAt }, run_at, least(row.waba_id)), urgent };
}
