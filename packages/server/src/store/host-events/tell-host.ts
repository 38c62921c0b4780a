import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { Transaction } from 'kysely';
import { day } from '../../domain/durations.ts';
import { hostEventOf, type HostEventType } from '../../domain/host-event-types.ts';
import { operatorClaimView } from '../../ports/claim-view.ts';
import { toClaim } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';

/** Data of an event beside the claim itself. JSON. */
type MoreData = Readonly<Record<string, unknown>>;

/** Tells the host that a claim has come to its status, if that is news to anybody. */
export async function tellOfStatus(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  claim: ClaimRow,
  now: number,
): Promise<void> {
  const type = hostEventOf[claim.status as ClaimStatus]; // written by this kit alone
  if (type === undefined) return;
  // Contacts and history can be had for a day only (Meta, "Onboarding WhatsApp Business app users").
  const signedUpAt = claim.code_received_at ?? claim.created_at;
  const more = type === 'claimCoexistence' ? { syncBy: new Date(signedUpAt + day).toISOString() } : {};
  await tellHost(trx, deps, { type, claim, now, more });
}

/** Tells the host something about a claim, in the transaction of what it tells of. */
export function tellHost(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { type, claim, now, more = {} }: { type: HostEventType; claim: ClaimRow; now: number; more?: MoreData },
): Promise<void> {
  const data = { claim: operatorClaimView(toClaim({ ...claim, step: null })), ...more };
  return putOut(trx, deps, { type, now, data, about: { claimId: claim.id, position: claim.history_length } });
}

/** Tells the host something that is about no claim, such as the pool. Such events have no order among each other. */
export function tellHostBesideClaims(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  event: { type: HostEventType; now: number; data: MoreData },
): Promise<void> {
  return putOut(trx, deps, { ...event, about: { claimId: null, position: 0 } });
}

/** Whether anybody hears of such events: what nobody would hear must not be marked as told. */
export function isHeard({ destinations }: QueryDeps, type: HostEventType): boolean {
  return destinations(type).length > 0;
}

interface News {
  type: HostEventType;
  now: number;
  data: MoreData;
  about: { claimId: string | null; position: number };
}

/** Puts an event into the outbox, once for each place that wants it. */
async function putOut(
  trx: Transaction<Tables>,
  { scope, newId, destinations }: QueryDeps,
  { type, now, data, about }: News,
): Promise<void> {
  const places = destinations(type);
  if (places.length === 0) return;
  const id = newId();
  const rows = places.map((destination) => ({
    id,
    destination,
    app_id: scope.appId,
    business_id: scope.businessId,
    type,
    claim_id: about.claimId,
    position: about.position,
    occurred_at: now,
    data: JSON.stringify(data),
    state: 'waiting',
    run_at: now,
    attempts: 0,
    first_tried_at: null,
    lease_until: null,
    fence: 0,
    last_error: null,
  }));
  await trx.insertInto('signup_host_events').values(rows).execute();
}
