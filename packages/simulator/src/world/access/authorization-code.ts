/** What FB.login hands to the page: good for one exchange. */
export interface AuthorizationCode {
  readonly code: string;
  readonly businessId: string;
  /** ms, UTC. */
  readonly issuedAt: number;
  /** The page's fallback redirect, when the log-in named one. */
  readonly redirectUri: string | undefined;
  /** Whether it came by a redirect instead of a popup: the exchange must then repeat `redirectUri`. @default false */
  readonly byRedirect?: boolean | undefined;
  used: boolean;
}
