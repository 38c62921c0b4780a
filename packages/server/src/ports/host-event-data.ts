import type { ClaimView } from '@embedded-signup-kit/protocol';
import type { HostEventType } from '../domain/host-event-types.ts';
import type { HostEvent } from './host-events.ts';

/** What every event about a claim brings: the claim as it was when it happened. */
export type ClaimEventData = { claim: ClaimView & { customerId: string } };

/** A number of the pool, as events describe it. */
export type PoolNumberData = {
  /** Meta's id of the pre-verified number. */
  id: string;
  /** E.164, with the plus. */
  phoneNumber: string;
  displayPhoneNumber: string;
  /** ISO 3166-1 alpha-2. */
  country?: string;
  verificationStatus: string;
  ownerBusinessId?: string;
};

/** What each event brings, as docs/host-events.md says. Times are ISO 8601, UTC. Newer versions may add members. */
export type HostEventData = {
  claimRegistered: ClaimEventData;
  claimNeedsAttention: ClaimEventData & { registerBy?: string; endsAt?: string };
  claimWithoutNumber: ClaimEventData;
  claimCoexistence: ClaimEventData & { syncBy: string };
  claimRejected: ClaimEventData;
  claimDismissed: ClaimEventData;
  claimEnded: ClaimEventData;
  claimReplaced: ClaimEventData & { replacedBy: string };
  tokenExpiring: ClaimEventData & { expiresAt: string; daysLeft: number };
  numberExpiring: { number: PoolNumberData; expiresAt: string; daysLeft: number; stage: number };
  numberUnverified: { number: PoolNumberData; droppedAt: string; daysLeft: number };
  poolLow: { country?: string; free: number; low: number };
  identityChanged: {
    phoneNumberId: string;
    waId: string;
    how: 'mismatch' | 'new_hash';
    messageId: string;
    changedAt: string;
    changeId: string;
  };
};

/** An event of one type, with what it brings. */
export type HostEventOf<Type extends HostEventType> = HostEvent & {
  type: Type;
  data: Readonly<HostEventData[Type]>;
};
