import { countryOf } from '../domain/country-of.ts';
import type { PoolNumber } from '../domain/pool-number.ts';
import type { Clock } from '../ports/clock.ts';
import type { Graph } from '../ports/graph.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../ports/store.ts';

/** What the mirror is made of. */
export interface SyncPoolDeps {
  graph: Graph;
  store: Store;
  clock: Clock;
  logger: Logger;
}

/** How the pool stands after a sync. */
export interface SyncedPool {
  /** Numbers that Meta lists. */
  listed: number;
  /** Numbers that Meta listed before and lists no more. */
  gone: number;
}

/**
 * Mirrors the pool as Meta lists it, all pages. When a page fails nothing is written, so half a list never makes
 * the other half look gone.
 *
 * @throws GraphError, StoreUnavailableError
 */
export function syncPool({ graph, store, clock, logger }: SyncPoolDeps): () => Promise<SyncedPool> {
  return async () => {
    const numbers: PoolNumber[] = [];
    for await (const number of graph.listPool()) {
      numbers.push({ ...number, country: countryOf(number.phoneNumber) });
    }
    const { gone } = await store.mirrorPool({ numbers, now: clock.now(), complete: true });
    logger.debug('pool synced', { listed: numbers.length, gone });
    return { listed: numbers.length, gone };
  };
}
