import { poolNumber } from '../../../src/testing/contract/contract-case.ts';
import type { PoolNumber } from '../../../src/domain/pool-number.ts';
import type { OpenSession } from '../../../src/ports/intake.ts';
import type { PoolRecord } from '../../../src/ports/records.ts';

/** What is known of one number from what customers were told. Times in milliseconds UTC. */
export interface Entry {
  number: PoolNumber;
  /** Who was given it last; empty for nobody. */
  holder: string | undefined;
  session: string | undefined;
  until: number;
  claimedBy: string | undefined;
  isGone: boolean;
  addedAt: number;
}

/**
 * A plain account of who was given which number until when, kept from answers alone. It throws where two could have one number
 * at a time.
 */
export class HoldingBook {
  readonly entries = new Map<string, Entry>();
  now: number;
  /** How many numbers were given, again or anew. */
  given = 0;
  /** How many customers were sent away without one, and with what wishes in this round. */
  sentAway = 0;
  private unfulfilled: OpenSession[] = [];
  claimed = 0;

  constructor(now: number) {
    this.now = now;
  }

  add(number: PoolNumber): void {
    this.entries.set(number.id, {
      number,
      holder: undefined,
      session: undefined,
      until: 0,
      claimedBy: undefined,
      isGone: false,
      addedAt: this.now,
    });
  }

  entry(id: string): Entry {
    const entry = this.entries.get(id);
    if (entry === undefined) throw new Error(`${id} is no number of the pool`);
    return entry;
  }

  isHeld = (entry: Entry): boolean => entry.holder !== undefined && entry.until > this.now;

  /** What a customer has in hand, and must be given again before anything else. */
  heldBy(wish: OpenSession): Entry[] {
    return [...this.entries.values()].filter(
      (entry) =>
        entry.holder === wish.customerId &&
        entry.until > this.now &&
        !entry.isGone &&
        entry.number.verificationStatus === 'VERIFIED' &&
        (entry.number.verificationExpiresAt ?? Infinity) > wish.verifiedUntil &&
        (wish.country === undefined || entry.number.country === wish.country),
    );
  }

  /** A customer was given these. */
  write(wish: OpenSession, ids: readonly string[]): void {
    if (ids.length > wish.wanted || new Set(ids).size !== ids.length)
      throw new Error(`${wish.customerId} wished for ${wish.wanted} and was given ${ids.join(', ')}`);
    const mine = this.heldBy(wish).map(({ number }) => number.id);
    const kept = mine.filter((id) => ids.includes(id));
    if (kept.length < Math.min(mine.length, wish.wanted))
      throw new Error(`${wish.customerId} holds ${mine.join(', ')} and was given ${ids.join(', ')}`);
    for (const id of ids) {
      const entry = this.entry(id);
      const { number, holder, claimedBy, isGone } = entry;
      if (claimedBy !== undefined)
        throw new Error(`${id} is ${claimedBy}'s, and ${wish.customerId} was given it`);
      if (isGone) throw new Error(`${id} has left the pool, and ${wish.customerId} was given it`);
      if (this.isHeld(entry) && holder !== wish.customerId)
        throw new Error(`${id} is held for ${holder}, and ${wish.customerId} was given it`);
      if ((number.verificationExpiresAt ?? Infinity) <= wish.verifiedUntil)
        throw new Error(`${id} lapses before ${wish.verifiedUntil}, and ${wish.customerId} was given it`);
      entry.until = holder === wish.customerId ? Math.max(entry.until, wish.launchUntil) : wish.launchUntil;
      entry.holder = wish.customerId;
      entry.session = wish.id;
    }
    this.given += ids.length;
    if (ids.length > 0) return;
    this.sentAway += 1;
    this.unfulfilled.push(wish);
  }

  /** How many were sent away since the last time, though a number was free all the time. */
  inVain(): number {
    const unfulfilled = this.unfulfilled;
    this.unfulfilled = [];
    const free = [...this.entries.values()].filter(
      (entry) =>
        !this.isHeld(entry) &&
        !entry.isGone &&
        entry.claimedBy === undefined &&
        entry.addedAt < this.now &&
        entry.number.verificationStatus === 'VERIFIED',
    );
    return unfulfilled.filter((wish) =>
      free.some(({ number }) => (number.verificationExpiresAt ?? Infinity) > wish.verifiedUntil),
    ).length;
  }

  cancel(sessionId: string, until: number): void {
    for (const entry of this.entries.values())
      if (entry.session === sessionId && this.isHeld(entry)) entry.until = Math.min(entry.until, until);
  }

  claim(id: string, customerId: string): void {
    Object.assign(this.entry(id), { claimedBy: customerId, holder: undefined, session: undefined, until: 0 });
    this.claimed += 1;
  }

  /** What the pool says otherwise than the account. */
  differences(pool: readonly PoolRecord[]): string[] {
    const said = (holder: string | undefined, until: number | undefined, owner: string | undefined) =>
      owner !== undefined
        ? `is ${owner}'s`
        : holder === undefined || (until ?? 0) <= this.now
          ? 'is free'
          : `is held for '${holder}' until ${until}`;
    const missing = [...this.entries.keys()].filter((id) => !pool.some((record) => record.id === id));
    return [
      ...missing.map((id) => `${id} is lost`),
      ...pool.flatMap((record) => {
        const { holder, until, claimedBy } = this.entry(record.id);
        const [inPool, inBook] = [
          said(record.heldBy, record.heldUntil, record.claimedBy),
          said(holder, until, claimedBy),
        ];
        return inPool === inBook ? [] : [`${record.id} ${inPool}; by what customers were told it ${inBook}`];
      }),
    ];
  }
}

const hour = 3_600_000;
const countries = ['US', 'DE', 'BR'] as const;

/** The n-th number of a pool of three countries; they lapse one after the other, and some never. */
export function numberOf(n: number, from: number): PoolNumber {
  return poolNumber(n, {
    country: countries[n % 3] ?? 'US',
    verificationExpiresAt: n % 11 === 10 ? undefined : from + (30 + (n % 50)) * hour,
  });
}
