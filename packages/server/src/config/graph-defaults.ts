import { randomInt } from 'node:crypto';
import type { Timer } from '../ports/clock.ts';

/** What a Graph client takes from the machine when nobody gives it something else. */
export const graphDefaults = {
  now: (): number => Date.now(),
  random: (): number => randomInt(2 ** 32) / 2 ** 32,
  /** Keeps the process alive: a program that awaits a call must not end in the middle of it. */
  wait: (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms)),
  timer: {
    after(ms, run) {
      const handle = setTimeout(run, ms);
      return { cancel: () => clearTimeout(handle) };
    },
  } satisfies Timer,
};
