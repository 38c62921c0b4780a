import type { Clock } from '../../clock/clock.ts';
import type { Settings } from '../../settings/settings.ts';

/** What is tried in one pass: what is due by the simulator's clock, or everything that waits. */
export type Which = 'due' | 'all';

/** Sends what is waiting, one request after the other, pass by pass. */
export interface PassLoop<Made> {
  /** Looks at what is waiting and sees that it is sent when it is due. Call it whenever that may change. */
  wake(): void;
  /** Tries everything once that is due, or `all` that waits. Never rejects. */
  pass(which: Which): Promise<Made[]>;
  /** Aborted by `stop`. */
  signal(): AbortSignal;
  /** Breaks what is on its way, for a fresh start or, with `forGood`, for ever. */
  stop(options?: { readonly forGood: boolean }): void;
}

interface Deps<Made> {
  readonly clock: Pick<Clock, 'now'>;
  /** Runs something after so many ms of real time, without keeping the process alive; returns how to call it off. */
  readonly later: Settings['later'];
  /** When something is due next (ms, UTC); undefined while nothing is to go out by itself. */
  readonly earliest: () => number | undefined;
  /** Tries once what is due, or all; the signal is aborted when the loop is stopped. */
  readonly tryOnce: (which: Which, signal: AbortSignal) => Promise<Made[]>;
}

/** Longest time a timer of Node can run. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A loop that is asleep. */
export function createPassLoop<Made>({ clock, later, earliest, tryOnce }: Deps<Made>): PassLoop<Made> {
  let stopping = new AbortController();
  let callOff: () => void = () => undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const loop: PassLoop<Made> = {
    signal: () => stopping.signal,
    wake() {
      callOff();
      const due = closed ? undefined : earliest();
      if (due === undefined) return;
      const armedAt = clock.now();
      callOff = later(Math.min(Math.max(0, due - armedAt), LONGEST_TIMER), () => {
        if (clock.now() >= due) void loop.pass('due').then(loop.wake, loop.wake);
        // A clock that stands still is moved by a control, which wakes the loop itself.
        else if (clock.now() > armedAt) loop.wake();
      });
    },
    pass(which) {
      if (closed) return Promise.resolve([]);
      const { signal } = stopping;
      const made = last.then(() => tryOnce(which, signal));
      // What went wrong with one pass is its caller's; the next one starts all the same.
      last = made.catch(() => undefined);
      return made;
    },
    stop({ forGood } = { forGood: false }) {
      closed = forGood;
      callOff();
      stopping.abort();
      stopping = new AbortController();
      // Whoever sends may not listen to the signal.
      last = Promise.resolve();
    },
  };
  return loop;
}
