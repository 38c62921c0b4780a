import { randomInt } from 'node:crypto';
import type { Timer } from '../ports/clock.ts';

/** What a Graph client takes from the machine when nobody gives it something else. */
export const graphDefaults = {
  now: (): number => Date.now(),
  /** Setting the machine's time does not move it. */
  monotonic: (): number => performance.now(),
  random: (): number => randomInt(2 ** 32) / 2 ** 32,
  /** Keeps the process alive: a program that awaits a call must not end in the middle of it. */
  wait: (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const end = () => {
        clearTimeout(handle);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const handle = setTimeout(end, ms);
      signal?.addEventListener('abort', end);
    }),
  /** Unlike the kit's other timers these keep the process alive, for the same reason. */
  timer: {
    after(ms, run) {
      const handle = setTimeout(run, ms);
      return { cancel: () => clearTimeout(handle) };
    },
  } satisfies Timer,
};
