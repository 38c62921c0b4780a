import type { ClaimView } from '@embedded-signup-kit/protocol';
import type { Claim } from './records.ts';

const iso = (time: number): string => new Date(time).toISOString();

/** A claim as it goes over the wire. Nothing sealed, nothing of another customer's. */
export function claimView(claim: Claim): ClaimView {
  return {
    id: claim.id,
    status: claim.status,
    ...(claim.step === undefined ? {} : { step: claim.step }),
    ...(claim.phoneNumber === undefined ? {} : { phoneNumber: claim.phoneNumber }),
    ...(claim.displayPhoneNumber === undefined ? {} : { displayPhoneNumber: claim.displayPhoneNumber }),
    ...(claim.phoneNumberId === undefined ? {} : { phoneNumberId: claim.phoneNumberId }),
    ...(claim.wabaId === undefined ? {} : { wabaId: claim.wabaId }),
    numberSource: claim.numberSource,
    ...(claim.reason === undefined ? {} : { reason: claim.reason }),
    createdAt: iso(claim.createdAt),
    ...(claim.registeredAt === undefined ? {} : { registeredAt: iso(claim.registeredAt) }),
    ...(claim.registerBy === undefined ? {} : { registerBy: iso(claim.registerBy) }),
  };
}

/** A claim as an operator sees it: with its customer. */
export function operatorClaimView(claim: Claim): ClaimView & { customerId: string } {
  return { ...claimView(claim), customerId: claim.customerId };
}
