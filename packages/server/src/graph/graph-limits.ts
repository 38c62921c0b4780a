/** Times in milliseconds, sizes in bytes. */
export interface GraphLimits {
  /** Until a connection is there. @default 4000 */
  connect: number;
  /** Until the answer begins, for calls that can be made again; others get all of `deadline`. @default 6000 */
  headers: number;
  /** Between two pieces of an answer. @default 4000 */
  body: number;
  /** For one attempt of a call that can be made again, answer included; others get all of `deadline`. @default 6000 */
  attempt: number;
  /**
   * For one call, its repeats and waits included. Longer than Meta's slowest answers, and shorter than the ten seconds in
   * which a closing process must be done. @default 8000
   */
  deadline: number;
  /** The largest answer that is read. @default 4 MB, far above any the kit asks for */
  mostBytes: number;
  /** Connections at a time. @default 32 */
  connections: number;
  /** Attempts of one call that may be repeated, the first included. @default 6 */
  attempts: number;
  /** The first wait is a random time up to this, each further one up to twice as long. @default 250 */
  backoffBase: number;
  /** No wait is longer, unless Meta names one. @default 5000 */
  backoffCap: number;
  /** Retries per call in the long run, over all calls of a client. @default 0.1 */
  retryShare: number;
  /** Retries that a client can save up. @default 10 */
  savedRetries: number;
}

const defaults: GraphLimits = {
  connect: 4_000,
  headers: 6_000,
  body: 4_000,
  attempt: 6_000,
  deadline: 8_000,
  mostBytes: 4 * 1024 * 1024,
  connections: 32,
  attempts: 6,
  backoffBase: 250,
  backoffCap: 5_000,
  retryShare: 0.1,
  savedRetries: 10,
};

/**
 * Puts the defaults in.
 *
 * @throws RangeError naming a limit that is no positive number
 */
export function graphLimits(given: Partial<GraphLimits> = {}): GraphLimits {
  const limits = { ...defaults, ...given };
  for (const [name, value] of Object.entries(limits)) {
    const least = name === 'retryShare' || name === 'savedRetries' ? 0 : Number.MIN_VALUE;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < least) {
      throw new RangeError(`graph: limits.${name} must be a number above 0`);
    }
  }
  return limits;
}
