import { claimOfHold } from '../domain/attachment-session.ts';
import { day } from '../domain/durations.ts';
import {
  expiryOf,
  isOurs,
  numberState,
  renewableFrom,
  type NumberState,
} from '../domain/number-lifecycle.ts';
import { nextOf, type NumberNext } from '../domain/number-next.ts';
import type { NumberCall } from '../ports/pool-store.ts';
import type { PoolRecord } from '../ports/records.ts';
import { notSent } from '../domain/number-call-budgets.ts';

const iso = (time: number): string => new Date(time).toISOString();

/** A pool number as an operator sees it. Times are ISO 8601, UTC. */
export interface NumberView {
  id: string;
  phoneNumber: string;
  displayPhoneNumber: string;
  country?: string;
  state: NumberState;
  /** Meta's word. */
  verificationStatus: string;
  verifiedAt?: string;
  verificationExpiresAt?: string;
  /** Whole days until the verification ends, below 0 once it has ended. */
  daysLeft?: number;
  /** From when on we can verify it anew: nothing for a number of another business. */
  renewableFrom?: string;
  /** The business that owns it and shares it with us. */
  ownerBusinessId?: string;
  /** What happens next if nobody does anything. */
  next?: { what: NumberNext['what']; at: string };
  /** The customer. Empty: it is set aside for nobody: it is being deleted, or may be on an account. */
  heldBy?: string;
  /** Instead of `heldBy`: the claim that puts it on an account, without the popup. */
  heldForClaim?: string;
  heldUntil?: string;
  claimId?: string;
  claimedBy?: string;
  claimedAt?: string;
  /** When Meta no longer listed it. */
  goneAt?: string;
  /** When the kit saw it first. */
  firstSeenAt: string;
}

/**
 * Turns a record of the pool into what goes over the wire.
 *
 * @param businessId our own portfolio; without it the owner is always named
 */
export function numberView(record: PoolRecord, now: number, businessId = ''): NumberView {
  const state = numberState(record, now);
  const isThere = state !== 'claimed' && state !== 'gone';
  const expiry = isThere ? expiryOf(record) : undefined;
  const ours = isOurs(record, businessId);
  const from = ours && (state === 'free' || state === 'held') ? renewableFrom(record) : undefined;
  const next = nextOf(record, now, businessId);
  return {
    id: record.id,
    phoneNumber: record.phoneNumber,
    displayPhoneNumber: record.displayPhoneNumber,
    ...(record.country === undefined ? {} : { country: record.country }),
    state,
    verificationStatus: record.verificationStatus,
    ...time('verifiedAt', record.verifiedAt),
    ...time('verificationExpiresAt', record.verificationExpiresAt),
    ...(expiry === undefined ? {} : { daysLeft: Math.floor((expiry - now) / day) }),
    ...time('renewableFrom', from),
    ...(record.ownerBusinessId === undefined || ours ? {} : { ownerBusinessId: record.ownerBusinessId }),
    ...(next === undefined ? {} : { next: { what: next.what, at: iso(next.at) } }),
    ...holderOf(record),
    ...time('heldUntil', record.heldUntil),
    ...(record.claimId === undefined ? {} : { claimId: record.claimId }),
    ...(record.claimedBy === undefined ? {} : { claimedBy: record.claimedBy }),
    ...time('claimedAt', record.claimedAt),
    ...time('goneAt', record.goneAt),
    firstSeenAt: iso(record.firstSeenAt),
  };
}

function holderOf({ heldBy }: PoolRecord): Pick<NumberView, 'heldBy' | 'heldForClaim'> {
  const heldForClaim = claimOfHold(heldBy);
  if (heldForClaim !== undefined) return { heldForClaim };
  return heldBy === undefined ? {} : { heldBy };
}

const time = <Name extends string>(name: Name, at: number | undefined): { [name in Name]?: string } =>
  // One name, with the type that it is given above.
  at === undefined ? {} : ({ [name]: iso(at) } as { [name in Name]?: string });

/** A call about a number as an operator sees it. */
export interface NumberCallView {
  id: string;
  kind: NumberCall['kind'];
  at: string;
  /** `kit`, or an operator's name. */
  who: string;
  method?: 'SMS' | 'VOICE';
  /** `unknown`: it is under way, or the process was killed in it; `not_sent`: it never left this machine. */
  outcome: 'done' | 'refused' | 'unsure' | 'unknown' | 'not_sent';
  reason?: string;
  /** Until when Meta takes no further call of this kind. */
  closedUntil?: string;
}

/** Turns a line of the ledger into what goes over the wire: member by member, so that nothing new gets out by itself. */
export function numberCallView(call: NumberCall): NumberCallView {
  return {
    id: call.id,
    kind: call.kind,
    at: iso(call.at),
    who: call.who,
    ...(call.method === undefined ? {} : { method: call.method }),
    outcome: call.reason === notSent ? notSent : (call.outcome ?? 'unknown'),
    ...(call.reason === undefined || call.reason === notSent ? {} : { reason: call.reason }),
    ...time('closedUntil', call.closedUntil),
  };
}
