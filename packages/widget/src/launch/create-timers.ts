/** Timers that end together. */
export interface Timers {
  /** Runs it after so many milliseconds; never, when `signal` has ended by then. */
  later: (ms: number, run: () => void) => void;
  /** Resolves after so many milliseconds; never, when `signal` has ended by then. */
  wait: (ms: number) => Promise<void>;
}

/** Makes timers that `signal` clears. */
export function createTimers(signal: AbortSignal): Timers {
  const running = new Set<ReturnType<typeof setTimeout>>();
  signal.addEventListener('abort', () => running.forEach(clearTimeout));
  const later = (ms: number, run: () => void) => {
    if (signal.aborted) return;
    const timer = setTimeout(() => {
      running.delete(timer);
      run();
    }, ms);
    running.add(timer);
  };
  return { later, wait: (ms) => new Promise<void>((resolve) => later(ms, resolve)) };
}
