/**
 * What a page may put into the popup's forms: the texts of Meta's pre-filled data page, and nothing that decides what
 * is claimed. Ids (`business.id`, `preVerifiedPhone`, `solutionID`) come from the server alone.
 */
export interface Prefill {
  business?:
    | {
        /** At most 100 characters. A portfolio of this name is used if the customer has one. */
        name?: string | undefined;
        email?: string | undefined;
        website?: string | undefined;
        /** `code` is the calling code, such as `1`; `number` is without it. */
        phone?: { code: number | string; number: string } | undefined;
        address?:
          | {
              streetAddress1?: string | undefined;
              streetAddress2?: string | undefined;
              city?: string | undefined;
              state?: string | undefined;
              zipPostal?: string | undefined;
              /** ISO 3166-1 alpha-2. */
              country?: string | undefined;
            }
          | undefined;
        /** As an offset: `UTC-08:00`. */
        timezone?: string | undefined;
      }
    | undefined;
  /** The WhatsApp business profile. */
  phone?:
    | {
        displayName?: string | undefined;
        /** A vertical of Meta's list, such as `RETAIL`. */
        category?: string | undefined;
        /** At most 512 characters. */
        description?: string | undefined;
      }
    | undefined;
}

/** The body of `POST /sessions`. */
export interface OpenSessionRequest {
  /** The wire version the widget speaks. */
  version?: number | undefined;
  prefill?: Prefill | undefined;
  /** A wish: numbers of this country first. ISO 3166-1 alpha-2. */
  country?: string | undefined;
}

/** The body of `POST /session-events`: a CANCEL, an ERROR, or any event of the session log that is no finish. */
export interface SessionEventRequest {
  /** The event word of the session log. */
  event: string;
  data?:
    | {
        current_step?: string | undefined;
        error_code?: string | number | undefined;
        /** What older pages of Meta's call `error_code`. */
        error_id?: string | number | undefined;
        error_message?: string | undefined;
        session_id?: string | undefined;
        timestamp?: string | number | undefined;
      }
    | undefined;
}

/** What the session log says of the finish. All of it is hearsay until Meta confirms it. Ids are strings of digits. */
export interface FinishData {
  phone_number_id?: string | undefined;
  waba_id?: string | undefined;
  business_id?: string | undefined;
  waba_ids?: string[] | undefined;
  ad_account_ids?: string[] | undefined;
  page_ids?: string[] | undefined;
  dataset_ids?: string[] | undefined;
  catalog_ids?: string[] | undefined;
  instagram_account_ids?: string[] | undefined;
}

/** The body of `POST /claims`: the event, or the code, or both. */
export interface ClaimRequest {
  /** A `FINISH…` event of the session log, verbatim. */
  event?: string | undefined;
  data?: FinishData | undefined;
  /** The code of `FB.login`. It lives 30 seconds. */
  code?: string | undefined;
  /** Only for a launch by full-page redirect: the exact address that Meta was given. */
  redirectUri?: string | undefined;
}

/** The body of `POST /claims/:id/code`, for a claim in `needs_verification`: Meta sends a one-time code to its number. */
export interface ClaimCodeRequest {
  /** @default 'SMS' */
  method?: 'SMS' | 'VOICE' | undefined;
  /** Meta's locale of the text or the call, such as `es_MX`; one that Meta does not have is English. @default 'en_US' */
  language?: string | undefined;
}

/** The body of `POST /claims/:id/verification`: the one-time code, for a claim in `needs_verification`. */
export interface ClaimVerificationRequest {
  /** Six digits, as people type them: `123456`, `123-456` or `123 456`. */
  code: string;
}
