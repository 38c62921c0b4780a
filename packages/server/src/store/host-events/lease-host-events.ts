import type { Transaction } from 'kysely';
import type {
  HostEvent,
  HostEventDestination,
  HostEventEnd,
  HostEventLease,
} from '../../ports/host-events.ts';
import type { HostEventType } from '../../domain/host-event-types.ts';
import type { QueryDeps } from '../scope.ts';
import type { HostEventRow, Tables } from '../tables.ts';
import { leaseEnd } from '../work/lease-work.ts';

/**
 * Takes events that are due: of each claim and destination only the oldest that is not delivered, so that they arrive in
 * order whoever delivers them.
 */
export async function leaseHostEvents(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { now, limit, destination }: { now: number; limit: number; destination?: HostEventDestination | undefined },
): Promise<HostEventLease[]> {
  const { engine, scope } = deps;
  const rows = await trx
    .with('due', (db) =>
      db
        .selectFrom('signup_host_events as event')
        .select(['event.id', 'event.destination'])
        .where('event.app_id', '=', scope.appId)
        .where('event.business_id', '=', scope.businessId)
        .where('event.state', '=', 'waiting')
        .where('event.run_at', '<=', now)
        .$if(destination !== undefined, (query) => query.where('event.destination', '=', destination ?? ''))
        .where((eb) =>
          eb.or([eb('event.lease_until', 'is', null), eb('event.lease_until', '<=', engine.databaseNow)]),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('signup_host_events as earlier')
                .select('earlier.id')
                .whereRef('earlier.claim_id', '=', 'event.claim_id')
                .whereRef('earlier.destination', '=', 'event.destination')
                .where('earlier.state', '=', 'waiting')
                .whereRef('earlier.position', '<', 'event.position'),
            ),
          ),
        )
        .orderBy('event.run_at')
        .limit(limit)
        .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked()),
    )
    .updateTable('signup_host_events')
    .set((eb) => ({
      lease_until: leaseEnd(deps),
      fence: eb('fence', '+', 1),
      attempts: eb('attempts', '+', 1),
      first_tried_at: eb.fn.coalesce('first_tried_at', eb.val(now)),
    }))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('due')
          .select('due.id')
          .whereRef('due.id', '=', 'signup_host_events.id')
          .whereRef('due.destination', '=', 'signup_host_events.destination'),
      ),
    )
    .returningAll()
    .execute();
  return rows.map((row) => ({
    event: toHostEvent(row),
    destination: row.destination as HostEventDestination, // written by this kit alone
    attempts: row.attempts,
    firstTriedAt: row.first_tried_at ?? now,
    fence: row.fence,
  }));
}

/** Writes how a try ended, if the lease still holds. What was delivered is forgotten; what is given up stays. */
export async function finishHostEvent(
  trx: Transaction<Tables>,
  { lease, end }: { lease: HostEventLease; end: HostEventEnd },
): Promise<boolean> {
  const { event, destination, fence } = lease;
  if (end.do === 'delivered') {
    const { numDeletedRows } = await trx
      .deleteFrom('signup_host_events')
      .where('id', '=', event.id)
      .where('destination', '=', destination)
      .where('fence', '=', fence)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
  const { numUpdatedRows } = await trx
    .updateTable('signup_host_events')
    .set({
      lease_until: null,
      last_error: end.error,
      ...(end.do === 'again' ? { run_at: end.runAt } : { state: 'dead' }),
    })
    .where('id', '=', event.id)
    .where('destination', '=', destination)
    .where('fence', '=', fence)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A row of the outbox as the host is told it. */
export function toHostEvent(row: HostEventRow): HostEvent {
  return {
    id: row.id,
    type: row.type as HostEventType, // written by this kit, or by the version after it
    occurredAt: new Date(row.occurred_at).toISOString(),
    ...(row.claim_id === null ? {} : { claimId: row.claim_id }),
    data: JSON.parse(row.data) as HostEvent['data'], // written by this kit alone
  };
}
