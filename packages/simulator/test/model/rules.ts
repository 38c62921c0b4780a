// The documented rules, each with the sentence it comes from. Times in ms. An interval ends just before its last moment.
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const RULES = {
  /** "… not claimed by an end client in the Embedded Signup flow within 90 days of verification … will revert to an unverified status". */
  verifiedFor: 90 * DAY,
  /** "… can't be re-verified until 45 days before they are scheduled to revert to an unverified status." */
  renewableInTheLast: 45 * DAY,
  /** "If you add a phone number … but do not verify it within 90 days (Step 3), it will be removed from your pool". */
  keptUnverifiedFor: 90 * DAY,
  /** "You will have 90 days to register this number … it will revert to an UNVERIFIED status". */
  registeredWithin: 90 * DAY,
  /** "Verification codes are time-limited (typically 10 minutes) and single-use." */
  codeFor: 10 * MINUTE,
  /** The popup's authorization code: 30 seconds, single use. */
  loginFor: 30 * SECOND,
  /** Registration page: ten requests per number in a moving 72 hours, then blocked for the next 72; deregister alike. */
  registrations: { calls: 10, window: 72 * HOUR, block: 72 * HOUR },
  /** "Limited number of code requests per phone number per time period": figures assumed. */
  codeRequests: { calls: 10, window: 12 * HOUR },
  /** "Multiple failed attempts may trigger additional security measures": figures assumed. */
  wrongCodes: { before: 5, lock: 12 * HOUR },
  /** 133008, too many PIN guesses: figures assumed. */
  wrongPins: { before: 5, lock: 12 * HOUR },
} as const;

/** What a call is answered with. */
export interface Expected {
  readonly status: number;
  readonly code?: number;
  readonly subcode?: number;
}

export const OK: Expected = { status: 200 };
/** No such object, or not for this caller. */
export const UNKNOWN_OBJECT: Expected = { status: 400, code: 100, subcode: 33 };
export const INVALID: Expected = { status: 400, code: 100 };
export const REQUEST_CODE_ERROR: Expected = { status: 400, code: 136024 };
export const VERIFY_CODE_ERROR: Expected = { status: 400, code: 136025 };
export const PIN_MISMATCH: Expected = { status: 400, code: 133005 };
export const VERIFY_FIRST: Expected = { status: 400, code: 133006 };
export const PIN_GUESSES_SPENT: Expected = { status: 400, code: 133008 };
export const TOO_MANY_REGISTRATIONS: Expected = { status: 400, code: 133016 };
export const LOGIN_LATE: Expected = { status: 400, code: 100, subcode: 36007 };
export const LOGIN_USED: Expected = { status: 400, code: 100, subcode: 36009 };
