/** Why a token ended before its time, or (`expired`) at its time. */
export type TokenEnd = 'expired' | 'app_removed' | 'password_changed' | 'logged_out';

/** A Business Integration System User token: what an authorization code is exchanged for. */
export interface BusinessToken {
  readonly token: string;
  /** The customer's business; the token sees this business's accounts. */
  readonly businessId: string;
  /** Id of the system user it acts as. */
  readonly userId: string;
  /** ms, UTC. */
  readonly issuedAt: number;
  /** ms, UTC; undefined for tokens that never expire. */
  readonly expiresAt: number | undefined;
  /** Why it is no longer good, once it was ended. */
  endedBy?: TokenEnd | undefined;
}

/** Why a token is not good at `now` (ms, UTC), or undefined while it is. */
export function tokenEndOf({ endedBy, expiresAt }: BusinessToken, now: number): TokenEnd | undefined {
  if (endedBy !== undefined) return endedBy;
  return expiresAt !== undefined && now >= expiresAt ? 'expired' : undefined;
}
