import { SECOND } from '../../clock/units.ts';
import type { Json } from '../../json.ts';
import type { WhatsAppAccount } from '../../world/businesses/whatsapp-account.ts';
import { wabaInfoOf } from './account-reports.ts';

/** Members of an event's own part of the value, with Meta's names. */
export type UpdateDetails = { readonly [name: string]: Json };

interface UpdateForm {
  /** The member of `value` that has the details; undefined when the documents show none. */
  readonly member?: string;
  /** Whether that member is a list. */
  readonly list?: boolean;
  /** Whether the entry is a business portfolio; otherwise it is the account. */
  readonly ofBusiness?: boolean;
  /** Details that stand unless others are given. */
  readonly details?: (account: WhatsAppAccount, now: number) => UpdateDetails;
  /** The documented words of some details. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
}

/** The events of `account_update` that only a test can cause, with what each brings. */
export const ACCOUNT_UPDATES = {
  ACCOUNT_DELETED: {},
  ACCOUNT_OFFBOARDED: {},
  ACCOUNT_RECONNECTED: {},
  AUTH_INTL_PRICE_ELIGIBILITY_UPDATE: {},
  BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE: {},
  VOLUME_BASED_PRICING_TIER_UPDATE: {},
  ACCOUNT_VIOLATION: { member: 'violation_info', details: () => ({ violation_type: 'SCAM' }) },
  ACCOUNT_RESTRICTION: {
    member: 'restriction_info',
    list: true,
    details: (_account, now) => ({
      restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING',
      expiration: Math.floor(now / SECOND) + 7 * 86_400,
    }),
  },
  DISABLED_UPDATE: {
    member: 'ban_info',
    details: (_account, now) => ({
      waba_ban_state: 'DISABLE',
      waba_ban_date: new Date(now).toISOString().slice(0, 10),
    }),
    words: { waba_ban_state: ['DISABLE', 'REINSTATE', 'SCHEDULE_FOR_DISABLE'] },
  },
  AD_ACCOUNT_LINKED: {
    member: 'waba_info',
    ofBusiness: true,
    details: (account) => ({ ...wabaInfoOf(account), ad_account_linked: '120330000000001' }),
  },
  MM_LITE_TERMS_SIGNED: { member: 'waba_info', ofBusiness: true, details: wabaInfoOf },
  PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE: {
    member: 'partner_client_certification_info',
    details: ({ ownerBusinessId }) => ({
      client_business_id: ownerBusinessId,
      status: 'APPROVED',
      rejection_reasons: [],
    }),
    words: { status: ['APPROVED', 'DISCARDED', 'FAILED', 'PENDING', 'REVOKED'] },
  },
  PARTNER_CLIENT_CERTIFICATION_NEEDED: {
    member: 'partner_client_certification_needed_info',
    details: ({ ownerBusinessId }) => ({ client_business_id: ownerBusinessId }),
  },
} as const satisfies Readonly<Record<string, UpdateForm>>;

/** Name of an event of `account_update` that only a test can cause. */
export type AccountUpdateName = keyof typeof ACCOUNT_UPDATES;

/** Whether there is such an event. */
export function isAccountUpdateName(name: string): name is AccountUpdateName {
  return Object.hasOwn(ACCOUNT_UPDATES, name);
}

/** Whether the entry of this event is a business portfolio. */
export function isOfBusiness(event: AccountUpdateName): boolean {
  return formOf(event).ofBusiness === true;
}

/** The `value` of an event at `now` (ms, UTC). Throws RangeError for a detail that is none of the documented words. */
export function accountUpdateValue(
  { account, now }: { account: WhatsAppAccount; now: number },
  event: AccountUpdateName,
  given: UpdateDetails = {},
): Json {
  const { member, list, details, words = {} } = formOf(event);
  for (const [name, allowed] of Object.entries(words)) {
    const word = given[name];
    if (word !== undefined && !(typeof word === 'string' && allowed.includes(word))) {
      throw new RangeError(`${name} of ${event} must be one of ${allowed.join(', ')}`);
    }
  }
  const all = { ...details?.(account, now), ...given };
  if (member === undefined) return { event, ...all };
  return { event, [member]: list === true ? [all] : all };
}

function formOf(event: AccountUpdateName): UpdateForm {
  return ACCOUNT_UPDATES[event];
}
