import type { ClaimStatus, ProblemCode } from '@embedded-signup-kit/protocol';
import type { SdkFailure } from '../facebook/load-sdk.ts';

/** Codes that come from the page itself, not from the server or from loading the SDK. */
export type PageCode =
  /**
   * There is no `server` attribute. This one is shown, without an event.
   * @helps Set it.
   */
  | 'server_missing'
  /**
   * A file of the element is not where the others are.
   * @helps Serve the whole folder `dist/cdn`, not one file of it.
   */
  | 'part_missing'
  /**
   * The page came by http. Meta's window opens for https alone.
   * @helps Serve the page by https; on this machine `localhost` will do.
   */
  | 'page_not_https'
  /**
   * There was no answer from the signup server.
   * @helps A press tries again; a finish that could not be handed in is sent again.
   */
  | 'server_unreachable'
  /**
   * Something else than the signup server answered.
   * @helps Check the path in `server`, and what stands before the server.
   */
  | 'server_answer_unreadable'
  /**
   * Your site does not know who this is.
   * @helps Sign in; it recovers when the customer comes back to the element.
   */
  | 'unauthenticated'
  /**
   * The browser did not open Meta's window.
   * @helps Allow pop-ups for the page, then press again.
   */
  | 'popup_blocked'
  /**
   * `FB.login` threw an exception.
   * @helps Look at the browser's console.
   */
  | 'login_failed'
  /**
   * The page's Cross-Origin-Opener-Policy cuts Meta's window off.
   * @helps Send `same-origin-allow-popups` for this page, or nothing.
   */
  | 'opener_cut'
  /**
   * Meta reported an error; `reference` holds Meta's code and session.
   * @helps Quote them to Meta's support.
   */
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
