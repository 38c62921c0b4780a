import { callingCodeOf } from '../../phone/calling-code.ts';
import { countryOf } from '../../phone/country-of.ts';
import { displayedDigits } from '../../phone/national-prefix.ts';
import { displayPhoneNumber } from '../../phone/phone-number.ts';
import { phoneNumberVerificationOf, type PhoneNumber } from '../../world/numbers/phone-number.ts';
import type { Simulation } from '../../world/simulation.ts';
import { healthOf } from './health-form.ts';
import type { NodeForm } from './select-fields.ts';
import { writeTime } from './time-form.ts';
import { verificationWord } from './verification-word.ts';

/** A WhatsApp Business phone number: every field named in the reference or listed by public clients. */
export const PHONE_NUMBER_FORM: NodeForm<PhoneNumber> = {
  type: 'WhatsAppBusinessPhoneNumber',
  defaults: [
    'verified_name',
    'code_verification_status',
    'display_phone_number',
    'quality_rating',
    'platform_type',
    'throughput',
    'last_onboarded_time',
    'webhook_configuration',
    'id',
  ],
  fields: {
    id: ({ id }) => id,
    verified_name: ({ verifiedName }) => verifiedName,
    code_verification_status: (number, deps) =>
      verificationWord(phoneNumberVerificationOf(number, deps.clock.now()), deps),
    display_phone_number: ({ digits }, { settings }) =>
      displayPhoneNumber(displayedDigits(digits, settings.assumptions.nationalPrefixInDisplay)),
    quality_rating: ({ qualityRating }) => qualityRating,
    quality_score: ({ qualityRating }) => ({ score: qualityRating }),
    platform_type: ({ registeredAt }) => (registeredAt === undefined ? 'NOT_APPLICABLE' : 'CLOUD_API'),
    throughput: ({ throughputLevel }) => ({ level: throughputLevel }),
    webhook_configuration: ({ accountId, webhookOverride }, { world }) => ({
      phone_number: webhookOverride?.callbackUri,
      application: world.webhook.subscription?.url,
      whatsapp_business_account: world.accounts.get(accountId)?.subscription?.overrideCallbackUri,
    }),
    last_onboarded_time: ({ onboardedAt }, { settings }) => writeTime(onboardedAt, settings.times),
    status: statusOf,
    name_status: ({ nameStatus }) => nameStatus,
    new_name_status: () => 'NONE',
    account_mode: () => 'LIVE',
    certificate: ({ id }) => Buffer.from(`simulated certificate of ${id}`).toString('base64'),
    new_certificate: () => undefined,
    conversational_automation: ({ id }) => ({ id, enable_welcome_message: false }),
    country_code: ({ digits }) => countryOf(digits),
    country_dial_code: ({ digits }) => callingCodeOf(digits),
    eligibility_for_api_business_global_search: () => 'NON_ELIGIBLE_UNDEFINED_COUNTRY',
    health_status: healthOf,
    host_platform: ({ registeredAt }) => (registeredAt === undefined ? 'NOT_APPLICABLE' : 'CLOUD_API'),
    is_official_business_account: () => false,
    is_on_biz_app: ({ onBusinessApp }) => onBusinessApp,
    is_pin_enabled: ({ pin }) => pin !== undefined,
    is_preverified_number: ({ isPreverified }) => isPreverified,
    messaging_limit_tier: ({ messagingLimitTier }) => messagingLimitTier,
    whatsapp_business_manager_messaging_limit: ({ messagingLimitTier }) => messagingLimitTier,
    search_visibility: () => 'NON_VISIBLE',
    unified_cert_status: () => 'VALID',
    username: () => undefined,
  },
};

/**
 * PENDING after a claim and CONNECTED once registered, as public clients saw; UNVERIFIED and DISCONNECTED are words
 * seen for numbers, given here to those without a verification and to those taken off the Cloud API.
 */
function statusOf(number: PhoneNumber, { clock }: Simulation): string {
  if (number.registeredAt !== undefined) return 'CONNECTED';
  if (phoneNumberVerificationOf(number, clock.now()) !== 'VERIFIED') return 'UNVERIFIED';
  return number.deregisteredAt === undefined ? 'PENDING' : 'DISCONNECTED';
}
