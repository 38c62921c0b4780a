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
}
