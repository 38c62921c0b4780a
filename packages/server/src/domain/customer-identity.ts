import { second } from './durations.ts';
import { wholeSeconds } from './read-event-time.ts';

/**
 * What Meta says about who a customer of a business number is (Meta, "Identity change check"). Times are Meta's, milliseconds
 * UTC, whole seconds.
 *
 * - `seen` — a message from or to them named this hash
 * - `mismatch` — a message that went with a hash was not delivered, because it is not theirs any more (137000). `undated`: Meta
 *   named no time that can be used, and `at` is when it was heard, by our clock
 */
export type IdentityEvidence =
  | { kind: 'seen'; phoneNumberId: string; waId: string; hash: string; at: number; messageId: string }
  | {
      kind: 'mismatch';
      phoneNumberId: string;
      waId: string;
      at: number;
      messageId: string;
      undated?: true | undefined;
    };

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
  /** When the host vouched for the customer last, by our clock: for the record, it decides nothing. */
  trustedAt: number | undefined;
  /**
   * The newest of all that was known when the host vouched: another hash, or a refused message, until then says nothing against
   * them. By Meta's clock and not by ours: the difference would be a time in which a change is nobody's news.
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
 * order, comes to the same. Only what has no date depends on when it is heard: it counts as just after the newest that is known.
 */
export function withEvidence(identity: CustomerIdentity, evidence: IdentityEvidence): CustomerIdentity {
  const { messageId } = evidence;
  const { seen, otherAt, mismatch } = identity;
  if (evidence.kind === 'mismatch') {
    // Meta repeats its webhooks: the same message is not refused twice.
    if (evidence.undated === true && mismatch?.messageId === messageId) return identity;
    const newest = evidence.undated === true ? newestOf(identity) : undefined;
    const at = newest === undefined ? evidence.at : newest + second;
    const isNews = mismatch === undefined || isAfter([at, messageId], [mismatch.at, mismatch.messageId]);
    return isNews ? { ...identity, mismatch: { at, messageId } } : identity;
  }
  const { hash, at } = evidence;
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
 * The identity once the host has vouched for the customer: all that is known by then counts no more against them. A hash that is
 * new, or of use, is theirs from then on: it counts as seen a moment later once more, so that the next other one is a change.
 * Where there is none, the next one is theirs.
 *
 * @param now milliseconds UTC
 */
export function withTrust(identity: CustomerIdentity, now: number): CustomerIdentity {
  const { seen, mismatch } = identity;
  const isTheirs = seen !== undefined && (isOfUse(seen, mismatch) || isNewHash(identity));
  return {
    ...identity,
    // Meta counts in seconds, so nothing that it says falls between the two.
    seen: isTheirs ? { ...seen, at: Math.max(wholeSeconds(seen.at), mismatch?.at ?? 0) + 1 } : seen,
    trustedAt: now,
    settledAt: newestOf(identity),
  };
}

/** The newest time of all that is known, in whole seconds; `undefined`: nothing is known. */
function newestOf({ seen, otherAt, mismatch }: CustomerIdentity): number | undefined {
  const known = [seen?.at, otherAt, mismatch?.at].filter((at) => at !== undefined).map(wholeSeconds);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** What the identity comes to. */
export function identityStanding(identity: CustomerIdentity): IdentityStanding {
  const { seen, mismatch, settledAt = -1 } = identity;
  if (mismatch !== undefined && mismatch.at > settledAt) {
    return { standing: 'changed', how: 'mismatch', changedAt: mismatch.at, messageId: mismatch.messageId };
  }
  if (seen !== undefined && isNewHash(identity)) {
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

/**
 * Whether the newest hash is another one than when the host vouched last. Nothing was sent with it since it is known to be new, so
 * what was refused meanwhile went with the one before. Should it have gone with this one after all, Meta refuses it once more.
 */
const isNewHash = ({ otherAt, settledAt = -1 }: CustomerIdentity): boolean =>
  otherAt !== undefined && otherAt > settledAt;

/** Whether one is after another, member by member. */
function isAfter(one: readonly (number | string)[], than: readonly (number | string)[]): boolean {
  for (const [index, member] of one.entries()) {
    const other = than[index];
    if (other === undefined || member === other) continue;
    return member > other;
  }
  return false;
}
