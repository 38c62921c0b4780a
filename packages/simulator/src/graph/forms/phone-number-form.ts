import { callingCodeOf } from '../../phone/calling-code.ts';
import { displayPhoneNumber } from '../../phone/phone-number.ts';
import { phoneNumberVerificationOf, type PhoneNumber } from '../../world/phone-number.ts';
import type { NodeForm } from './select-fields.ts';
import { writeTime } from './time-form.ts';

/** A WhatsApp Business phone number: PENDING and NOT_APPLICABLE until registered, then CONNECTED and CLOUD_API. */
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
    code_verification_status: (number, { clock }) => phoneNumberVerificationOf(number, clock.now()),
    display_phone_number: ({ digits }) => displayPhoneNumber(digits),
    quality_rating: (number) => (isRegistered(number) ? 'GREEN' : 'UNKNOWN'),
    quality_score: (number) => ({ score: isRegistered(number) ? 'GREEN' : 'UNKNOWN' }),
    platform_type: (number) => (isRegistered(number) ? 'CLOUD_API' : 'NOT_APPLICABLE'),
    throughput: (number) => ({ level: isRegistered(number) ? 'STANDARD' : 'NOT_APPLICABLE' }),
    webhook_configuration: ({ accountId }, { world }) => ({
      whatsapp_business_account: world.accounts.get(accountId)?.subscription?.overrideCallbackUri,
    }),
    last_onboarded_time: ({ onboardedAt }, { settings }) => writeTime(onboardedAt, settings.times),
    status: (number) => (isRegistered(number) ? 'CONNECTED' : 'PENDING'),
    name_status: () => 'AVAILABLE_WITHOUT_REVIEW',
    account_mode: () => 'LIVE',
    country_dial_code: ({ digits }) => callingCodeOf(digits),
    is_official_business_account: () => false,
    is_on_biz_app: () => false,
    is_pin_enabled: ({ pin }) => pin !== undefined,
    is_preverified_number: ({ isPreverified }) => isPreverified,
    messaging_limit_tier: () => 'TIER_250',
  },
};

function isRegistered({ registeredAt }: PhoneNumber): boolean {
  return registeredAt !== undefined;
}
