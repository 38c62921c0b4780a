import { displayPhoneNumber, e164Of } from '../phone/phone-number.ts';
import { callsCounted } from '../world/numbers/call-allowance.ts';
import { phoneNumberVerificationOf, type PhoneNumber } from '../world/numbers/phone-number.ts';
import {
  verificationExpiryOf,
  verificationStatusOf,
  type CodeVerificationStatus,
  type PreverifiedNumber,
} from '../world/numbers/preverified-number.ts';

/** A number of the pool, for tests; times in ms, UTC. */
export interface PreverifiedNumberState {
  readonly id: string;
  /** `+15550100001` */
  readonly phoneNumber: string;
  /** `+1 555-010-0001` */
  readonly displayPhoneNumber: string;
  readonly status: CodeVerificationStatus;
  readonly addedAt: number;
  readonly verifiedAt?: number;
  readonly expiresAt?: number;
}

/** A number on a customer's account, for tests; times in ms, UTC. */
export interface PhoneNumberState {
  readonly id: string;
  readonly wabaId: string;
  readonly phoneNumber: string;
  readonly displayPhoneNumber: string;
  readonly verifiedName: string;
  readonly status: CodeVerificationStatus;
  readonly isPreverified: boolean;
  /** Whether it stays on the WhatsApp Business app as well (coexistence). */
  readonly onBusinessApp: boolean;
  readonly onboardedAt: number;
  /** While it is registered. */
  readonly registeredAt?: number;
  /** When it was last taken off the Cloud API. */
  readonly deregisteredAt?: number;
  /** Whether a two-step PIN is set; the PIN itself is not told. */
  readonly hasPin: boolean;
  /** Register calls, and deregister calls, that count at the moment. */
  readonly registerCalls: number;
  readonly deregisterCalls: number;
  readonly identityKeyCheck: boolean;
  /** Where its webhooks go, when it has an address of its own. */
  readonly webhookOverride?: string;
}

/** Describes one number of the pool at `now` (ms, UTC). */
export function describePreverifiedNumber(number: PreverifiedNumber, now: number): PreverifiedNumberState {
  const expiresAt = verificationExpiryOf(number);
  return {
    id: number.id,
    phoneNumber: e164Of(number.digits),
    displayPhoneNumber: displayPhoneNumber(number.digits),
    status: verificationStatusOf(number, now),
    addedAt: number.addedAt,
    ...(number.verifiedAt !== undefined && { verifiedAt: number.verifiedAt }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** Describes one number on an account at `now` (ms, UTC). */
export function describePhoneNumber(number: PhoneNumber, now: number): PhoneNumberState {
  const { registeredAt, deregisteredAt, webhookOverride } = number;
  return {
    id: number.id,
    wabaId: number.accountId,
    phoneNumber: e164Of(number.digits),
    displayPhoneNumber: displayPhoneNumber(number.digits),
    verifiedName: number.verifiedName,
    status: phoneNumberVerificationOf(number, now),
    isPreverified: number.isPreverified,
    onBusinessApp: number.onBusinessApp,
    onboardedAt: number.onboardedAt,
    ...(registeredAt !== undefined && { registeredAt }),
    ...(deregisteredAt !== undefined && { deregisteredAt }),
    hasPin: number.pin !== undefined,
    registerCalls: callsCounted(number.registering, now),
    deregisterCalls: callsCounted(number.deregistering, now),
    identityKeyCheck: number.identityKeyCheck,
    ...(webhookOverride !== undefined && { webhookOverride: webhookOverride.callbackUri }),
  };
}
