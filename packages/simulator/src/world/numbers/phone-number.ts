import type { CallAllowance } from './call-allowance.ts';
import type { Guesses } from '../codes/guesses.ts';
import type { CodeVerificationStatus } from './preverified-number.ts';

/** `quality_rating`. */
export type QualityRating = 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN' | 'NA';

/** `throughput.level`: 80 messages a second, 1000, or none because the number is not registered. */
export type ThroughputLevel = 'STANDARD' | 'HIGH' | 'NOT_APPLICABLE';

/** `name_status`: what became of the review of the display name. */
export type NameStatus =
  'APPROVED' | 'AVAILABLE_WITHOUT_REVIEW' | 'DECLINED' | 'EXPIRED' | 'PENDING_REVIEW' | 'NONE';

/** `messaging_limit_tier`: customers a business may write to in 24 hours. */
export type MessagingLimitTier =
  'TIER_50' | 'TIER_250' | 'TIER_2K' | 'TIER_10K' | 'TIER_100K' | 'TIER_UNLIMITED';

/** Where the webhooks of one number go instead of the account's or the app's address. */
export interface WebhookOverride {
  readonly callbackUri: string;
  readonly verifyToken: string;
}

/** A WhatsApp Business phone number on a customer's account. */
export interface PhoneNumber {
  readonly id: string;
  /** Place in the order of creation. */
  readonly sequence: number;
  readonly accountId: string;
  readonly digits: string;
  /** The name customers see on WhatsApp. */
  verifiedName: string;
  /** Whether it came out of the BSP's pool. */
  readonly isPreverified: boolean;
  /** Whether it stays on the WhatsApp Business app as well (coexistence). */
  readonly onBusinessApp: boolean;
  /** When it came onto the account (ms, UTC). */
  readonly onboardedAt: number;
  /** When it was last verified (ms, UTC), for a claimed number the moment of the claim; undefined when never. */
  verifiedAt: number | undefined;
  /** Until when it must be registered, or the verification lapses (ms, UTC). */
  registerBy: number;
  /** When it was registered for the Cloud API (ms, UTC); undefined while it is not. */
  registeredAt: number | undefined;
  /** When it was last taken off the Cloud API (ms, UTC). */
  deregisteredAt: number | undefined;
  /** `data_localization_region` of the registration; deregistering ends local storage. */
  dataRegion: string | undefined;
  /** The two-step PIN, once one is set. */
  pin: string | undefined;
  /** Wrong PINs brought to register. */
  readonly pinGuesses: Guesses;
  readonly registering: CallAllowance;
  readonly deregistering: CallAllowance;
  /** Setting `user_identity_change`. */
  identityKeyCheck: boolean;
  webhookOverride: WebhookOverride | undefined;
  qualityRating: QualityRating;
  throughputLevel: ThroughputLevel;
  nameStatus: NameStatus;
  messagingLimitTier: MessagingLimitTier;
}

/** The status at the time `now` (ms, UTC): a verification lapses unless the number is registered in time. */
export function phoneNumberVerificationOf(
  { verifiedAt, registeredAt, registerBy }: PhoneNumber,
  now: number,
): CodeVerificationStatus {
  if (verifiedAt === undefined) return 'NOT_VERIFIED';
  return registeredAt !== undefined || now < registerBy ? 'VERIFIED' : 'EXPIRED';
}
