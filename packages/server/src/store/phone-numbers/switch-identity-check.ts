import { sql, type Transaction } from 'kysely';
import { minute } from '../../domain/durations.ts';
import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { lockNumbers, updateNumber } from './known-number.ts';

/** No call to Meta lasts longer, all its attempts together: who is not back by then has crashed. Milliseconds. */
const longestCall = minute;

/** Begins to switch the identity check of a number. Switching it on disturbs nobody, so only switching it off takes a turn. */
export async function beginIdentityCheck(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { phoneNumberId, enabled }: Parameters<NumbersStore['beginIdentityCheck']>[0],
): ReturnType<NumbersStore['beginIdentityCheck']> {
  const [row] = await lockNumbers(trx, deps, [phoneNumberId]);
  if (row === undefined) return 'missing';
  const now = await databaseNow(trx, deps);
  const isAlone = row.identity_check_off_until === null || row.identity_check_off_until <= now;
  const turn = { phoneNumberId, enabled, before: isOn(row), isAlone };
  if (enabled) return isAlone ? { ...turn, turn: row.identity_check_turn } : 'off_under_way';
  const mine = row.identity_check_turn + 1;
  await updateNumber(trx, deps, phoneNumberId, {
    identity_check: 0,
    identity_check_turn: mine,
    identity_check_off_until: now + longestCall,
  });
  return { ...turn, turn: mine };
}

/** Keeps what came of it. */
export async function endIdentityCheck(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { turn, end, now, who }: Parameters<NumbersStore['endIdentityCheck']>[0],
): Promise<boolean> {
  const [row] = await lockNumbers(trx, deps, [turn.phoneNumberId]);
  if (row === undefined) return false;
  const isMine = row.identity_check_turn === turn.turn;
  if (turn.enabled) {
    if (end !== 'done' || !isMine) return false;
    await updateNumber(trx, deps, turn.phoneNumberId, { identity_check: 1, identity_check_at: now });
    await sayOfCheck(trx, deps, turn.phoneNumberId, { before: isOn(row), after: true, now, who });
    return true;
  }
  // Whoever else switches it off at this time may be back before their call is over: then only time tells that it is.
  const nobodyIsAtIt = isMine && turn.isAlone ? { identity_check_off_until: null } : {};
  if (end === 'refused') {
    if (isMine)
      await updateNumber(trx, deps, turn.phoneNumberId, {
        identity_check: flag(turn.before),
        ...nobodyIsAtIt,
      });
    return false;
  }
  await updateNumber(trx, deps, turn.phoneNumberId, {
    identity_check: 0,
    identity_check_at: now,
    ...nobodyIsAtIt,
  });
  // It has counted as off since it was begun.
  const before = isOn(row) === true ? true : turn.before;
  await sayOfCheck(trx, deps, turn.phoneNumberId, { before, after: false, now, who });
  return true;
}

/**
 * What becomes of the check of a number that leaves: whoever has it next may switch the check off, so it counts as off, also
 * where the kit never switched it; nobody who is switching it on has the last word, and what a person decided is no decision about the next time in service.
 *
 * @param row locked; what is resolved to goes into it
 */
export async function leftIdentityCheck(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  row: PhoneNumberRow,
  now: number,
): Promise<Partial<PhoneNumberRow>> {
  if (isOn(row) === true) {
    await sayOfCheck(trx, deps, row.phone_number_id, { before: true, after: false, now, who: 'kit' });
  }
  return { identity_check: 0, identity_check_turn: row.identity_check_turn + 1, identity_check_at: null };
}

/** A line of history, if it is news. */
async function sayOfCheck(
  trx: Transaction<Tables>,
  { scope, newId }: QueryDeps,
  phoneNumberId: string,
  { before, after, now, who }: { before: boolean | undefined; after: boolean; now: number; who: string },
): Promise<void> {
  if (before === after) return;
  await trx
    .insertInto('signup_phone_number_changes')
    .values({
      id: newId(),
      app_id: scope.appId,
      business_id: scope.businessId,
      phone_number_id: phoneNumberId,
      fact: 'identityCheck',
      before: before === undefined ? null : wordOf(before),
      after: wordOf(after),
      at: now,
      who,
    })
    .execute();
}

async function databaseNow(trx: Transaction<Tables>, { engine }: QueryDeps): Promise<number> {
  const { rows } = await sql<{ now: number }>`select ${engine.databaseNow} as now`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error('the database did not tell the time');
  return row.now;
}

const isOn = ({ identity_check }: PhoneNumberRow): boolean | undefined =>
  identity_check === null ? undefined : identity_check === 1;

const flag = (isOnAgain: boolean | undefined): number | null =>
  isOnAgain === undefined ? null : Number(isOnAgain);

const wordOf = (enabled: boolean): string => (enabled ? 'on' : 'off');
