import type { Transaction } from 'kysely';
import type { SessionEventRecord } from '../../ports/intake.ts';
import type { Tables } from '../tables.ts';

/** A popup sends a handful. More than this comes from nobody who signs up, and is not kept. */
const mostEvents = 100;

/** Keeps an event of the session log. A CANCEL also shortens the session's holds; it never lengthens one. */
export async function recordSessionEvent(
  trx: Transaction<Tables>,
  record: SessionEventRecord,
): Promise<void> {
  const { kept } = await trx
    .selectFrom('signup_session_events')
    .select((eb) => eb.fn.countAll<number>().as('kept'))
    .where('session_id', '=', record.sessionId)
    .executeTakeFirstOrThrow();
  if (kept < mostEvents) await insert(trx, record);
  if (record.holdUntil !== undefined) await shortenHolds(trx, record.sessionId, record.holdUntil);
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

async function shortenHolds(trx: Transaction<Tables>, sessionId: string, holdUntil: number): Promise<void> {
  const holds = await trx
    .selectFrom('signup_holds')
    .select('number_id')
    .where('session_id', '=', sessionId)
    .where('released_at', 'is', null)
    .where('held_until', '>', holdUntil)
    .execute();
  const ids = holds.map((hold) => hold.number_id);
  if (ids.length === 0) return;
  await trx
    .updateTable('signup_numbers')
    .set({ held_until: holdUntil })
    .where('id', 'in', ids)
    .where('held_by', 'is not', null)
    .execute();
  await trx
    .updateTable('signup_holds')
    .set({ held_until: holdUntil })
    .where('number_id', 'in', ids)
    .where('released_at', 'is', null)
    .execute();
}
