import type { Json } from '../../json.ts';
import type { MessagingLimitTier } from '../../world/numbers/phone-number.ts';
import type { DisconnectionReason } from '../../world/world-event.ts';
import type { PartnerAppShape, SolutionInfo } from './account-reports.ts';
import type { AccountUpdateName, UpdateDetails } from './account-update-events.ts';

/** `decision` of phone_number_name_update and account_review_update. */
export const DECISIONS = ['APPROVED', 'DEFERRED', 'PENDING', 'REJECTED'] as const;

/** `rejection_reason` of phone_number_name_update. */
export const NAME_REJECTIONS = [
  'NAME_EMPLOYEE_ISSUE',
  'NAME_ENDCLIENT_NOTRELATED',
  'NAME_FORMAT_UNACCEPTABLE',
  'NAME_INDIVIDUAL_ISSUE',
  'NAME_NOT_CONSISTENT',
  'UNKNOWN',
] as const;

/** `event` of phone_number_quality_update. */
export const QUALITY_EVENTS = ['ONBOARDING', 'THROUGHPUT_UPGRADE'] as const;

/** `event` of security. */
export const SECURITY_EVENTS = ['PIN_CHANGED', 'PIN_RESET_REQUEST', 'PIN_REQUEST_SUCCESS'] as const;

/** `disconnection_info.reason` of PARTNER_REMOVED. */
export const DISCONNECTION_REASONS: readonly DisconnectionReason[] = [
  'ACCOUNT_DISCONNECTED',
  'BUSINESS_DOWNGRADE',
  'CHANGE_NUMBER',
  'COMPANION_INACTIVITY',
  'PRIMARY_INACTIVITY',
  'USER_RE_REGISTERED',
];

/** The tiers of a messaging limit, lowest first. */
export const TIERS: readonly MessagingLimitTier[] = [
  'TIER_50',
  'TIER_250',
  'TIER_2K',
  'TIER_10K',
  'TIER_100K',
  'TIER_UNLIMITED',
];

/** Something that happens at Meta or at a customer's because a test says so; the webhooks follow. */
export type SimulatorEvent =
  /** PARTNER_ADDED once more. */
  | ({ readonly kind: 'partner-added'; readonly wabaId: string } & SolutionInfo)
  /**
   * The customer removes the partner: its tokens lose the account. `phoneNumberId` gives the shape of coexistence,
   * which names that number only; otherwise `reason` and `initiatedBy` may be told.
   */
  | {
      readonly kind: 'partner-removed';
      readonly wabaId: string;
      readonly phoneNumberId?: string | undefined;
      readonly reason?: DisconnectionReason | undefined;
      readonly initiatedBy?: 'SYSTEM' | 'USER' | undefined;
    }
  | {
      readonly kind: 'partner-app-installed';
      readonly wabaId: string;
      /** @default the switch `partnerAppEventShape` */
      readonly shape?: 'example' | 'regular' | undefined;
    }
  /** The customer removes the app: its tokens lose the account. */
  | {
      readonly kind: 'partner-app-uninstalled';
      readonly wabaId: string;
      /** @default the switch `partnerAppEventShape` */
      readonly shape?: PartnerAppShape | undefined;
    }
  /** Any other `account_update`. ACCOUNT_DELETED takes the account away. `details` change or add members, named as Meta's. */
  | {
      readonly kind: 'account-update';
      readonly wabaId: string;
      readonly event: AccountUpdateName;
      readonly details?: UpdateDetails | undefined;
    }
  | {
      readonly kind: 'account-review-update';
      readonly wabaId: string;
      readonly decision: (typeof DECISIONS)[number];
    }
  | {
      readonly kind: 'business-capability-update';
      readonly wabaId: string;
      /** @default 'TIER_250' */
      readonly tier?: MessagingLimitTier | undefined;
      /** @default what the portfolio may hold at present */
      readonly maxPhoneNumbers?: number | undefined;
    }
  /** A number gets a messaging limit, and with THROUGHPUT_UPGRADE the high throughput. */
  | {
      readonly kind: 'phone-number-quality-update';
      readonly phoneNumberId: string;
      readonly event: (typeof QUALITY_EVENTS)[number];
      /** @default the one it has */
      readonly tier?: MessagingLimitTier | undefined;
    }
  /** The review of a display name ends: the number gets its `name_status`, and if approved the name. */
  | {
      readonly kind: 'phone-number-name-update';
      readonly phoneNumberId: string;
      readonly decision: (typeof DECISIONS)[number];
      /** @default the name it has */
      readonly requestedName?: string | undefined;
      /** @default 'UNKNOWN' when rejected */
      readonly rejectionReason?: (typeof NAME_REJECTIONS)[number] | undefined;
    }
  /** Something about the two-step PIN was done in WhatsApp Manager; the number's PIN stays as it is. */
  | {
      readonly kind: 'security';
      readonly phoneNumberId: string;
      readonly event: (typeof SECURITY_EVENTS)[number];
      /** Id of the person who asked. */
      readonly requester?: string | undefined;
    }
  | {
      readonly kind: 'partner-solution';
      readonly event: string;
      readonly solutionId: string;
      readonly status: string;
    }
  /** A customer writes to a business number. */
  | {
      readonly kind: 'message';
      readonly phoneNumberId: string;
      /** International, in any notation. */
      readonly from: string;
      readonly text: string;
      /** Name of the customer's profile from now on. */
      readonly name?: string | undefined;
    }
  /** A message of a business gets further. `failed` takes an error. */
  | {
      readonly kind: 'message-status';
      readonly messageId: string;
      readonly status: 'sent' | 'delivered' | 'read' | 'failed';
      /** @default 131026, "Message undeliverable" */
      readonly error?:
        { readonly code: number; readonly title: string; readonly details?: string | undefined } | undefined;
    }
  /** A customer gets a new identity hash. Meta tells nobody until the next message. */
  | { readonly kind: 'identity-changed'; readonly waId: string }
  /** Anything else, word for word; sent even when the app is not subscribed to an account. */
  | { readonly kind: 'raw'; readonly field: string; readonly entryId: string; readonly value: Json };
