import { durations } from '../domain/durations.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

/** What warning of a pool that runs out is made of. */
export interface WarnOfLowPoolDeps {
  store: Pick<Store, 'listCountries' | 'warnOfLowPool'>;
  clock: Clock;
  /** How many numbers there should be to offer: of each country of the pool, or by country. `undefined`: nobody asked. */
  low: number | Readonly<Record<string, number>> | undefined;
}

/**
 * Tells the host of countries that have fewer numbers to offer than it wants.
 *
 * @throws StoreUnavailableError
 */
export function warnOfLowPool({ store, clock, low }: WarnOfLowPoolDeps) {
  /** @param after `sync`: Meta’s list has just come, so that a pool without any number is one. */
  return async (after?: 'sync'): Promise<void> => {
    if (low === undefined) return;
    const countries = await store.listCountries();
    // Before the first list nobody knows what there is.
    if (countries.length === 0 && after === undefined) return;
    const levels =
      typeof low === 'number'
        ? countries.map((country) => ({ country, low }))
        : Object.entries(low).map(([country, wanted]) => ({ country, low: wanted }));
    if (levels.length === 0) return;
    const now = clock.now();
    // As long as a number must last to be given to a customer.
    const verifiedUntil = now + durations.launch + durations.verifiedBeyondSession;
    await store.warnOfLowPool({ now, verifiedUntil, levels });
  };
}
