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
  /** Up to when the host has vouched for the customer: what came until then says nothing against them. */
  trustedAt: number | undefined;
}

/** Nothing is known of the customer. */
export const nobody: CustomerIdentity = {
  seen: undefined,
  otherAt: undefined,
  mismatch: undefined,
  trustedAt: undefined,
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

/** The identity with one more piece of evidence. The same evidence again, or in another order, comes to the same. */
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
  return hash === seen.hash ? identity : { ...identity, otherAt: latest(otherAt, at) };
}

/**
 * The identity once the host has vouched for the customer: all that is known by then counts no more against them, whichever
 * clock it was told by.
 *
 * @param now milliseconds UTC
 */
export function withTrust(identity: CustomerIdentity, now: number): CustomerIdentity {
  const { seen, otherAt, mismatch, trustedAt } = identity;
  const known = [seen?.at, otherAt, mismatch?.at, trustedAt].filter((at) => at !== undefined);
  return { ...identity, trustedAt: Math.max(now, ...known) };
}

/** What the identity comes to. */
export function identityStanding({
  seen,
  otherAt,
  mismatch,
  trustedAt = -1,
}: CustomerIdentity): IdentityStanding {
  if (mismatch !== undefined && mismatch.at > trustedAt) {
    return { standing: 'changed', how: 'mismatch', changedAt: mismatch.at, messageId: mismatch.messageId };
  }
  if (seen !== undefined && otherAt !== undefined && otherAt > trustedAt) {
    return { standing: 'changed', how: 'new_hash', changedAt: seen.at, messageId: seen.messageId };
  }
  // A hash that was seen before one was refused may be the one that was refused.
  const isOfUse = seen !== undefined && seen.at > (mismatch?.at ?? -1);
  return isOfUse ? { standing: 'known', hash: seen.hash, seenAt: seen.at } : { standing: 'unknown' };
}

const latest = (before: number | undefined, at: number): number => Math.max(before ?? at, at);

/** Whether the first is after the second, member by member. */
function isAfter(first: readonly (number | string)[], second: readonly (number | string)[]): boolean {
  for (const [index, member] of first.entries()) {
    const other = second[index];
    if (other === undefined || member === other) continue;
    return member > other;
  }
  return false;
}
