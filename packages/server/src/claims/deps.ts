import type { Cipher } from '../ports/cipher.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';

/** What the verbs of operators and of the host's code are made of. */
export interface ClaimsDeps {
  store: Store;
  clock: Clock;
  random: Random;
  cipher: Cipher;
  /** Has the worker look at a claim now. Does not wait for it. */
  wake: (claimId: string) => void;
}
