/** What a signup session says, once its signature is good. Times in milliseconds UTC. */
export interface SessionClaims {
  /** The session's id: the claim of this session is kept under it. */
  id: string;
  customerId: string;
  /** When it was first opened; renewing does not change it. */
  openedAt: number;
  /** Until when the popup may be opened. */
  launchUntil: number;
  /** Until when the claim may be delivered. */
  claimUntil: number;
}

/** Signs signup sessions and believes none but its own. */
export interface SessionTokens {
  sign(session: SessionClaims): Promise<string>;
  /** @throws SessionTokenError */
  verify(token: string): Promise<SessionClaims>;
}

/** A text that is no session of ours, or one that is over. */
export class SessionTokenError extends Error {
  override readonly name = 'SessionTokenError';
  readonly code: 'session_invalid' | 'session_expired';

  constructor(code: 'session_invalid' | 'session_expired', options?: { cause?: unknown }) {
    super(
      code === 'session_expired'
        ? 'The signup session is over. Reload the page to begin a new one.'
        : 'The signup session was not made by this server, or was altered.',
      options,
    );
    this.code = code;
  }
}
