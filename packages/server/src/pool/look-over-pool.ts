import { day } from '../domain/durations.ts';
import { expiryOf, numberState, type NumberState } from '../domain/number-lifecycle.ts';
import { droppedAt } from '../domain/number-warnings.ts';
import type { PoolRecord } from '../ports/records.ts';
import type { PoolDeps } from './deps.ts';

/** A number that needs a hand, and until when. Milliseconds UTC. */
export interface NumberInNeed {
  id: string;
  phoneNumber: string;
  displayPhoneNumber: string;
  at: number;
}

/** Numbers that need a hand: how many, and the most urgent ones. */
export interface NumbersInNeed {
  count: number;
  first: NumberInNeed[];
}

/** What an operator wants to see at a glance. */
export interface PoolAtAGlance {
  counts: Record<NumberState, number>;
  /** When the first verification ends, milliseconds UTC; `undefined`: none does. */
  nextExpiryAt: number | undefined;
  /** Verifications that end within 14 days. */
  lapsing: NumbersInNeed;
  /** Numbers that Meta drops within 15 days, because nobody verified them. */
  dropping: NumbersInNeed;
}

/** What looking over is made of. */
export interface LookOverDeps extends Pick<PoolDeps, 'clock' | 'sleep'> {
  store: Pick<PoolDeps['store'], 'listPool'>;
}

/** From when on a number is shown, milliseconds before the time. */
const shown = { lapsing: 14 * day, dropping: 15 * day } as const;

/** Of each kind. */
const mostShown = 20;

/** Rows that are looked at before others have their turn. */
const slice = 500;

/**
 * Looks over the whole pool, slice by slice: it may be large, and nothing waits for it. Who asks while a look is under way gets
 * its answer.
 *
 * @throws StoreUnavailableError
 */
export function lookOverPool({ store, clock, sleep }: LookOverDeps): () => Promise<PoolAtAGlance> {
  const look = async (): Promise<PoolAtAGlance> => {
    const now = clock.now();
    const seen: PoolAtAGlance = {
      counts: { unverified: 0, free: 0, held: 0, claimed: 0, lapsed: 0, gone: 0 },
      nextExpiryAt: undefined,
      lapsing: { count: 0, first: [] },
      dropping: { count: 0, first: [] },
    };
    let cursor: string | undefined;
    do {
      const page = await store.listPool({ sort: 'id', limit: slice, cursor });
      for (const record of page.items) lookAt(seen, record, now);
      cursor = page.nextCursor;
      // SQLite answers at once: without a rest nothing else would have its turn.
      if (cursor !== undefined) await sleep(0);
    } while (cursor !== undefined);
    return seen;
  };
  let underWay: Promise<PoolAtAGlance> | undefined;
  return () => (underWay ??= look().finally(() => (underWay = undefined)));
}

function lookAt(seen: PoolAtAGlance, record: PoolRecord, now: number): void {
  const state = numberState(record, now);
  seen.counts[state] += 1;
  const expiry = state === 'free' || state === 'held' ? expiryOf(record) : undefined;
  if (expiry !== undefined) {
    seen.nextExpiryAt = Math.min(seen.nextExpiryAt ?? expiry, expiry);
    if (expiry <= now + shown.lapsing) note(seen.lapsing, record, expiry);
  }
  const dropped = droppedAt(record, now);
  if (dropped !== undefined && dropped <= now + shown.dropping) note(seen.dropping, record, dropped);
}

function note(numbers: NumbersInNeed, { id, phoneNumber, displayPhoneNumber }: PoolRecord, at: number): void {
  numbers.count += 1;
  const last = numbers.first.at(-1);
  if (numbers.first.length === mostShown && last !== undefined && last.at <= at) return;
  numbers.first.push({ id, phoneNumber, displayPhoneNumber, at });
  numbers.first.sort((one, other) => one.at - other.at);
  numbers.first.splice(mostShown);
}
