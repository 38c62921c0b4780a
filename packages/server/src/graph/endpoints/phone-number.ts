import { z } from 'zod';
import type { AccountNumber } from '../../ports/graph.ts';
import { metaId, type Endpoint } from '../graph-request.ts';
import { flagValue, idValue, timeValue, wordValue } from '../meta-values.ts';

/** All that the kit can read of a WhatsApp phone number. Times in milliseconds UTC. */
export interface PhoneNumber extends AccountNumber {
  /** The display name. */
  verifiedName: string | undefined;
  /** `APPROVED`, `AVAILABLE_WITHOUT_REVIEW`, `DECLINED`, `EXPIRED`, `PENDING_REVIEW`, `NONE`. */
  nameStatus: string | undefined;
  /** `GREEN`, `YELLOW`, `RED`, `UNKNOWN`, `NA`. */
  qualityRating: string | undefined;
  /** `STANDARD`, `HIGH`, `NOT_APPLICABLE`. */
  throughputLevel: string | undefined;
  /** `TIER_250`, `TIER_2K`, …; from v24.0 on Meta keeps one limit per portfolio. */
  messagingLimit: string | undefined;
  lastOnboardedAt: number | undefined;
  pinEnabled: boolean | undefined;
  preverified: boolean | undefined;
  /** `LIVE` or `SANDBOX`. */
  accountMode: string | undefined;
  officialBusinessAccount: boolean | undefined;
}

/** Fields that can be asked for. */
export type PhoneNumberField = keyof typeof fieldReaders;

const fieldReaders = {
  id: idValue,
  display_phone_number: z.string(),
  verified_name: wordValue,
  code_verification_status: wordValue,
  platform_type: wordValue,
  status: wordValue,
  is_on_biz_app: flagValue,
  name_status: wordValue,
  quality_rating: wordValue,
  throughput: z.object({ level: wordValue }).optional().catch(undefined),
  messaging_limit_tier: wordValue,
  whatsapp_business_manager_messaging_limit: wordValue,
  last_onboarded_time: timeValue,
  is_pin_enabled: flagValue,
  is_preverified_number: flagValue,
  account_mode: wordValue,
  is_official_business_account: flagValue,
};

/** What a registration has to know. */
export const registrationFields: readonly PhoneNumberField[] = [
  'id',
  'display_phone_number',
  'verified_name',
  'code_verification_status',
  'platform_type',
  'status',
  'is_on_biz_app',
];

/** Everything but the portfolio's messaging limit, which versions before v24.0 do not have. */
export const usualFields: readonly PhoneNumberField[] = [
  ...registrationFields,
  'name_status',
  'quality_rating',
  'throughput',
  'messaging_limit_tier',
  'last_onboarded_time',
  'is_pin_enabled',
  'is_preverified_number',
  'account_mode',
  'is_official_business_account',
];

/** A WhatsApp phone number, as both the list and the node give it. */
export const phoneNumber = z.object(fieldReaders).transform((number): PhoneNumber => ({
  id: number.id,
  displayPhoneNumber: number.display_phone_number,
  verificationStatus: number.code_verification_status,
  platformType: number.platform_type,
  status: number.status,
  onBusinessApp: number.is_on_biz_app,
  verifiedName: number.verified_name,
  nameStatus: number.name_status,
  qualityRating: number.quality_rating,
  throughputLevel: number.throughput?.level,
  messagingLimit: number.whatsapp_business_manager_messaging_limit ?? number.messaging_limit_tier,
  lastOnboardedAt: number.last_onboarded_time,
  pinEnabled: number.is_pin_enabled,
  preverified: number.is_preverified_number,
  accountMode: number.account_mode,
  officialBusinessAccount: number.is_official_business_account,
}));

/** Meta leaves out nothing that a `PhoneNumber` cannot do without. */
export const withNeeded = (fields: readonly PhoneNumberField[]): string =>
  [...new Set<PhoneNumberField>(['id', 'display_phone_number', ...fields])].join(',');

/** Which number, and what of it. */
export interface GetPhoneNumberInput {
  phoneNumberId: string;
  /** Beside the id and the number itself. @default all but `whatsapp_business_manager_messaging_limit` */
  fields?: readonly PhoneNumberField[] | undefined;
}

/** `GET /<PHONE_NUMBER_ID>` (Meta, "Phone numbers"). */
export const getPhoneNumber: Endpoint<GetPhoneNumberInput, PhoneNumber> = {
  repeat: 'read',
  request: ({ phoneNumberId, fields = usualFields }) => ({
    action: 'read the number',
    method: 'GET',
    path: `/${metaId(phoneNumberId)}`,
    query: { fields: withNeeded(fields) },
  }),
  read: (answer) => phoneNumber.parse(answer),
};
