import type { PoolNumber } from '../domain/pool-number.ts';
import type { Claim, ClaimedAssets } from './records.ts';

/** What `openSession` is told. Times in milliseconds UTC. */
export interface OpenSession {
  id: string;
  customerId: string;
  country: string | undefined;
  /** How many numbers to set aside. */
  wanted: number;
  now: number;
  launchUntil: number;
  claimUntil: number;
  /** Only numbers that stay verified until then are given. */
  verifiedUntil: number;
}

/** What `openSession` answers. */
export interface OpenedSession {
  numbers: Pick<PoolNumber, 'id' | 'phoneNumber' | 'displayPhoneNumber'>[];
  openClaims: Claim[];
}

/** An event of the session log that is no finish. */
export interface SessionEventRecord {
  id: string;
  sessionId: string;
  at: number;
  event: string;
  step: string | undefined;
  errorCode: string | undefined;
  errorMessage: string | undefined;
  metaSessionId: string | undefined;
  /** For a CANCEL: until when the session's numbers stay held. */
  holdUntil: number | undefined;
}

/** The event, or the code, or both, of one launch. */
export interface IncomingClaim {
  /** The id that the claim gets if it is new. */
  id: string;
  workId: string;
  sessionId: string;
  customerId: string;
  now: number;
  event: string | undefined;
  eventData: ClaimedAssets;
  /** Sealed for `claims.code/<sessionId>`. */
  sealedCode: string | undefined;
  /** Tells one code from another without keeping it. */
  codeMark: string | undefined;
  redirectUri: string | undefined;
  /** When to look at the claim first: at once with a code, later without. */
  runAt: number;
}

/** What became of an {@link IncomingClaim}. */
export interface RecordedClaim {
  claim: Claim;
  /** `repeated`: it said nothing new, and nothing was written. */
  outcome: 'created' | 'joined' | 'repeated';
}
