import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import { nextStatus } from '../../domain/claim-transitions.ts';
import type { IncomingClaim } from '../../ports/store.ts';
import type { Scope } from '../scope.ts';
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
  };
}

/** What a first record is called in the claim's history. */
export function whatArrived(incoming: IncomingClaim): string {
  if (incoming.event === undefined) return 'code received';
  return incoming.codeMark === undefined ? 'event received' : 'event and code received';
}

/**
 * Joins a later call of the same session to its claim: the half that was missing is added, what is there already
 * stays. Only a claim that waits for the customer to sign up again takes a second code, and forgets the first popup's event
 * with it. An event that comes late may be what a claim was put aside for, so the claim is tried again.
 *
 * @returns the changed row and what happened, or `undefined` when the call says nothing new
 */
export function joinHalves(
  row: ClaimRow,
  incoming: IncomingClaim,
): { row: ClaimRow; what: string } | undefined {
  const waitsForSignup = row.status === 'needs_signup';
  const newEvent =
    incoming.event !== undefined &&
    (row.event === null || (waitsForSignup && row.event_data !== JSON.stringify(incoming.eventData)));
  const newCode =
    incoming.codeMark !== undefined &&
    (row.code_mark === null || (waitsForSignup && row.code_mark !== incoming.codeMark));
  if (!newEvent && !newCode) return undefined;

  const { status } = row;
  const withEvent = newEvent
    ? { event: incoming.event ?? null, event_data: JSON.stringify(incoming.eventData) }
    : {};
  const withCode = newCode
    ? {
        sealed_code: incoming.sealedCode ?? null,
        code_mark: incoming.codeMark ?? null,
        code_received_at: incoming.now,
        code_used_at: null,
        redirect_uri: incoming.redirectUri ?? null,
      }
    : {};
  const staleEvent = newCode && waitsForSignup && row.code_used_at !== null && !newEvent;
  const forgotten = staleEvent ? { event: null, event_data: '{}' } : {};
  const event =
    newCode && waitsForSignup ? 'signed_up_again' : newEvent && lacksEvent(row) ? 'retried' : undefined;
  const next = event === undefined ? undefined : nextStatus(status as ClaimStatus, event); // written by this kit alone
  const again = next === undefined ? {} : { status: next, reason_code: null, reason_message: null };
  const what =
    newEvent && newCode ? 'event and code received' : newEvent ? 'event received' : 'code received';
  return {
    row: { ...row, ...forgotten, ...withEvent, ...withCode, ...again, updated_at: incoming.now },
    what,
  };
}

/** Whether the claim was put aside for want of what an event says. */
function lacksEvent(row: ClaimRow): boolean {
  const wants = ['several_numbers', 'account_unknown'];
  return (
    row.status === 'no_number' || (row.status === 'needs_operator' && wants.includes(row.reason_code ?? ''))
  );
}
