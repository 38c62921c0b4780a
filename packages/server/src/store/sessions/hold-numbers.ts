import type { Transaction } from 'kysely';
import type { OpenedSession, OpenSession } from '../../ports/intake.ts';
import type { QueryDeps } from '../scope.ts';
import type { NumberRow, Tables } from '../tables.ts';
import { selectFreeNumbers } from './select-free-numbers.ts';
import { releaseHolds } from './release-holds.ts';

type Held = Pick<NumberRow, 'id' | 'phone_number' | 'display_phone_number'>;

/** Holds that are over are given back here too, in small slices, so that nobody waits for a sweep. */
const releasedOnTheWay = 20;

/**
 * Sets numbers aside, for many sessions in one transaction. A customer's live hold is given again, so reloading
 * a page drains nothing; what is still missing comes from the free numbers, the one that lapses soonest first.
 */
export async function holdNumbers(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  wishes: readonly OpenSession[],
): Promise<OpenedSession['numbers'][]> {
  const now = Math.max(...wishes.map((wish) => wish.now));
  await releaseHolds(trx, deps, { now, limit: releasedOnTheWay });
  const mine = await selectHeldBy(trx, deps, [...new Set(wishes.map((wish) => wish.customerId))]);
  const given: OpenedSession['numbers'][] = [];

  for (const wish of wishes) {
    const again = (mine.get(wish.customerId) ?? []).slice(0, wish.wanted);
    const missing = wish.wanted - again.length;
    const fresh = missing > 0 ? await selectFreeNumbers(trx, deps, wish, missing) : [];
    if (again.length > 0) await extend(trx, wish, again);
    if (fresh.length > 0) await hold(trx, wish, fresh);
    const all = [...again, ...fresh];
    mine.set(wish.customerId, all);
    given.push(
      all.map((row) => ({
        id: row.id,
        phoneNumber: row.phone_number,
        displayPhoneNumber: row.display_phone_number,
      })),
    );
  }
  return given;
}

async function selectHeldBy(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  customerIds: string[],
): Promise<Map<string, Held[]>> {
  const rows = await trx
    .selectFrom('signup_numbers')
    .select(['id', 'phone_number', 'display_phone_number', 'held_by'])
    .where('held_by', 'in', customerIds)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('verification_status', '=', 'VERIFIED')
    .where('gone_at', 'is', null)
    .orderBy('id')
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .execute();
  const byCustomer = new Map<string, Held[]>();
  for (const { held_by, ...row } of rows) {
    const customer = held_by ?? '';
    byCustomer.set(customer, [...(byCustomer.get(customer) ?? []), row]);
  }
  return byCustomer;
}

async function extend(trx: Transaction<Tables>, wish: OpenSession, numbers: Held[]): Promise<void> {
  const ids = numbers.map((number) => number.id);
  await trx
    .updateTable('signup_numbers')
    .set({ held_until: wish.launchUntil })
    .where('id', 'in', ids)
    .execute();
  await trx
    .updateTable('signup_holds')
    .set({ held_until: wish.launchUntil, session_id: wish.id })
    .where('number_id', 'in', ids)
    .where('released_at', 'is', null)
    .execute();
}

async function hold(trx: Transaction<Tables>, wish: OpenSession, numbers: Held[]): Promise<void> {
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
