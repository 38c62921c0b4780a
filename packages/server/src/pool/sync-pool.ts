import { countryOf } from '../domain/country-of.ts';
import { isOurs, numberState } from '../domain/number-lifecycle.ts';
import type { PoolNumber } from '../domain/pool-number.ts';
import type { Clock } from '../ports/clock.ts';
import type { Graph } from '../ports/graph.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../ports/store.ts';

/** What the mirror is made of. */
export interface SyncPoolDeps {
  graph: Pick<Graph, 'listPool'>;
  store: Pick<Store, 'mirrorPool' | 'noteCountries'>;
  clock: Clock;
  logger: Logger;
  /** Our own portfolio. */
  businessId: string;
}

/** How the pool stands after a sync. */
export interface SyncedPool {
  /** Numbers that Meta lists. */
  listed: number;
  /** Numbers that Meta listed before and lists no more. */
  gone: number;
  /** Listed numbers whose verification is over. */
  lapsed: number;
  /** Listed numbers that other businesses own and share with us. */
  shared: number;
}

/**
 * Mirrors the pool as Meta lists it, all pages. When a page fails nothing is written, so half a list never makes
 * the other half look gone.
 *
 * @throws GraphError, StoreUnavailableError
 */
export function syncPool({
  graph,
  store,
  clock,
  logger,
  businessId,
}: SyncPoolDeps): () => Promise<SyncedPool> {
  return async () => {
    // What is added or deleted while Meta answers is newer than its list.
    const asked = clock.now();
    const listed = await graph.listPool();
    // By id, because a list that changes while it is read can show a number on two pages.
    const numbers = new Map<string, PoolNumber>(
      listed.numbers.map((number) => [number.id, { ...number, country: countryOf(number.phoneNumber) }]),
    );
    // With an entry that cannot be read nobody knows what is gone.
    const complete = listed.unreadable === 0;
    if (!complete) logger.warn('the pool has entries that cannot be read', { entries: listed.unreadable });
    const { gone } = await store.mirrorPool({ numbers: [...numbers.values()], now: asked, complete });
    await store.noteCountries([...new Set(Array.from(numbers.values(), ({ country }) => country ?? ''))]);
    const synced = { listed: numbers.size, gone, lapsed: 0, shared: 0 };
    for (const number of numbers.values()) {
      if (isLapsed(number, clock.now())) synced.lapsed += 1;
      if (!isOurs(number, businessId)) synced.shared += 1;
    }
    logger.debug('pool synced', synced);
    return synced;
  };
}

function isLapsed(number: PoolNumber, now: number): boolean {
  const ours = { goneAt: undefined, claimId: undefined, heldBy: undefined, heldUntil: undefined };
  return numberState({ ...number, firstSeenAt: now, ...ours }, now) === 'lapsed';
}
