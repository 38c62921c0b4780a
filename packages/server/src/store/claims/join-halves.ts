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
    owner_business_id: null,
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
 * stays. Only a claim that waits for the customer to sign up again takes a second code.
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
  const again =
    newCode && waitsForSignup
      ? {
          status: nextStatus('needs_signup', 'signed_up_again') ?? row.status,
          reason_code: null,
          reason_message: null,
        }
      : {};
  const what =
    newEvent && newCode ? 'event and code received' : newEvent ? 'event received' : 'code received';
  return { row: { ...row, ...withEvent, ...withCode, ...again, updated_at: incoming.now }, what };
}
