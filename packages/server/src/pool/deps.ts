import type { Clock } from '../ports/clock.ts';
import type { Graph } from '../ports/graph.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../ports/store.ts';

/** What the verbs of the pool are made of. */
export interface PoolDeps {
  graph: Graph;
  store: Store;
  clock: Clock;
  logger: Logger;
  /** Our own business portfolio. Digits. */
  businessId: string;
  /** Waits for so many milliseconds. */
  sleep: (ms: number) => Promise<void>;
}
