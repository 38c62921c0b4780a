import type { ClaimStatus, NumberSource } from '@embedded-signup-kit/protocol';
import type { Claim, ClaimedAssets, PoolRecord } from '../ports/records.ts';
import type { NumberRow } from './pool-tables.ts';
import type { ClaimRow } from './tables.ts';

const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined;

/** A row of `signup_claims`, with the step of its work, as the rest of the kit knows it. */
export function toClaim(row: ClaimRow & { step: string | null }): Claim {
  return {
    id: row.id,
    sessionId: row.session_id,
    customerId: row.customer_id,
    // Written by this kit alone, through the one table.
    status: row.status as ClaimStatus,
    step: orUndefined(row.step),
    event: orUndefined(row.event),
    eventData: JSON.parse(row.event_data) as ClaimedAssets, // written from the schema's output
    wabaId: orUndefined(row.waba_id),
    phoneNumberId: orUndefined(row.phone_number_id),
    phoneNumber: orUndefined(row.phone_number),
    displayPhoneNumber: orUndefined(row.display_phone_number),
    numberSource: row.number_source as NumberSource, // as status
    poolNumberId: orUndefined(row.pool_number_id),
    reason:
      row.reason_code === null ? undefined : { code: row.reason_code, message: row.reason_message ?? '' },
    sealedCode: orUndefined(row.sealed_code),
    codeReceivedAt: orUndefined(row.code_received_at),
    codeUsedAt: orUndefined(row.code_used_at),
    redirectUri: orUndefined(row.redirect_uri),
    sealedToken: orUndefined(row.sealed_token),
    tokenExpiresAt: orUndefined(row.token_expires_at),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    provenAt: orUndefined(row.proven_at),
    registeredAt: orUndefined(row.registered_at),
    registerBy: orUndefined(row.register_by),
    assignedAt: orUndefined(row.assigned_at),
    assignedWabaId: orUndefined(row.assigned_waba_id),
    assignedPhoneNumberId: orUndefined(row.assigned_phone_number_id),
    creditAllocationId: orUndefined(row.credit_allocation_id),
    recoveredAt: orUndefined(row.recovered_at),
    toAttach:
      row.attach_number_id === null
        ? undefined
        : {
            numberId: row.attach_number_id,
            verifiedName: row.attach_name ?? '',
            wabaId: row.assigned_waba_id ?? row.attach_waba_id ?? '', // the three are written together
          },
  };
}

/** A row of `signup_numbers` as the rest of the kit knows it. */
export function toPoolRecord(row: NumberRow): PoolRecord {
  return {
    id: row.id,
    phoneNumber: row.phone_number,
    displayPhoneNumber: row.display_phone_number,
    country: orUndefined(row.country),
    verificationStatus: row.verification_status,
    verifiedAt: orUndefined(row.verified_at),
    verificationExpiresAt: orUndefined(row.verification_expires_at),
    ownerBusinessId: orUndefined(row.owner_business_id),
    heldBy: orUndefined(row.held_by),
    heldUntil: orUndefined(row.held_until),
    claimId: orUndefined(row.claim_id),
    claimedBy: orUndefined(row.claimed_by),
    claimedAt: orUndefined(row.claimed_at),
    goneAt: orUndefined(row.gone_at),
    lastListedAt: orUndefined(row.last_listed_at),
    syncedAt: row.synced_at,
    firstSeenAt: row.first_seen_at ?? row.synced_at,
  };
}
