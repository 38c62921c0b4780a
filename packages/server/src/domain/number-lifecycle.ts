import { day } from './durations.ts';
import { isOfferable, type PoolNumber } from './pool-number.ts';

/** The times of Meta's guide to pre-verified numbers, in milliseconds. */
export const numberTimes = {
  /** How long a verification lasts, where Meta does not say when it ends. Nothing lapses by it alone. */
  verification: 90 * day,
  /** A verified number can be verified anew in the last so many days only, and after them. */
  renewal: 45 * day,
  /** A number that is not verified for so long leaves the pool. */
  unverified: 90 * day,
  /** When the host is told of that. */
  unverifiedWarning: 75 * day,
} as const;

/** Days before the end of a verification at which the host is told. */
export const expiryStages = [45, 14, 3, 0] as const;

/** One of {@link expiryStages}. */
export type ExpiryStage = (typeof expiryStages)[number];

/** What a number's life depends on. Times in milliseconds UTC. */
export interface NumberFacts extends Pick<
  PoolNumber,
  'verificationStatus' | 'verifiedAt' | 'verificationExpiresAt' | 'ownerBusinessId'
> {
  /** When the kit saw it first: Meta says of no number when it was added. */
  firstSeenAt: number;
  goneAt: number | undefined;
  claimId: string | undefined;
  heldBy: string | undefined;
  heldUntil: number | undefined;
}

/** All words for where a number stands. */
export const numberStates = ['unverified', 'free', 'held', 'claimed', 'lapsed', 'gone'] as const;

/**
 * Where a number stands, in one word: `unverified` — no code was handed in yet; `free` — it can be offered; `held` — for a
 * customer, or for nobody while it is being deleted or may be on an account; `claimed`; `lapsed` — its verification is over; `gone` — Meta lists it no
 * more.
 */
export type NumberState = (typeof numberStates)[number];

/** Where a number stands at a moment. */
export function numberState(facts: NumberFacts, now: number): NumberState {
  if (facts.claimId !== undefined) return 'claimed';
  if (facts.goneAt !== undefined) return 'gone';
  if (!isOfferable(facts, now)) return wasVerified(facts) ? 'lapsed' : 'unverified';
  return heldUntil(facts, now) === undefined ? 'free' : 'held';
}

/** Until when a number is set aside, whatever its verification; `undefined`: it is not. */
export function heldUntil(facts: Pick<NumberFacts, 'heldBy' | 'heldUntil'>, now: number): number | undefined {
  return facts.heldBy !== undefined && (facts.heldUntil ?? 0) > now ? facts.heldUntil : undefined;
}

/**
 * When the verification ends, as Meta says it; where Meta says only that it is over, 90 days after it was made. Where Meta says
 * VERIFIED and names no end nobody knows: by a count of ours nothing lapses, and nobody is warned.
 */
export function expiryOf(
  facts: Pick<NumberFacts, 'verificationStatus' | 'verifiedAt' | 'verificationExpiresAt'>,
): number | undefined {
  if (facts.verificationExpiresAt !== undefined) return facts.verificationExpiresAt;
  return facts.verificationStatus === 'VERIFIED' ? undefined : countedEnd(facts);
}

/**
 * From when on a number that is verified can be verified anew: 45 days before the end, which is counted where Meta names none.
 * `undefined`: nobody knows, because Meta names no time at all. A number that is not verified can be verified at any time.
 */
export function renewableFrom(
  facts: Pick<NumberFacts, 'verificationStatus' | 'verifiedAt' | 'verificationExpiresAt'>,
): number | undefined {
  const end = facts.verificationExpiresAt ?? countedEnd(facts);
  return end === undefined ? undefined : end - numberTimes.renewal;
}

const countedEnd = ({ verifiedAt }: Pick<NumberFacts, 'verifiedAt'>): number | undefined =>
  verifiedAt === undefined ? undefined : verifiedAt + numberTimes.verification;

/**
 * Why no code can be asked for: `verified` — not before `from`, which is `undefined` where Meta names no time; `not_ours` —
 * Meta lets only the owner do it.
 */
export type NoCode =
  | { why: 'claimed' }
  | { why: 'gone' }
  | { why: 'not_ours'; ownerBusinessId: string }
  | { why: 'verified'; from: number | undefined };

/**
 * Why Meta would refuse to send a code to the number now; `undefined` when it would not.
 *
 * @param businessId the portfolio that asks
 */
export function whyNoCode(facts: NumberFacts, now: number, businessId: string): NoCode | undefined {
  if (facts.claimId !== undefined) return { why: 'claimed' };
  if (facts.goneAt !== undefined) return { why: 'gone' };
  const { ownerBusinessId } = facts;
  if (ownerBusinessId !== undefined && !isOurs(facts, businessId))
    return { why: 'not_ours', ownerBusinessId };
  if (!isOfferable(facts, now)) return undefined;
  const from = renewableFrom(facts);
  return from === undefined || now < from ? { why: 'verified', from } : undefined;
}

/** Whether the portfolio owns the number. Where Meta does not say, it does: what others share comes with their name. */
export function isOurs(
  { ownerBusinessId }: Pick<NumberFacts, 'ownerBusinessId'>,
  businessId: string,
): boolean {
  return ownerBusinessId === undefined || ownerBusinessId === businessId;
}

function wasVerified({ verificationStatus, verifiedAt, verificationExpiresAt }: NumberFacts): boolean {
  return (
    verificationStatus === 'VERIFIED' ||
    verificationStatus === 'EXPIRED' ||
    verifiedAt !== undefined ||
    verificationExpiresAt !== undefined
  );
}
