import { isOfferable } from '../domain/pool-number.ts';
import type { PoolRecord } from '../ports/records.ts';

const iso = (time: number): string => new Date(time).toISOString();

/** Where a pool number stands, in one word. */
export type NumberState = 'free' | 'held' | 'claimed' | 'unverified' | 'gone';

/** A pool number as an operator sees it. Times are ISO 8601, UTC. */
export interface NumberView {
  id: string;
  phoneNumber: string;
  displayPhoneNumber: string;
  country?: string;
  state: NumberState;
  /** Meta's word. */
  verificationStatus: string;
  verificationExpiresAt?: string;
  heldBy?: string;
  heldUntil?: string;
  claimId?: string;
  claimedBy?: string;
  claimedAt?: string;
}

/** Turns a record of the pool into what goes over the wire. */
export function numberView(record: PoolRecord, now: number): NumberView {
  return {
    id: record.id,
    phoneNumber: record.phoneNumber,
    displayPhoneNumber: record.displayPhoneNumber,
    ...(record.country === undefined ? {} : { country: record.country }),
    state: stateOf(record, now),
    verificationStatus: record.verificationStatus,
    ...(record.verificationExpiresAt === undefined
      ? {}
      : { verificationExpiresAt: iso(record.verificationExpiresAt) }),
    ...(record.heldBy === undefined ? {} : { heldBy: record.heldBy }),
    ...(record.heldUntil === undefined ? {} : { heldUntil: iso(record.heldUntil) }),
    ...(record.claimId === undefined ? {} : { claimId: record.claimId }),
    ...(record.claimedBy === undefined ? {} : { claimedBy: record.claimedBy }),
    ...(record.claimedAt === undefined ? {} : { claimedAt: iso(record.claimedAt) }),
  };
}

function stateOf(record: PoolRecord, now: number): NumberState {
  if (record.claimId !== undefined) return 'claimed';
  if (record.goneAt !== undefined) return 'gone';
  if (!isOfferable(record, now)) return 'unverified';
  const held = record.heldBy !== undefined && (record.heldUntil ?? 0) > now;
  return held ? 'held' : 'free';
}
