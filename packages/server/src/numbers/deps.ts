import type { Cipher } from '../ports/cipher.ts';
import type { Clock } from '../ports/clock.ts';
import type { Graph } from '../ports/graph.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';

/** What the verbs about numbers in service are made of. */
export interface NumbersDeps {
  graph: Graph;
  store: Store;
  cipher: Cipher;
  clock: Clock;
  random: Random;
  /** Takes a claim up now. */
  wake: (claimId: string) => void;
}
