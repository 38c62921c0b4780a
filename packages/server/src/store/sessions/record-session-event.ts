import type { Transaction } from 'kysely';
import type { SessionEventRecord } from '../../ports/intake.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** A popup sends a handful. More than this comes from nobody who signs up, and is not kept. */
const mostEvents = 100;

/** Keeps an event of the session log. A CANCEL also shortens the session's holds; it never lengthens one. */
export async function recordSessionEvent(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  record: SessionEventRecord,
): Promise<void> {
  const { kept } = await trx
    .selectFrom('signup_session_events')
    .select((eb) => eb.fn.countAll<number>().as('kept'))
    .where('session_id', '=', record.sessionId)
    .executeTakeFirstOrThrow();
  if (kept < mostEvents) await insert(trx, record);
  if (record.holdUntil !== undefined) await shortenHolds(trx, deps, record.sessionId, record.holdUntil);
}

async function insert(trx: Transaction<Tables>, record: SessionEventRecord): Promise<void> {
  await trx
    .insertInto('signup_session_events')
    .values({
      id: record.id,
      session_id: record.sessionId,
      at: record.at,
      event: record.event,
      step: record.step ?? null,
      error_code: record.errorCode ?? null,
      error_message: record.errorMessage ?? null,
      meta_session_id: record.metaSessionId ?? null,
    })
    .execute();
}

async function shortenHolds(
  trx: Transaction<Tables>,
  { engine }: QueryDeps,
  sessionId: string,
  holdUntil: number,
): Promise<void> {
  const longer = () =>
    trx
      .selectFrom('signup_holds')
      .select(['number_id', 'customer_id'])
      .where('session_id', '=', sessionId)
      .where('released_at', 'is', null)
      .where('held_until', '>', holdUntil);
  if (engine.kind === 'postgres') await lockNumbers(trx, await longer().execute());
  for (const { number_id, customer_id } of await longer().execute()) {
    await trx
      .updateTable('signup_numbers')
      .set({ held_until: holdUntil })
      .where('id', '=', number_id)
      .where('held_by', '=', customer_id)
      .execute();
    await trx
      .updateTable('signup_holds')
      .set({ held_until: holdUntil })
      .where('number_id', '=', number_id)
      .where('released_at', 'is', null)
      .execute();
  }
}

/** Whoever changes a hold has locked its number: what is read after this stays so. */
async function lockNumbers(trx: Transaction<Tables>, holds: readonly { number_id: string }[]): Promise<void> {
  if (holds.length === 0) return;
  const ids = holds.map((hold) => hold.number_id);
  await trx
    .selectFrom('signup_numbers')
    .select('id')
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
}
