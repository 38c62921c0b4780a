import type { ClaimStatus, ProblemCode } from '@embedded-signup-kit/protocol';
import type { SdkFailure } from '../facebook/load-sdk.ts';

/** Codes that come from the page itself, not from the server or from loading the SDK. */
export type PageCode =
  | 'server_missing'
  | 'part_missing'
  | 'page_not_https'
  | 'server_unreachable'
  | 'server_answer_unreadable'
  | 'popup_blocked'
  | 'opener_cut'
  | 'login_failed'
  | 'meta_error';

/** Every `code` of a {@link SignupProblem} that this version knows. */
export type SignupErrorCode = PageCode | SdkFailure | ProblemCode | ClaimStatus;

/** What went wrong, for the page's own code and for whoever helps the customer. It never holds a secret. */
export interface SignupProblem {
  /** Stable; match on this. A claim's own reason and a newer server may bring codes that are not listed. */
  code: SignupErrorCode | (string & {});
  /** What the server or Meta says about it, in English; the customer reads a label instead. */
  message?: string | undefined;
  /** To be quoted when asking for help: the server's request id, Meta's error and session, or the claim's id. */
  reference?: string | undefined;
}
