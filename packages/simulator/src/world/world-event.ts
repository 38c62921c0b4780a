import type { CodeMethod } from './codes/one-time-code.ts';
import type { MessageStatus } from './messages/whatsapp-message.ts';

/** How a customer ended the popup with success: the part of the session log's `event` that the world remembers. */
export type FinishKind =
  | 'FINISH'
  | 'FINISH_ONLY_WABA'
  | 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING'
  | 'FINISH_OBO_MIGRATION'
  | 'FINISH_GRANT_ONLY_API_ACCESS';

/** Something that happened in the simulated world and that Meta, or a telephony provider, reports by webhook. Rules of the world tell it. */
export type WorldEvent =
  | {
      /** A customer finished the popup and shared an account with the app. */
      readonly kind: 'signed-up';
      readonly finish: FinishKind;
      readonly businessId: string;
      readonly accountId: string;
      /** False when the customer shared an account they had before. @default true */
      readonly createdAccount?: boolean | undefined;
      readonly phoneNumberId: string | undefined;
    }
  | {
      /** The customer took the account back from the partner. */
      readonly kind: 'partner-removed';
      readonly accountId: string;
      /** The number of the WhatsApp Business app that ended it (coexistence); the webhook then names only the number. */
      readonly phoneNumberId: string | undefined;
      readonly disconnection: Disconnection | undefined;
    }
  | {
      /** A business may hold more numbers, or fewer. */
      readonly kind: 'capability-changed';
      readonly businessId: string;
    }
  | {
      /** A message of a business number got further, or failed. */
      readonly kind: 'message-status';
      /** `wamid.…` */
      readonly messageId: string;
      readonly status: MessageStatus;
      /** Why it failed. */
      readonly failure: MessageFailure | undefined;
    }
  | {
      /** A customer wrote to a business number. */
      readonly kind: 'message-received';
      readonly messageId: string;
    }
  | {
      /** A one-time code went to a phone. Meta tells nobody, but the phone's provider may. */
      readonly kind: 'code-sent';
      /** The number it went to. */
      readonly digits: string;
      readonly method: CodeMethod;
      /** What is written or said. */
      readonly text: string;
    };

/** `disconnection_info` of PARTNER_REMOVED. */
export interface Disconnection {
  readonly reason: DisconnectionReason;
  readonly initiatedBy: 'SYSTEM' | 'USER';
}

/** Why a partner was removed (as seen in a public set of webhook types). */
export type DisconnectionReason =
  | 'ACCOUNT_DISCONNECTED'
  | 'BUSINESS_DOWNGRADE'
  | 'CHANGE_NUMBER'
  | 'COMPANION_INACTIVITY'
  | 'PRIMARY_INACTIVITY'
  | 'USER_RE_REGISTERED';

/** Why a message failed, as in `statuses[].errors[]`. */
export interface MessageFailure {
  readonly code: number;
  readonly title: string;
  /** `error_data.details`; without them only code and title are sent, as in the guide's sample of 137000. */
  readonly details: string | undefined;
}

/** Takes the events of the world; the world's objects stay as they are. */
export type Tell = (event: WorldEvent) => void;
