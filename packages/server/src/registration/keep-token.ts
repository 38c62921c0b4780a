import type { Store } from '../ports/store.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import type { RegistrationDeps } from './deps.ts';

/** Together about as long as a lease: whoever takes the claim over then finds a code that was used. Milliseconds. */
const pause = 500;
const tries = 30;

/**
 * Keeps a token that was just given for a code, and does not give up while the database takes no writes for a moment: the
 * code works once, so this token cannot be had again.
 *
 * @returns `false`: fenced off
 * @throws StoreUnavailableError when that goes on for too long
 */
export function keepToken({ store, timer }: Pick<RegistrationDeps, 'store' | 'timer'>): Store['keepToken'] {
  return async (token) => {
    for (let left = tries; ; left -= 1) {
      try {
        return await store.keepToken(token);
      } catch (error) {
        if (!(error instanceof StoreUnavailableError) || left === 0) throw error;
        await new Promise<void>((resolve) => void timer.after(pause, resolve));
      }
    }
  };
}
