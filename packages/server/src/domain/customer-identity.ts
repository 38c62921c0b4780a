import { wholeSeconds } from './read-event-time.ts';

/**
 * What Meta says about who a customer of a business number is (Meta, "Identity change check"). Times are Meta's, milliseconds
 * UTC, whole seconds.
 *
 * - `seen` — a message from or to them named this hash
 * - `mismatch` — a message that went with a hash was not delivered, because it is not theirs any more (137000)
 */
export type IdentityEvidence =
  | { kind: 'seen'; phoneNumberId: string; waId: string; hash: string; at: number; messageId: string }
  | { kind: 'mismatch'; phoneNumberId: string; waId: string; at: number; messageId: string };

/**
 * What is left of all evidence: the newest of each kind. So neither the order in which webhooks come nor how often makes a
 * difference. Times in milliseconds UTC.
 */
export interface CustomerIdentity {
  /** The newest hash that Meta named, with when and in which message. */
  seen: { hash: string; at: number; messageId: string } | undefined;
  /** When another hash than that was last seen. */
  otherAt: number | undefined;
  /** The newest message that was not delivered for its hash. */
  mismatch: { at: number; messageId: string } | undefined;
  /** Up to when the host has vouched for the customer: a message that was refused until then says nothing against them. */
  trustedAt: number | undefined;
  /**
   * The newest of all that was known when the host vouched: another hash until then says nothing against them. By Meta's clock
   * and not by ours: the difference would be a time in which a new hash is nobody's news.
   */
  settledAt: number | undefined;
}

/** Nothing is known of the customer. */
export const nobody: CustomerIdentity = {
  seen: undefined,
  otherAt: undefined,
  mismatch: undefined,
  trustedAt: undefined,
  settledAt: undefined,
};

/**
 * Who a customer is, as far as it is known.
 *
 * - `unknown` — no hash that is of any use: none was seen, or none since the last one was refused
 * - `known` — this is their hash
 * - `changed` — they are not known to be the same person any more, until the host vouches for them. `mismatch`: Meta did not
 *   deliver a message for its hash; `new_hash`: Meta named another hash than before, as it does when somebody has taken the
 *   number over and writes: to go on with that hash would be to trust whoever it is
 */
export type IdentityStanding =
  | { standing: 'unknown' }
  | { standing: 'known'; hash: string; seenAt: number }
  | { standing: 'changed'; how: 'mismatch' | 'new_hash'; changedAt: number; messageId: string };

/**
 * The identity with one more piece of evidence; the very same object when it is no news. The same evidence again, or in another
 * order, comes to the same.
 */
export function withEvidence(identity: CustomerIdentity, evidence: IdentityEvidence): CustomerIdentity {
  const { at, messageId } = evidence;
  const { seen, otherAt, mismatch } = identity;
  if (evidence.kind === 'mismatch') {
    const isNews = mismatch === undefined || isAfter([at, messageId], [mismatch.at, mismatch.messageId]);
    return isNews ? { ...identity, mismatch: { at, messageId } } : identity;
  }
  const { hash } = evidence;
  if (seen === undefined) return { ...identity, seen: { hash, at, messageId } };
  const isNewest = isAfter([at, hash, messageId], [seen.at, seen.hash, seen.messageId]);
  if (isNewest) {
    const before = hash === seen.hash ? otherAt : seen.at;
    return { ...identity, seen: { hash, at, messageId }, otherAt: before };
  }
  const isNews = hash !== seen.hash && (otherAt === undefined || at > otherAt);
  return isNews ? { ...identity, otherAt: at } : identity;
}

/**
 * The identity once the host has vouched for the customer: all that is known by then counts no more against them, whichever
 * clock it was told by. A hash that is of use is theirs from then on: it counts as seen a moment later once more, so that the
 * next other one is a change. Where there is none, the next one is theirs.
 *
 * @param now milliseconds UTC
 */
export function withTrust(identity: CustomerIdentity, now: number): CustomerIdentity {
  const { seen, otherAt, mismatch, trustedAt } = identity;
  const seenAt = seen === undefined ? undefined : wholeSeconds(seen.at);
  const known = [seenAt, otherAt, mismatch?.at].filter((at) => at !== undefined);
  return {
    ...identity,
    // Meta counts in seconds, so nothing that it says falls between the two.
    seen: seen !== undefined && isOfUse(seen, mismatch) ? { ...seen, at: wholeSeconds(seen.at) + 1 } : seen,
    trustedAt: Math.max(now, trustedAt ?? now, ...known),
    settledAt: known.length === 0 ? undefined : Math.max(...known),
  };
}

/**
 * How far Meta's clock may be behind ours, milliseconds. What is sent at the moment of the vouching is refused by Meta's whole
 * seconds, and must be news; what was refused long before, and is heard of late, must not.
 */
const clocksApart = 10_000;

/** What the identity comes to. */
export function identityStanding({
  seen,
  otherAt,
  mismatch,
  trustedAt = -1,
  settledAt = -1,
}: CustomerIdentity): IdentityStanding {
  if (mismatch !== undefined && mismatch.at > Math.max(settledAt, trustedAt - clocksApart)) {
    return { standing: 'changed', how: 'mismatch', changedAt: mismatch.at, messageId: mismatch.messageId };
  }
  if (seen !== undefined && otherAt !== undefined && otherAt > settledAt) {
    return {
      standing: 'changed',
      how: 'new_hash',
      changedAt: wholeSeconds(seen.at),
      messageId: seen.messageId,
    };
  }
  return seen !== undefined && isOfUse(seen, mismatch)
    ? { standing: 'known', hash: seen.hash, seenAt: wholeSeconds(seen.at) }
    : { standing: 'unknown' };
}

/** A hash that was seen before one was refused may be the one that was refused. */
const isOfUse = (seen: { at: number }, mismatch: { at: number } | undefined): boolean =>
  seen.at > (mismatch?.at ?? -1);

/** Whether the first is after the second, member by member. */
function isAfter(first: readonly (number | string)[], second: readonly (number | string)[]): boolean {
  for (const [index, member] of first.entries()) {
    const other = second[index];
    if (other === undefined || member === other) continue;
    return member > other;
  }
  return false;
}
