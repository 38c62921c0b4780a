import { addDuration } from './add-duration.ts';
import { requireTime } from './require-time.ts';

/** Whether time passes by itself: `real` moves with the clock below, `manual` only when told. */
export type ClockKind = 'real' | 'manual';

/** How far a clock is from the one below it, or where it stands; plain data, to be saved. */
export type ClockState =
  | {
      readonly running: true;
      /** ms ahead of the clock below. */
      readonly offset: number;
    }
  | {
      readonly running: false;
      /** ms, UTC. */
      readonly at: number;
    };

/** The simulator's own time in whole ms: the clock it was given, moved or stopped by what tests ask for. */
export interface Clock {
  /** Milliseconds since 1970, UTC; always a whole number. */
  now(): number;
  /**
   * Makes `now()` answer `time` (ms, UTC) at this moment; a running clock runs on from there.
   * Throws RangeError for anything but whole ms of a date.
   */
  set(time: number): void;
  /** Moves on by an ISO 8601 duration such as `P46D` or `PT31S`. Throws RangeError when it is not one. */
  advance(duration: string): void;
  /** Lets the time go with the clock below, or stops it; either at the present moment. */
  run(running: boolean): void;
  /** Back to the clock it was given: `real` as that one is, `manual` standing at its start. */
  reset(): void;
  state(): ClockState;
  /** Takes over a state of before. Throws RangeError for a time that is none. */
  restore(state: ClockState): void;
}

/** A clock over `now` (ms, UTC), which may stand still itself: then time passes only when told in any case. */
export function createClock({ now, clock: kind = 'real' }: { now: () => number; clock?: ClockKind }): Clock {
  const below = () => Math.floor(now());
  const start: ClockState = kind === 'real' ? { running: true, offset: 0 } : { running: false, at: below() };
  let state = start;
  const stateAt = (time: number, running: boolean): ClockState =>
    running ? { running, offset: time - below() } : { running, at: time };
  const clock: Clock = {
    now: () => (state.running ? below() + state.offset : state.at),
    set(time) {
      state = stateAt(requireTime(time), state.running);
    },
    advance(duration) {
      clock.set(addDuration(clock.now(), duration));
    },
    run(running) {
      state = stateAt(clock.now(), running);
    },
    reset() {
      state = start;
    },
    state: () => state,
    restore(saved) {
      requireTime(saved.running ? below() + saved.offset : saved.at);
      state = saved.running ? { running: true, offset: saved.offset } : { running: false, at: saved.at };
    },
  };
  return clock;
}
