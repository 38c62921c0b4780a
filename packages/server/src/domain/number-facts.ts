/**
 * What Meta says about a number in service, as texts in Meta's own words (Meta, "Phone numbers").
 *
 * - `status` — `CONNECTED` once it is registered, `PENDING`, `DISCONNECTED`, `FLAGGED`, `RESTRICTED`, `BANNED`, …
 * - `codeVerificationStatus` — `VERIFIED`, `NOT_VERIFIED`, `EXPIRED`
 * - `platformType` — `CLOUD_API`, `ON_PREMISE`, `NOT_APPLICABLE`
 * - `qualityRating` — `GREEN`, `YELLOW`, `RED`, `UNKNOWN`, `NA`
 * - `verifiedName`, `nameStatus` — the display name, and `APPROVED`, `PENDING_REVIEW`, `DECLINED`, …
 * - `throughputLevel` — `STANDARD`, `HIGH`, `NOT_APPLICABLE`
 * - `messagingLimit` — `TIER_250`, `TIER_2K`, `TIER_UNLIMITED`, …
 * - `lastOnboardedAt` — ISO 8601, UTC
 * - `accountMode` — `LIVE`, `SANDBOX`
 * - `officialBusinessAccount`, `pinEnabled` — `true`, `false`
 */
export const numberFacts = [
  'status',
  'codeVerificationStatus',
  'platformType',
  'qualityRating',
  'verifiedName',
  'nameStatus',
  'throughputLevel',
  'messagingLimit',
  'lastOnboardedAt',
  'accountMode',
  'officialBusinessAccount',
  'pinEnabled',
] as const;

/** One of {@link numberFacts}. */
export type NumberFact = (typeof numberFacts)[number];

/** Some facts of a number. */
export type NumberFacts = Partial<Record<NumberFact, string>>;

/** Facts, each with when it was last known to be so, milliseconds UTC. */
export type DatedFacts = Partial<Record<NumberFact, { value: string; at: number }>>;
