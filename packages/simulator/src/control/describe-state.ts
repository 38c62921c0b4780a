import {
  describePhoneNumber,
  describePreverifiedNumber,
  type PhoneNumberState,
  type PreverifiedNumberState,
} from './describe-numbers.ts';
import { poolOf } from '../world/numbers/number-lookup.ts';
import { poolSeenBy } from '../world/numbers/shared-number.ts';
import type { World } from '../world/world.ts';

/** Another Solution Partner, for tests; its token is not told. */
export interface PartnerState {
  readonly businessId: string;
  readonly name: string;
  readonly systemUserId: string;
  readonly inSolution: boolean;
  readonly sharedNumberIds: readonly string[];
}

/** The simulated world at one moment. No secret is in it. */
export interface SimulatorState {
  /** ms, UTC. */
  readonly now: number;
  readonly preverifiedNumbers: readonly PreverifiedNumberState[];
  readonly businesses: readonly { readonly id: string; readonly name: string; readonly verified: boolean }[];
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly ownerBusinessId: string;
    readonly subscribed: boolean;
  }[];
  readonly phoneNumbers: readonly PhoneNumberState[];
  /** Other Solution Partners, with the numbers of the pool that are shared with them. */
  readonly partners: readonly PartnerState[];
  /** Codes handed to pages and not exchanged yet, and tokens issued. */
  readonly openCodes: number;
  readonly tokens: number;
}

/** Describes the world at `now` (ms, UTC). */
export function describeState(world: World, now: number): SimulatorState {
  return {
    now,
    preverifiedNumbers: poolOf({ world, now }).map((number) => describePreverifiedNumber(number, now)),
    businesses: [...world.businesses.values()].map(({ id, name, verified }) => ({ id, name, verified })),
    accounts: [...world.accounts.values()].map(({ id, name, ownerBusinessId, subscription }) => ({
      id,
      name,
      ownerBusinessId,
      subscribed: subscription !== undefined,
    })),
    phoneNumbers: [...world.phoneNumbers.values()].map((number) => describePhoneNumber(number, now)),
    partners: [...world.partners.values()].map(({ businessId, systemUserId, inSolution }) => ({
      businessId,
      name: world.businesses.get(businessId)?.name ?? '',
      systemUserId,
      inSolution,
      sharedNumberIds: poolSeenBy({ world, now }, businessId)
        .filter(({ ownerBusinessId }) => ownerBusinessId !== businessId)
        .map(({ id }) => id),
    })),
    openCodes: [...world.authorizationCodes.values()].filter(({ used }) => !used).length,
    tokens: world.tokens.size,
  };
}
