import type { ResolvedOptions } from '../config/resolve-options.ts';
import type { Cipher } from '../ports/cipher.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Graph } from '../ports/graph.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';

/** What every step of the registration is made of. */
export interface RegistrationDeps {
  graph: Graph;
  store: Store;
  cipher: Cipher;
  clock: Clock;
  timer: Timer;
  random: Random;
  logger: Logger;
  meta: Pick<ResolvedOptions['meta'], 'appId'>;
  /** What the host wants done beside the registration itself. */
  options: Pick<ResolvedOptions, 'creditLine' | 'webhookOverride' | 'identityCheck' | 'attachWhenNoNumber'>;
}
