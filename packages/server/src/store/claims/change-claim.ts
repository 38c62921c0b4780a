import type { ClaimReason, ClaimStatus } from '@embedded-signup-kit/protocol';
import type { Transaction } from 'kysely';
import { isLive, nextStatus, type ClaimEvent } from '../../domain/claim-transitions.ts';
import { comparableDigits } from '../../domain/number-match.ts';
import { nextReminder } from '../../domain/register-reminders.ts';
import type { DecisionPatch } from '../../ports/decisions.ts';
import type { ClaimHistoryEntry } from '../../ports/records.ts';
import type { ClaimPatch } from '../../ports/step-result.ts';
import { tellOfStatus } from '../host-events/tell-host.ts';
import { notePhoneNumber } from '../phone-numbers/note-phone-number.ts';
import { giveAttachmentBack } from '../pool/attachment-hold.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { markPoolNumber } from './mark-pool-number.ts';
import { putOrphansAside } from './put-orphans-aside.ts';
import { nothingProven } from './nothing-proven.ts';
import { takeOver } from './take-over.ts';
import { writeHistory } from './write-history.ts';

/** What changes in a claim, whoever changes it. */
export interface ClaimChange {
  now: number;
  event?: ClaimEvent | undefined;
  patch?: (ClaimPatch & DecisionPatch) | undefined;
  reason?: ClaimReason | null | undefined;
  history?: Omit<ClaimHistoryEntry, 'at' | 'status'> | undefined;
  tellsAgain?: boolean | undefined;
}

/**
 * The one way by which a claim's status changes: by the table of transitions, with the number's one owner, the pool, the
 * history and what the host is told in the same transaction. The claim's row must be locked by the caller.
 */
export async function changeClaim(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  claim: ClaimRow,
  change: ClaimChange,
): Promise<'saved' | 'not_allowed' | 'number_taken' | 'number_busy'> {
  const from = claim.status as ClaimStatus; // written by this kit alone
  const status = change.event === undefined ? from : nextStatus(from, change.event);
  if (status === undefined) return 'not_allowed';
  const next = applied(claim, change, status);
  let endedNumbers: readonly string[] = [];
  if (next.live === 1 && !owns(claim, next)) {
    const taken = await takeOver(trx, deps, next, change.now);
    if (typeof taken === 'string') return taken;
    ({ endedNumbers } = taken);
  }
  const history = change.history ?? (status === from ? undefined : unnamed(status));
  const lines = history === undefined ? 0 : 1;
  await trx
    .updateTable('signup_claims')
    .set({ ...next, history_length: claim.history_length + lines })
    .where('id', '=', claim.id)
    .execute();
  if (history !== undefined) await writeHistory(trx, next, history, change);
  if (status !== from || change.tellsAgain === true) await tellOfStatus(trx, deps, next, change.now);
  await markPoolNumber(trx, next, change.now);
  if (isOver.has(status) || isOnAnother(claim, next)) await giveAttachmentBack(trx, deps, next, change.now);
  if (next.live === 1 || claim.live === 1)
    await notePhoneNumber(trx, deps, next, change.now, { before: claim, endedNumbers });
  if (next.live === 1 && claim.live === 0) await putOrphansAside(trx, deps, next, change.now);
  return 'saved';
}

/** Whether a claim owned its number already: nobody else has it then, the index sees to that. */
function owns(before: ClaimRow, after: ClaimRow): boolean {
  return (
    before.live === 1 &&
    before.phone_number_id === after.phone_number_id &&
    before.pool_number_id === after.pool_number_id
  );
}

/** Whether a claim that was to put a number on an account has just been proven with another one: an operator assigned it to that. */
const isOnAnother = (before: ClaimRow, { live, pool_number_id, attach_number_id }: ClaimRow): boolean =>
  before.live === 0 && live === 1 && pool_number_id !== attach_number_id;

/** Events with which a claim begins anew. */
const beginsAnew: ReadonlySet<ClaimEvent> = new Set(['retried', 'signed_up_again']);

/** Events that take back what was proven before: a claim that was tried again came to something else. */
const disproves: ReadonlySet<ClaimEvent> = new Set(['finished_without_number', 'code_lost', 'refused']);

/** Account and number of what an operator asked for: no proof, but what is to be done. */
function stillAsked(row: ClaimRow, event: ClaimEvent): Partial<ClaimRow> {
  if (row.attach_number_id === null || !beginsAnew.has(event)) return {};
  const { waba_id, phone_number, digits, display_phone_number } = row;
  return { waba_id, phone_number, digits, display_phone_number };
}

const isOver: ReadonlySet<ClaimStatus> = new Set(['ended', 'rejected', 'dismissed']);

function applied(
  row: ClaimRow,
  { event, patch = {}, reason, now }: ClaimChange,
  status: ClaimStatus,
): ClaimRow {
  // What an earlier proof found is no proof any more once the claim had lost its number.
  const forgets = event !== undefined && ((beginsAnew.has(event) && row.live === 0) || disproves.has(event));
  const claim = forgets ? { ...row, ...nothingProven, ...stillAsked(row, event) } : row;
  const provenAt = patch.provenAt ?? claim.proven_at ?? undefined;
  const isProof = patch.provenAt !== undefined;
  const otherAccount = patch.wabaId !== undefined && patch.wabaId !== claim.waba_id;
  const phoneNumber = patch.phoneNumber ?? claim.phone_number;
  return {
    ...claim,
    status,
    live: isLive({ status, provenAt }) ? 1 : 0,
    customer_id: patch.customerId ?? claim.customer_id,
    waba_id: patch.wabaId ?? claim.waba_id,
    phone_number_id: patch.phoneNumberId ?? claim.phone_number_id,
    phone_number: phoneNumber,
    digits: phoneNumber === null ? null : comparableDigits(phoneNumber),
    token_expires_at: patch.tokenExpiresAt ?? claim.token_expires_at,
    display_phone_number: patch.displayPhoneNumber ?? claim.display_phone_number,
    number_source: patch.numberSource ?? claim.number_source,
    // A proof says whether the number is of the pool; an earlier one may have been about another number.
    pool_number_id: patch.poolNumberId ?? (isProof ? null : claim.pool_number_id),
    credit_allocation_id: otherAccount ? null : claim.credit_allocation_id,
    sealed_code: isOver.has(status) ? null : claim.sealed_code,
    assigned_at: patch.assignedAt ?? claim.assigned_at,
    assigned_waba_id: patch.assignedWabaId ?? claim.assigned_waba_id,
    assigned_phone_number_id: patch.assignedPhoneNumberId ?? claim.assigned_phone_number_id,
    proven_at: provenAt ?? null,
    registered_at: patch.registeredAt ?? claim.registered_at,
    register_by: patch.registerBy ?? claim.register_by,
    remind_at: remindAt(claim, status, provenAt, now),
    reason_code: reason === undefined ? claim.reason_code : (reason?.code ?? null),
    reason_message: reason === undefined ? claim.reason_message : (reason?.message ?? null),
    updated_at: now,
  };
}

const unnamed = (what: string) => ({ what, who: 'kit', reason: undefined, traceId: undefined });

const unregistered: ReadonlySet<ClaimStatus> = new Set([
  'received',
  'proven',
  'registering',
  'needs_verification',
  'needs_operator',
]);

/** A proven claim is looked at until it is registered or over. */
function remindAt(
  claim: ClaimRow,
  status: ClaimStatus,
  provenAt: number | undefined,
  now: number,
): number | null {
  if (provenAt === undefined || !unregistered.has(status)) return null;
  return claim.remind_at ?? nextReminder(claim.created_at, now);
}
