import type { ClaimStatus } from '@embedded-signup-kit/protocol';

/**
 * The one table of a claim's life: which event leads from which status to which. Nothing else in the kit
 * changes a status, and an event that the table does not know for a status changes nothing.
 *
 * `received` is also where a claim goes back to when it is tried again: proof is cheap, so it is asked for anew.
 */
export const claimTransitions = {
  /** Meta's own answer says that this customer's account lists the number. */
  proven: { received: 'proven', needs_signup: 'proven' },
  /** The app is subscribed; the number's turn has come. */
  registering: { proven: 'registering' },
  /** Meta said yes, or the number was connected already. */
  registered: { proven: 'registered', registering: 'registered', needs_verification: 'registered' },
  /** The code was lost or came too late, and nothing else proves the claim. */
  code_lost: { received: 'needs_signup' },
  /** The customer went through the popup again. */
  signed_up_again: { needs_signup: 'received', no_number: 'received', rejected: 'received' },
  /** Meta wants a one-time code for the number first. */
  verification_needed: { proven: 'needs_verification', registering: 'needs_verification' },
  /** The one-time code was right. */
  verified: { needs_verification: 'registering' },
  /** A final answer of Meta's, or a conflict. */
  operator_needed: {
    received: 'needs_operator',
    proven: 'needs_operator',
    registering: 'needs_operator',
    needs_verification: 'needs_operator',
  },
  /** An operator, or the customer, has it tried again. */
  retried: {
    needs_operator: 'received',
    needs_signup: 'received',
    needs_verification: 'received',
    no_number: 'received',
    rejected: 'received',
  },
  /** A newer claim of the same customer took the number over. */
  replaced: {
    received: 'ended',
    registered: 'ended',
    coexistence: 'ended',
    needs_verification: 'ended',
    needs_operator: 'ended',
    proven: 'ended',
    registering: 'ended',
  },
  /** The customer finished without a number. */
  finished_without_number: { received: 'no_number' },
  /** The number stays on the WhatsApp Business app. */
  stays_on_business_app: { received: 'coexistence', proven: 'coexistence', registering: 'coexistence' },
  /** Proof says no. */
  refused: { received: 'rejected' },
  /** An operator put it aside, or too many of one customer's were waiting. */
  dismissed: {
    received: 'dismissed',
    needs_signup: 'dismissed',
    needs_operator: 'dismissed',
    no_number: 'dismissed',
    rejected: 'dismissed',
  },
  /** The number left our hands: the partner was removed, or an operator ended it. */
  ended: {
    received: 'ended',
    proven: 'ended',
    registering: 'ended',
    registered: 'ended',
    needs_verification: 'ended',
    needs_operator: 'ended',
    coexistence: 'ended',
  },
} as const satisfies Record<string, Partial<Record<ClaimStatus, ClaimStatus>>>;

/** Something that happened to a claim: a key of {@link claimTransitions}. */
export type ClaimEvent = keyof typeof claimTransitions;

/**
 * Where an event leads from a status.
 *
 * @returns the next status, or `undefined` when the event means nothing there
 */
export function nextStatus(from: ClaimStatus, event: ClaimEvent): ClaimStatus | undefined {
  const row: Partial<Record<ClaimStatus, ClaimStatus>> = claimTransitions[event];
  return row[from];
}

const over: ReadonlySet<ClaimStatus> = new Set(['ended', 'rejected', 'dismissed']);

/**
 * Whether a claim owns its number. A claim is live from its proof until it is over; the schema allows one
 * live claim per WhatsApp phone number. Unproven claims own nothing, so nobody can block a number by naming it.
 */
export function isLive(claim: { status: ClaimStatus; provenAt: number | undefined }): boolean {
  return claim.provenAt !== undefined && !over.has(claim.status);
}

const settled: ReadonlySet<ClaimStatus> = new Set([
  'registered',
  'ended',
  'no_number',
  'coexistence',
  'rejected',
  'dismissed',
]);

/** Whether nothing more becomes of a claim. */
export const isOver = (status: ClaimStatus): boolean => over.has(status);

/** Whether there is still something to be done for the claim, by the kit, the customer or the operator. */
export function isOpen(status: ClaimStatus): boolean {
  return !settled.has(status);
}
