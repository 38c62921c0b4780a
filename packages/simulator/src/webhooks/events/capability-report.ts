import type { Assumptions } from '../../settings/assumptions.ts';
import type { MessagingLimitTier } from '../../world/numbers/phone-number.ts';
import type { WhatsAppAccount } from '../../world/businesses/whatsapp-account.ts';
import type { Report } from '../report.ts';

/** The tiers as numbers: customers a business may write to in 24 hours. */
const CUSTOMERS: Readonly<Record<MessagingLimitTier, number>> = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
  TIER_UNLIMITED: -1,
};

/** What a business may do, in a new account or after a change. */
export interface Capability {
  readonly tier: MessagingLimitTier;
  /** Numbers its portfolio may hold. */
  readonly maxPhoneNumbers: number;
}

/** `business_capability_update`; it comes when an account is created, and when a business is verified. */
export function capabilityUpdate(
  { assumptions }: { assumptions: Assumptions },
  account: WhatsAppAccount,
  { tier, maxPhoneNumbers }: Capability,
): Report {
  const limit = assumptions.capabilityLimitForm === 'tier' ? tier : CUSTOMERS[tier];
  return {
    field: 'business_capability_update',
    entryId: account.id,
    value: { max_daily_conversations_per_business: limit, max_phone_numbers_per_business: maxPhoneNumbers },
    account,
    number: undefined,
  };
}
