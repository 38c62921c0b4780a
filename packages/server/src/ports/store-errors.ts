/**
 * The database cannot do it now: locked, full, gone, or going away. Nothing is promised to be written; try again later. What
 * was asked may still turn out written, whole, when the process dies at this moment: a repeat finds it then.
 */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
  readonly code = 'store_unavailable';
}

/** The database was written by a newer version of the kit. Nothing was touched. */
export class SchemaTooNewError extends Error {
  override readonly name = 'SchemaTooNewError';
  readonly code = 'schema_too_new';
}

/** This customer has opened too many claims lately. Nothing was written. */
export class TooManyClaimsError extends Error {
  override readonly name = 'TooManyClaimsError';
  readonly code = 'too_many_claims';
  /** From then on one more may come. Milliseconds UTC. */
  readonly retryAt: number;

  constructor(retryAt: number) {
    super('This customer has opened too many claims lately. Look why their sign-ups do not succeed.');
    this.retryAt = retryAt;
  }
}

/** The session has brought its claim already, and this is the code of another sign-up. Nothing was written. */
export class SessionUsedError extends Error {
  override readonly name = 'SessionUsedError';
  readonly code = 'session_used';

  constructor() {
    super('This session has brought its claim already. Open a new session for another sign-up.');
  }
}
