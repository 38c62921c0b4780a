/** Where the time comes from. Tests put a frozen one here. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

/** A timer that can be taken back. */
export interface Timer {
  /** Calls `run` once, `ms` milliseconds from now, and never keeps the process alive for it. */
  after(ms: number, run: () => void): { cancel(): void };
}
