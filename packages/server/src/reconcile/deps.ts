import type { ResolvedOptions } from '../config/resolve-options.ts';
import type { Cipher } from '../ports/cipher.ts';
import type { Clock } from '../ports/clock.ts';
import type { Graph } from '../ports/graph.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';

/** What recovering claims is made of. */
export interface ReconcileDeps {
  graph: Pick<Graph, 'inspectToken' | 'listAccountNumbers' | 'recoverToken' | 'listClientAccounts'>;
  store: Store;
  cipher: Cipher;
  clock: Clock;
  random: Random;
  logger: Logger;
  meta: Pick<ResolvedOptions['meta'], 'appId'>;
  options: Pick<ResolvedOptions, 'recovery'>;
}
