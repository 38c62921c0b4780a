import type { ClaimStatus, NumberSource } from './claim-status.ts';
import type { ProblemCode } from './problem-code.ts';

/** A number of the pool, set aside for this customer. */
export interface HeldNumber {
  /** Meta's id of the pre-verified number: the one that belongs into `preVerifiedPhone.ids`. Digits. */
  id: string;
  /** E.164, with the plus. */
  phoneNumber: string;
  /** As Meta prints it, such as `+1 555-010-0001`. */
  displayPhoneNumber: string;
}

/** What the page needs for `FB.init` and `FB.login`. */
export interface Launch {
  appId: string;
  /** The Facebook Login for Business configuration that chooses Embedded Signup v4. */
  configId: string;
  /** Such as `v26.0`. */
  graphVersion: string;
  /** Where the Facebook SDK is loaded from. */
  sdkUrl: string;
  /** The exact origins whose messages are believed to come from the popup. */
  dialogOrigins: string[];
  /** Goes to `FB.login` as it is; `setup.preVerifiedPhone.ids` is already inside. */
  extras: Record<string, unknown>;
}

/** Why a claim stands where it stands. */
export interface ClaimReason {
  /** Stable; match on this. */
  code: string;
  /** A sentence that says what to do next. Never holds a secret. */
  message: string;
}

/** A claim as the customer's page and the operator see it. Times are ISO 8601, UTC. */
export interface ClaimView {
  id: string;
  status: ClaimStatus;
  /** The piece of work under way, such as `exchange`, `prove` or `register`; absent when nothing is. */
  step?: string;
  /** E.164, with the plus. */
  phoneNumber?: string;
  displayPhoneNumber?: string;
  /** Meta's id of the WhatsApp phone number: not the id it had in the pool. */
  phoneNumberId?: string;
  wabaId?: string;
  numberSource: NumberSource;
  reason?: ClaimReason;
  createdAt: string;
  registeredAt?: string;
  /** The day by which the number should be registered. */
  registerBy?: string;
}

/** The answer of `POST /sessions`. */
export interface SessionAnswer {
  /** See `wireVersion`. */
  version: number;
  /** The signed session, opaque to the page. It goes out again as `Authorization: Bearer …`. */
  session: string;
  /** Until when the popup may be opened with this session. ISO 8601, UTC. */
  expiresAt: string;
  launch: Launch;
  /** Empty when the pool has none to give; the launch then has no `preVerifiedPhone`. */
  numbers: HeldNumber[];
  /**
   * Claims of this customer that are not finished yet, the newest last; and the one that the session which came along has
   * brought, however it ended, so that a page that was reloaded meanwhile can say so.
   */
  claims: ClaimView[];
}

/** The answer of `POST /claims`, `GET /claims/:id`, `POST /claims/:id/code` and `POST /claims/:id/verification`. */
export interface ClaimAnswer {
  claim: ClaimView;
}

/** The body of an `application/problem+json` answer. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  /** A sentence that says what to do. */
  detail: string;
  /** Quote this to the operator: it stands in the server's log. */
  requestId: string;
  /** For a malformed request: where, and what is wrong there. */
  issues?: { path: string; message: string }[];
}
