import type { Transaction } from 'kysely';
import type { HostEventDestination, UndeliveredEvent } from '../../ports/host-events.ts';
import type { Page, PageQuery } from '../../ports/page.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { toHostEvent } from './lease-host-events.ts';

/** Events that are not delivered, oldest first. `search` is a claim's id. */
export async function listUndelivered(
  { engine, scope }: QueryDeps,
  { status, search, cursor, limit }: PageQuery<UndeliveredEvent['state']>,
): Promise<Page<UndeliveredEvent>> {
  const [afterId, afterDestination] = (cursor ?? '').split(' ');
  const rows = await engine.read
    .selectFrom('signup_host_events')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .$if(status !== undefined, (query) => query.where('state', '=', status ?? ''))
    .$if(search !== undefined, (query) => query.where('claim_id', '=', search ?? ''))
    .$if(cursor !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('id', '>', afterId ?? ''),
          eb.and([eb('id', '=', afterId ?? ''), eb('destination', '>', afterDestination ?? '')]),
        ]),
      ),
    )
    .orderBy('id')
    .orderBy('destination')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      event: toHostEvent(row),
      destination: row.destination as HostEventDestination, // written by this kit alone
      state: row.state as UndeliveredEvent['state'], // as above
      attempts: row.attempts,
      lastError: row.last_error ?? undefined,
    })),
    nextCursor: rows.length > limit && last !== undefined ? `${last.id} ${last.destination}` : undefined,
  };
}

/** Has dead letters of an event delivered once more, with a full day of tries. */
export async function reviveHostEvent(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { eventId, now }: { eventId: string; now: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('signup_host_events')
    .set({ state: 'waiting', run_at: now, attempts: 0, first_tried_at: null, lease_until: null })
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('id', '=', eventId)
    .where('state', '=', 'dead')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
