import type { Transaction } from 'kysely';
import type { SessionEventRecord } from '../../ports/store.ts';
import type { Tables } from '../tables.ts';

/** Keeps an event of the session log. A CANCEL also shortens the session's holds; it never lengthens one. */
export async function recordSessionEvent(
  trx: Transaction<Tables>,
  record: SessionEventRecord,
): Promise<void> {
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
  if (record.holdUntil === undefined) return;
  const holds = await trx
    .selectFrom('signup_holds')
    .select('number_id')
    .where('session_id', '=', record.sessionId)
    .where('released_at', 'is', null)
    .where('held_until', '>', record.holdUntil)
    .execute();
  const ids = holds.map((hold) => hold.number_id);
  if (ids.length === 0) return;
  await trx
    .updateTable('signup_numbers')
    .set({ held_until: record.holdUntil })
    .where('id', 'in', ids)
    .where('held_by', 'is not', null)
    .execute();
  await trx
    .updateTable('signup_holds')
    .set({ held_until: record.holdUntil })
    .where('number_id', 'in', ids)
    .where('released_at', 'is', null)
    .execute();
}
