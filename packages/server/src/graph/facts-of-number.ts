import type { NumberFacts } from '../domain/number-facts.ts';
import type { PhoneNumber } from './endpoints/phone-number.ts';

/** A number as Meta describes it, in the words under which the kit keeps it. What Meta does not say is left out. */
export function factsOf(number: PhoneNumber): NumberFacts {
  const said = {
    status: number.status,
    codeVerificationStatus: number.verificationStatus,
    platformType: number.platformType,
    qualityRating: number.qualityRating,
    verifiedName: number.verifiedName,
    nameStatus: number.nameStatus,
    throughputLevel: number.throughputLevel,
    messagingLimit: number.messagingLimit,
    lastOnboardedAt:
      number.lastOnboardedAt === undefined ? undefined : new Date(number.lastOnboardedAt).toISOString(),
    accountMode: number.accountMode,
    officialBusinessAccount: number.officialBusinessAccount?.toString(),
    pinEnabled: number.pinEnabled?.toString(),
  } satisfies Record<keyof NumberFacts, string | undefined>;
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
