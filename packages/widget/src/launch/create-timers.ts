import type { SignupDeps } from './signup-deps.ts';

/** Timers that all end together; afterwards none begins. */
export interface Timers {
  /** Runs later; a second call under the same name replaces the first. */
  set: (name: unknown, run: () => void, ms: number) => void;
  /** Resolves later, and never after {@link Timers.end}. */
  wait: (ms: number) => Promise<void>;
  end: () => void;
}

/** Keeps book of timers, so that none is left behind. */
export function createTimers({
  setTimeout,
  clearTimeout,
}: Pick<SignupDeps, 'setTimeout' | 'clearTimeout'>): Timers {
  const running = new Map<unknown, number>();
  let ended = false;
  const set: Timers['set'] = (name, run, ms) => {
    clearTimeout(running.get(name) ?? 0);
    if (!ended) running.set(name, setTimeout(run, ms));
  };
  return {
    set,
    wait: (ms) => new Promise((resolve) => set(resolve, resolve, ms)),
    end: () => {
      ended = true;
      running.forEach(clearTimeout);
    },
  };
}
