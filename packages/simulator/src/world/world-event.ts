/** How a customer ended the popup with success: the part of the session log's `event` that the world remembers. */
export type FinishKind =
  | 'FINISH'
  | 'FINISH_ONLY_WABA'
  | 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING'
  | 'FINISH_OBO_MIGRATION'
  | 'FINISH_GRANT_ONLY_API_ACCESS';

/** Something that happened in the simulated world and that Meta reports by webhook. Rules of the world tell it. */
export type WorldEvent =
  | {
      /** A customer finished the popup and shared an account with the app. */
      readonly kind: 'signed-up';
      readonly finish: FinishKind;
      readonly businessId: string;
      readonly accountId: string;
      readonly phoneNumberId: string | undefined;
    }
  | {
      /** The customer took the account back, or took the number off the platform. */
      readonly kind: 'partner-removed';
      readonly businessId: string;
      readonly accountId: string;
      readonly phoneNumberId: string | undefined;
    }
  | {
      /** A business number sent a text; its statuses follow. */
      readonly kind: 'message-sent';
      readonly phoneNumberId: string;
      /** `wamid.…` */
      readonly messageId: string;
      /** The customer's number, digits. */
      readonly to: string;
      /** `recipient_identity_key_hash` of the request. */
      readonly identityKeyHash: string | undefined;
    };

/** Takes the events of the world; they must not change it in turn. */
export type Tell = (event: WorldEvent) => void;
