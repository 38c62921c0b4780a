import type { Deps } from '../config/options.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import { createConsoleLogger } from './console-logger.ts';
import { systemClock, systemTimer } from './system-clock.ts';
import { systemRandom } from './system-random.ts';

/** The outside world, as the kit uses it. */
export interface SystemDeps {
  clock: Clock;
  timer: Timer;
  random: Random;
  logger: Logger;
  sleep: (ms: number) => Promise<void>;
  /** Calls back when the event loop has taken in what is waiting. */
  defer: (run: () => void) => void;
}

/** The host's own parts, and the machine's for the rest. */
export function withDefaults(deps: Deps = {}): SystemDeps {
  const clock = deps.clock ?? systemClock;
  const timer = deps.timer ?? systemTimer;
  return {
    clock,
    timer,
    random: deps.random ?? systemRandom,
    logger: deps.logger ?? createConsoleLogger((line) => void process.stderr.write(line), clock.now),
    // Unlike the timer it keeps the process alive: a start that waits for its database would end in silence.
    sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    defer: (run) => void setImmediate(run),
  };
}
