import { sql, type Transaction } from 'kysely';
import type { OpenedSession, OpenSession } from '../../ports/intake.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { freeColumns, selectFreeNumbers, type FreeNumber } from './select-free-numbers.ts';
import { giveBack, releaseHolds } from './release-holds.ts';

/** Holds that are over are given back here too, in small slices, so that nobody waits for a sweep: at least as many as are wished. */
const releasedOnTheWay = 20;

/** A customer who wishes for one country after the other holds this many times what a session wants, and no more. */
const wishesAtOnce = 3;

/**
 * Sets numbers aside, for many sessions in one transaction. A customer's live hold is given again while it stays verified
 * long enough, so reloading a page drains nothing; what is still missing comes from the free numbers, the one that lapses
 * soonest first. A wish for a country is honoured before either: the number of an earlier wish is left to its tab.
 */
export async function holdNumbers(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  wishes: readonly OpenSession[],
): Promise<OpenedSession['numbers'][]> {
  const now = Math.max(...wishes.map((wish) => wish.now));
  const wanted = wishes.reduce((sum, wish) => sum + wish.wanted, 0);
  // First what others may be waiting for, in one order, and then what nobody waits for: so no two nodes wait for each other.
  const mine = await selectHeldBy(trx, deps, [...new Set(wishes.map((wish) => wish.customerId))], now);
  await releaseHolds(trx, deps, { now, limit: Math.max(releasedOnTheWay, wanted) });
  const given: OpenedSession['numbers'][] = [];

  for (const wish of wishes) {
    const held = mine.get(wish.customerId) ?? [];
    const { again, fresh } = await numbersFor(trx, deps, wish, held);
    if (again.length > 0) await extend(trx, wish, again);
    mine.set(wish.customerId, [...held, ...fresh]);
    given.push(
      inOrder([...again, ...fresh], wish).map((row) => ({
        id: row.id,
        phoneNumber: row.phone_number,
        displayPhoneNumber: row.display_phone_number,
      })),
    );
  }
  return given;
}

/** What a wish is given of what the customer holds, and of what was free. */
async function numbersFor(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  wish: OpenSession,
  held: readonly FreeNumber[],
): Promise<{ again: FreeNumber[]; fresh: FreeNumber[] }> {
  const lasting = inOrder(
    held.filter((row) => endOf(row) > wish.verifiedUntil),
    wish,
  );
  const isWished = ({ country }: FreeNumber) => wish.country === undefined || country === wish.country;
  const again = lasting.filter(isWished).slice(0, wish.wanted);
  const fresh: FreeNumber[] = [];
  const missing = () => wish.wanted - again.length - fresh.length;
  const take = async (country: string | undefined) => {
    const free = await selectFreeNumbers(trx, deps, { ...wish, country }, missing());
    if (free.length > 0) await hold(trx, wish, free);
    fresh.push(...free);
  };

  if (wish.country !== undefined && missing() > 0 && lasting.length < wishesAtOnce * wish.wanted)
    await take(wish.country);
  again.push(...lasting.filter((row) => !isWished(row)).slice(0, missing()));
  if (missing() > 0) await take(undefined);
  return { again, fresh };
}

/** The wished country first, then the one that lapses soonest: a page that is loaded again shows the same order. */
function inOrder(rows: readonly FreeNumber[], { country }: OpenSession): FreeNumber[] {
  const rank = (row: FreeNumber) => (country === undefined || row.country === country ? 0 : 1);
  return rows.toSorted((a, b) => rank(a) - rank(b) || endOf(a) - endOf(b) || (a.id < b.id ? -1 : 1));
}

/** Without a word of Meta's it does not lapse. */
function endOf({ verification_expires_at }: FreeNumber): number {
  return verification_expires_at ?? Number.MAX_SAFE_INTEGER;
}

/** The live holds of these customers; what is over is given back. */
async function selectHeldBy(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  customerIds: string[],
  now: number,
): Promise<Map<string, FreeNumber[]>> {
  const rows = await trx
    .selectFrom('signup_numbers')
    .select([...freeColumns, 'held_by', 'held_until'])
    .where('held_by', 'in', customerIds)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('verification_status', '=', 'VERIFIED')
    .where('gone_at', 'is', null)
    .orderBy('id')
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .execute();
  const byCustomer = new Map<string, FreeNumber[]>();
  const over: string[] = [];
  for (const { held_by, held_until, ...row } of rows) {
    const customer = held_by ?? '';
    if ((held_until ?? 0) <= now) over.push(row.id);
    else byCustomer.set(customer, [...(byCustomer.get(customer) ?? []), row]);
  }
  await giveBack(trx, over, now);
  return byCustomer;
}

/** Never shortens a hold: a claim that waits for Meta may have made it longer. */
async function extend(
  trx: Transaction<Tables>,
  wish: OpenSession,
  numbers: readonly FreeNumber[],
): Promise<void> {
  const ids = numbers.map((number) => number.id);
  const until = sql<number>`case when held_until > ${wish.launchUntil} then held_until else ${wish.launchUntil} end`;
  await trx.updateTable('signup_numbers').set({ held_until: until }).where('id', 'in', ids).execute();
  await trx
    .updateTable('signup_holds')
    .set({ held_until: until, session_id: wish.id })
    .where('number_id', 'in', ids)
    .where('released_at', 'is', null)
    .execute();
}

async function hold(
  trx: Transaction<Tables>,
  wish: OpenSession,
  numbers: readonly FreeNumber[],
): Promise<void> {
  await trx
    .updateTable('signup_numbers')
    .set({ held_by: wish.customerId, held_until: wish.launchUntil })
    .where(
      'id',
      'in',
      numbers.map((number) => number.id),
    )
    .execute();
  await trx
    .insertInto('signup_holds')
    .values(
      numbers.map((number) => ({
        number_id: number.id,
        session_id: wish.id,
        customer_id: wish.customerId,
        held_at: wish.now,
        held_until: wish.launchUntil,
        released_at: null,
      })),
    )
    .execute();
}
