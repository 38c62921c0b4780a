import { displayPhoneNumber, e164Of } from '../phone/phone-number.ts';
import { poolOf } from '../world/number-lookup.ts';
import { phoneNumberVerificationOf, type PhoneNumber } from '../world/phone-number.ts';
import {
  verificationExpiryOf,
  verificationStatusOf,
  type CodeVerificationStatus,
  type PreverifiedNumber,
} from '../world/preverified-number.ts';
import type { World } from '../world/world.ts';

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
  readonly onboardedAt: number;
  readonly registeredAt?: number;
  /** Whether a two-step PIN is set; the PIN itself is not told. */
  readonly hasPin: boolean;
  /** Register calls that count at the moment. */
  readonly registerCalls: number;
}

/** The simulated world at one moment. No secret is in it. */
export interface SimulatorState {
  /** ms, UTC. */
  readonly now: number;
  readonly preverifiedNumbers: readonly PreverifiedNumberState[];
  readonly businesses: readonly { readonly id: string; readonly name: string }[];
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly ownerBusinessId: string;
    readonly subscribed: boolean;
  }[];
  readonly phoneNumbers: readonly PhoneNumberState[];
  /** Codes handed to pages and not exchanged yet, and tokens issued. */
  readonly openCodes: number;
  readonly tokens: number;
}

/** Describes the world at `now` (ms, UTC). */
export function describeState(world: World, now: number): SimulatorState {
  return {
    now,
    preverifiedNumbers: poolOf({ world, now }).map((number) => describePreverifiedNumber(number, now)),
    businesses: [...world.businesses.values()],
    accounts: [...world.accounts.values()].map(({ id, name, ownerBusinessId, subscription }) => ({
      id,
      name,
      ownerBusinessId,
      subscribed: subscription !== undefined,
    })),
    phoneNumbers: [...world.phoneNumbers.values()].map((number) => describePhoneNumber(number, now)),
    openCodes: [...world.authorizationCodes.values()].filter(({ used }) => !used).length,
    tokens: world.tokens.size,
  };
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

function describePhoneNumber(number: PhoneNumber, now: number): PhoneNumberState {
  return {
    id: number.id,
    wabaId: number.accountId,
    phoneNumber: e164Of(number.digits),
    displayPhoneNumber: displayPhoneNumber(number.digits),
    verifiedName: number.verifiedName,
    status: phoneNumberVerificationOf(number, now),
    isPreverified: number.isPreverified,
    onboardedAt: number.onboardedAt,
    ...(number.registeredAt !== undefined && { registeredAt: number.registeredAt }),
    hasPin: number.pin !== undefined,
    registerCalls: number.registerCalls.length,
  };
}
