import type { IdentityStanding } from '../../../src/domain/customer-identity.ts';
import type { Chance } from '../../support/chance.ts';

/** What happens to a customer of a business number, one after the other. Times in milliseconds UTC. */
export type Happening = { phoneNumberId: string; waId: string } & (
  | { what: 'seen'; hash: string; at: number; messageId: string }
  | { what: 'refused'; at: number; messageId: string }
  | { what: 'vouched'; at: number }
);

/** Who a customer is, and how often the host heard that it is somebody else. */
export interface PlainCustomer {
  phoneNumberId: string;
  waId: string;
  standing: IdentityStanding;
  told: number;
}

/**
 * Who everybody is, by the plainest rules there are: all that was heard of a customer is kept, and with each thing that is heard
 * looked through from the start.
 */
export function plainIdentities(all: readonly Happening[]): PlainCustomer[] {
  const heard = new Map<string, Happening[]>();
  const customers = new Map<string, PlainCustomer>();
  for (const happening of all) {
    const { phoneNumberId, waId } = happening;
    const name = `${phoneNumberId}/${waId}`;
    const theirs = [...(heard.get(name) ?? []), happening];
    heard.set(name, theirs);
    const before = customers.get(name);
    const standing = standingAfter(theirs);
    const isChange = standing.standing === 'changed' && before?.standing.standing !== 'changed';
    customers.set(name, { phoneNumberId, waId, standing, told: (before?.told ?? 0) + (isChange ? 1 : 0) });
  }
  return [...customers.values()];
}

interface Sighting {
  hash: string;
  at: number;
  messageId: string;
}

/**
 * A customer is who was seen last; but not when a message was refused, or another hash was seen, since somebody vouched for them:
 * later than all that was known then. Who vouches sees the customer once more, between two of Meta's seconds and after all that
 * was refused, if their hash was not refused, or was another one than they had vouched for.
 */
function standingAfter(heard: readonly Happening[]): IdentityStanding {
  const sightings: Sighting[] = [];
  const refusals: { at: number; messageId: string }[] = [];
  let vouchedUntil = -1;
  const isGood = ({ at }: Sighting) => refusals.every((refusal) => refusal.at < at);
  const isNew = ({ hash }: Sighting) =>
    sightings.some((other) => other.hash !== hash && other.at > vouchedUntil);
  for (const happening of heard) {
    if (happening.what === 'seen') sightings.push(happening);
    else if (happening.what === 'refused') refusals.push(happening);
    else {
      const last = newest(sightings);
      const isTheirs = last !== undefined && (isGood(last) || isNew(last));
      vouchedUntil = Math.max(-1, ...[...sightings, ...refusals].map(({ at }) => inSeconds(at)));
      if (isTheirs) {
        const refusedAt = Math.max(-1, ...refusals.map(({ at }) => at));
        sightings.push({ ...last, at: Math.max(inSeconds(last.at), refusedAt) + 500 });
      }
    }
  }
  const refusal = refusals.toSorted((a, b) => a.at - b.at || (a.messageId < b.messageId ? -1 : 1)).at(-1);
  if (refusal !== undefined && refusal.at > vouchedUntil) {
    return { standing: 'changed', how: 'mismatch', changedAt: refusal.at, messageId: refusal.messageId };
  }
  const last = newest(sightings);
  if (last === undefined) return { standing: 'unknown' };
  const { hash, messageId } = last;
  const at = inSeconds(last.at);
  if (isNew(last)) {
    return { standing: 'changed', how: 'new_hash', changedAt: at, messageId };
  }
  return isGood(last) ? { standing: 'known', hash, seenAt: at } : { standing: 'unknown' };
}

/** The later one; of one second, the one whose hash and then whose message comes later in the alphabet. */
const newest = (sightings: readonly Sighting[]): Sighting | undefined =>
  sightings
    .toSorted((a, b) => a.at - b.at || compare(a.hash, b.hash) || compare(a.messageId, b.messageId))
    .at(-1);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const inSeconds = (at: number): number => Math.floor(at / 1000) * 1000;

/**
 * So much that happens to a few customers of a few numbers, in an order that no time explains, and part of it again and again.
 *
 * @param since milliseconds UTC
 */
export function happenings(chance: Chance, count: number, since: number): Happening[] {
  const customers = 5 + Math.floor(count / 60);
  const all: Happening[] = [];
  while (all.length < count) {
    const n = chance.below(customers);
    const whose = {
      phoneNumberId: String(7_000 + (n % 7)),
      waId: String(4_915_100_000_000 + Math.floor(n / 3)),
    };
    const past = all.at(-1 - chance.below(Math.min(all.length, 500) || 1));
    if (past !== undefined && past.what !== 'vouched' && chance.below(3) === 0) {
      all.push(past);
      continue;
    }
    const minutes = chance.below(30);
    // Meta counts in seconds; a few of them, so that many things fall into one.
    const at = since + minutes * 60_000;
    const messageId = `wamid.${chance.below(1_000)}`;
    const kind = chance.below(20);
    if (kind === 0) all.push({ what: 'vouched', ...whose, at: at + chance.below(60_000) });
    else if (kind <= 2) all.push({ what: 'refused', ...whose, at, messageId });
    // A hash goes with its time, but for some: not all that happens is a change.
    else
      all.push({
        what: 'seen',
        ...whose,
        at,
        messageId,
        hash: `hash-${chance.of([0, Math.floor(minutes / 12)])}`,
      });
  }
  // Refused twice, so that whatever was theirs is so no more: otherwise some seeds leave nobody without a hash.
  for (const { phoneNumberId, waId } of all.slice(0, 3)) {
    for (const minutes of [31, 32]) {
      const at = since + minutes * 60_000;
      all.push({ what: 'refused', phoneNumberId, waId, at, messageId: 'wamid.last' });
      all.push({ what: 'vouched', phoneNumberId, waId, at });
    }
  }
  return all;
}
