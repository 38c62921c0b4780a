import { sql, type Transaction } from 'kysely';
import { day } from '../../domain/durations.ts';
import type { NumbersStore, PhoneNumberRecord } from '../../ports/numbers-store.ts';
import type { PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { withinBudget, type WithinBudget } from './account-budget.ts';
import { toPhoneNumberRecord } from './find-phone-number.ts';
import { updateNumber } from './known-number.ts';
import { dueRows, inServiceByPlan } from './read-numbers.ts';
import { mostReadsAnHour, spreadBy } from './read-plan.ts';
import { urgency } from './urgency.ts';

/** What taking numbers is made of. */
export interface TakeDeps extends QueryDeps {
  /** Lets others have their turn. */
  breathe: () => Promise<void>;
}

type Input = Parameters<NumbersStore['takeNumbersToRead']>[0];

/** Of accounts that have used up their reads, at most so many numbers are put off in one transaction: some 15 milliseconds. */
const putOffPerAct = 500;

/** So a turn is over in a few seconds, and a hundred thousand of them are out of the way of other accounts after two. */
const mostActs = 100;

/**
 * What is to be read, for who reads it now: until `until` nobody else takes it. That is kept as its plan, so whoever crashes over it
 * needs nobody who tidies up. Where an account has used up its reads, its numbers are put off, and others have their turn.
 */
export async function takeNumbersToRead(
  deps: TakeDeps,
  { limit, ...input }: Input,
): Promise<PhoneNumberRecord[]> {
  const taken: PhoneNumberRow[] = [];
  const places = new Map<string, number>();
  for (let act = 0; act < mostActs && taken.length < limit; act += 1) {
    if (act > 0) await deps.breathe();
    const some = await deps.engine.write((trx) =>
      takeSome(trx, deps, { ...input, limit: limit - taken.length, places }),
    );
    taken.push(...some.taken);
    for (const [wabaId, count] of some.putOff) places.set(wabaId, (places.get(wabaId) ?? 0) + count);
    if (some.putOff.size === 0 && !some.hasTooSoon) break;
  }
  return taken.map((row) => toPhoneNumberRecord({ ...row, run_at: input.until }));
}

/** @param places how many were put off of each account before; the others come after them */
async function takeSome(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { now, limit, until, places }: Input & { places: ReadonlyMap<string, number> },
) {
  const { engine, scope } = deps;
  // Whoever counts an account's reads knows what all others have taken. This takes a few milliseconds, and a read far longer.
  await engine.lockNames(trx, [`numbers to read of ${scope.appId} ${scope.businessId}`]);
  const inService = (most: number) =>
    inServiceByPlan(trx, deps, most).$if(engine.kind === 'postgres', (query) =>
      // What somebody else is changing is due later as well. So nobody waits for anybody here, whatever the order of the locks.
      query.forUpdate().skipLocked(),
    );
  const due = await dueRows(inService, { now, limit });
  const { may, tooSoon, usedUp } = await withinBudget(trx, deps, { due, now });
  await keepTaken(trx, deps, may, { asked_at: now, run_at: until });
  for (const { row, soonest } of tooSoon) {
    await updateNumber(trx, deps, row.phone_number_id, { run_at: inTime(soonest, now) });
  }
  const putOff = await putOffAll(trx, deps, { usedUp, now, places });
  return { taken: may, putOff, hasTooSoon: tooSoon.length > 0 };
}

async function keepTaken(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  rows: readonly PhoneNumberRow[],
  set: Pick<PhoneNumberRow, 'asked_at' | 'run_at'>,
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ phone_number_id }) => phone_number_id);
  await trx
    .updateTable('signup_phone_numbers')
    .set(set)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('phone_number_id', 'in', ids)
    .execute();
}

/** What is planned for a later day is taken for a clock's mistake. */
const inTime = (runAt: number, now: number): number => Math.min(Math.max(runAt, now + 1), now + day);

/** Resolves to how many were put off of each account; of those of which none could be, nothing. */
async function putOffAll(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  {
    usedUp,
    now,
    places,
  }: Pick<WithinBudget, 'usedUp'> & { now: number; places: ReadonlyMap<string, number> },
): Promise<Map<string, number>> {
  const putOff = new Map<string, number>();
  let room = putOffPerAct;
  for (const { row, roomAt } of usedUp) {
    const wabaId = row.waba_id;
    const before = places.get(wabaId) ?? 0;
    if (row.run_at > now) {
      // A clock that was wrong had planned it.
      const place = before + (putOff.get(wabaId) ?? 0);
      const run_at = inTime(roomAt + place * spreadBy, now);
      await updateNumber(trx, deps, row.phone_number_id, { run_at });
      putOff.set(wabaId, (putOff.get(wabaId) ?? 0) + 1);
    } else if (!putOff.has(wabaId) && room > 0) {
      const count = await putOffDue(trx, deps, { wabaId, now, roomAt, before, limit: room });
      if (count > 0) putOff.set(wabaId, count);
      room -= count;
    }
  }
  return putOff;
}

/**
 * Puts off what is due of an account, one after the other once there is room again; the urgent ones first. News does not wait for
 * all that was due before it: it is among the first each hour.
 *
 * @returns how many
 */
async function putOffDue(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  {
    wabaId,
    now,
    roomAt,
    before,
    limit,
  }: { wabaId: string; now: number; roomAt: number; before: number; limit: number },
): Promise<number> {
  const due = trx
    .selectFrom('signup_phone_numbers')
    .select(['phone_number_id', 'urgent', 'run_at'])
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('waba_id', '=', wabaId)
    .where('left_at', 'is', null)
    .where('run_at', '<=', now)
    .orderBy('run_at')
    .limit(limit)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked());
  const inADay = Math.floor((now + day - roomAt) / spreadBy);
  const result = await sql`
    update signup_phone_numbers as number
    set run_at = case when held.place > ${sql.lit(inADay)} then cast(${now + day} as bigint)
      else cast(${roomAt} as bigint) + held.place * ${sql.lit(spreadBy)} end
    from (
      select phone_number_id, case when urgent = ${sql.lit(urgency.news)} then place % ${sql.lit(mostReadsAnHour)}
        else place end as place
      from (
        select phone_number_id, urgent,
          row_number() over (order by coalesce(urgent, 0) desc, run_at) + ${sql.lit(before - 1)} as place
        from (${due}) as due
      ) as placed
    ) as held
    where number.app_id = ${scope.appId} and number.business_id = ${scope.businessId}
      and number.phone_number_id = held.phone_number_id`.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}
