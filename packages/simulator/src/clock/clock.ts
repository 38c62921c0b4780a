import { addDuration } from './add-duration.ts';

/** The simulator's own time: the clock it was given, moved by what tests ask for. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Makes `now()` answer `time` (ms, UTC) at this moment; it runs on from there if the clock below it runs. */
  set(time: number): void;
  /** Moves on by an ISO 8601 duration such as `P46D` or `PT31S`. Throws RangeError when it is not one. */
  advance(duration: string): void;
  /** Back to the clock it was given. */
  reset(): void;
}

/** A clock over `now` (ms, UTC), which may stand still: then time passes only when told. */
export function createClock({ now }: { now: () => number }): Clock {
  let offset = 0;
  const clock: Clock = {
    now: () => now() + offset,
    set(time) {
      offset = time - now();
    },
    advance(duration) {
      clock.set(addDuration(clock.now(), duration));
    },
    reset() {
      offset = 0;
    },
  };
  return clock;
}
