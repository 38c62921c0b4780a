import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import { claimLimits } from '../../domain/claim-limits.ts';
import { nextStatus } from '../../domain/claim-transitions.ts';
import { durations } from '../../domain/durations.ts';
import type { IncomingClaim } from '../../ports/intake.ts';
import type { Scope } from '../scope.ts';
import { nothingProven } from './nothing-proven.ts';
import type { ClaimRow } from '../tables.ts';

/** A claim's row as it was first recorded. */
export function newClaimRow(incoming: IncomingClaim, scope: Scope): ClaimRow {
  return {
    id: incoming.id,
    app_id: scope.appId,
    business_id: scope.businessId,
    session_id: incoming.sessionId,
    customer_id: incoming.customerId,
    status: 'received',
    live: 0,
    event: incoming.event ?? null,
    event_data: JSON.stringify(incoming.eventData),
    waba_id: null,
    phone_number_id: null,
    phone_number: null,
    display_phone_number: null,
    number_source: 'unknown',
    pool_number_id: null,
    reason_code: null,
    reason_message: null,
    sealed_code: incoming.sealedCode ?? null,
    code_mark: incoming.codeMark ?? null,
    code_received_at: incoming.codeMark === undefined ? null : incoming.now,
    code_used_at: null,
    redirect_uri: incoming.redirectUri ?? null,
    sealed_token: null,
    token_expires_at: null,
    created_at: incoming.now,
    updated_at: incoming.now,
    proven_at: null,
    registered_at: null,
    register_by: null,
    history_length: 0,
    event_received_at: incoming.event === undefined ? null : incoming.now,
    digits: null,
    assigned_at: null,
    assigned_waba_id: null,
    assigned_phone_number_id: null,
    credit_allocation_id: null,
    token_at: null,
    remind_at: null,
    recovered_at: null,
    token_warned_at: null,
    attach_number_id: null,
    attach_name: null,
    attach_waba_id: null,
  };
}

/** What a first record is called in the claim's history. */
export function whatArrived(incoming: IncomingClaim): string {
  if (incoming.event === undefined) return 'code received';
  return incoming.codeMark === undefined ? 'event received' : 'event and code received';
}

/** A claim that came to nothing: the customer may go through the popup again under the same session. */
const waitsForPopup: ReadonlySet<string> = new Set<ClaimStatus>(['needs_signup', 'no_number', 'rejected']);

/** What a later call of a session does to its claim. */
export type Joined =
  | { row: ClaimRow; what: string; again: boolean }
  /** It says nothing new. */
  | 'repeated'
  /** It brings the code of another sign-up, and the session's claim has its own. */
  | 'other_code'
  /** This session has brought so many codes that nobody is signing up any more. */
  | 'too_many_codes';

/**
 * Joins a later call of the same session to its claim: the half that was missing is added, what is there already
 * stays. Only a claim that came to nothing takes a second code, and forgets the first popup's event and token with it.
 * An event that comes late may be what a claim was put aside for, so the claim is tried again.
 */
export function joinHalves(row: ClaimRow, incoming: IncomingClaim): Joined {
  if (isRecovered(row)) return isOfNumber(row, incoming) ? 'repeated' : 'other_code';
  const waits = waitsForPopup.has(row.status) || isSecondPopup(row);
  const newEvent =
    incoming.event !== undefined &&
    row.history_length < claimLimits.historyForCodes &&
    (row.event === null || (waits && row.event_data !== JSON.stringify(incoming.eventData)));
  const otherCode = incoming.codeMark !== undefined && row.code_mark !== incoming.codeMark;
  if (otherCode && row.code_mark !== null && !waits) return 'other_code';
  const newCode = otherCode && (row.code_mark === null || waits);
  if (!newEvent && !newCode) return 'repeated';
  if (newCode && row.history_length >= claimLimits.historyForCodes) return 'too_many_codes';

  const again = newCode && waits;
  const event = newCode && waits ? 'signed_up_again' : newEvent && lacksEvent(row) ? 'retried' : undefined;
  const next = event === undefined ? undefined : nextStatus(row.status as ClaimStatus, event); // written by this kit alone
  return {
    row: {
      ...row,
      ...(again && !newEvent ? withoutOldEvent(row) : {}),
      ...(newEvent ? eventOf(incoming) : {}),
      ...(newCode ? codeOf(incoming) : {}),
      ...(again ? { ...nothingProven, ...nothingAssigned } : {}),
      ...(next === undefined ? {} : { status: next, reason_code: null, reason_message: null }),
      updated_at: incoming.now,
    },
    again,
    what: newEvent && newCode ? 'event and code received' : newEvent ? 'event received' : 'code received',
  };
}

function eventOf(incoming: IncomingClaim) {
  return {
    event: incoming.event ?? null,
    event_data: JSON.stringify(incoming.eventData),
    event_received_at: incoming.now,
  };
}

function codeOf(incoming: IncomingClaim) {
  return {
    sealed_code: incoming.sealedCode ?? null,
    code_mark: incoming.codeMark ?? null,
    code_received_at: incoming.now,
    code_used_at: null,
    redirect_uri: incoming.redirectUri ?? null,
    sealed_token: null,
    token_expires_at: null,
    token_at: null,
  };
}

/**
 * A second popup's code says nothing of the first one's event. The first one's may come late, but not after its code's life;
 * what comes later is the second popup's, ahead of its code.
 */
function withoutOldEvent({ created_at, code_received_at, event_received_at }: ClaimRow): Partial<ClaimRow> {
  const firstOver = (code_received_at ?? created_at) + durations.code;
  const isOld = (event_received_at ?? 0) <= firstOver;
  return isOld ? { event: null, event_data: '{}', event_received_at: null } : {};
}

/** What an operator, or Meta, said was about the sign-up before. */
const nothingAssigned = {
  recovered_at: null,
  assigned_at: null,
  assigned_waba_id: null,
  assigned_phone_number_id: null,
} as const satisfies Partial<ClaimRow>;

/** Whether the event of a second popup has had the claim tried again already, and its code is still to come. */
function isSecondPopup({
  status,
  live,
  code_received_at,
  code_used_at,
  event_received_at,
}: ClaimRow): boolean {
  if (status !== 'received' || live === 1 || code_used_at === null || code_received_at === null) return false;
  return (event_received_at ?? 0) > code_received_at + durations.code;
}

/** Meta's own word came before the browser's: there is nothing left that the browser could add. */
function isRecovered({ recovered_at, live, status }: ClaimRow): boolean {
  return recovered_at !== null && (live === 1 || status === 'received');
}

/** A code alone may be the same sign-up's; if it is not, Meta's word about the other number finds that one as well. */
function isOfNumber(row: ClaimRow, { eventData }: IncomingClaim): boolean {
  const named = eventData.phone_number_id;
  return named === undefined || named === (row.phone_number_id ?? row.assigned_phone_number_id);
}

/** Whether the claim was put aside for want of what an event says. */
function lacksEvent(row: ClaimRow): boolean {
  const wants = ['several_numbers', 'account_unknown'];
  return (
    row.status === 'no_number' || (row.status === 'needs_operator' && wants.includes(row.reason_code ?? ''))
  );
}
