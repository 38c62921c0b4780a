/** Times in milliseconds, sizes in bytes. */
export interface GraphLimits {
  /** Until a connection is free, or made. @default 4000 */
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

/** What a timer can hold; a longer one would end at once. Nearly 25 days: nobody waits for a call that long. */
const longestTimer = 2 ** 31 - 1;
const counts: ReadonlySet<string> = new Set([
  'mostBytes',
  'connections',
  'attempts',
  'retryShare',
  'savedRetries',
]);

/**
 * A time that was handed in, as one that a timer can hold.
 *
 * @throws RangeError when it is no number: `NaN` would end no wait, or every one
 */
export function timeFor(ms: number): number {
  // The type is a promise that callers without types do not keep.
  if (typeof ms !== 'number' || Number.isNaN(ms)) {
    throw new RangeError('graph: deadline must be a number of milliseconds; nothing was sent');
  }
  return Math.min(ms, longestTimer);
}

/**
 * Puts the defaults in, also where `undefined` was handed in. Times may be `Infinity`: they become the longest there is.
 *
 * @throws RangeError naming a limit that is no positive number
 */
export function graphLimits(given: Partial<GraphLimits> = {}): GraphLimits {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const limits = { ...defaults, ...Object.fromEntries(named) };
  for (const [name, value] of Object.entries(limits)) {
    const least = name === 'retryShare' || name === 'savedRetries' ? 0 : Number.MIN_VALUE;
    const most = counts.has(name) ? Number.MAX_VALUE : Infinity;
    if (typeof value !== 'number' || !(value >= least && value <= most)) {
      throw new RangeError(`graph: limits.${name} must be a number above 0`);
    }
    if (!counts.has(name)) Object.assign(limits, { [name]: timeFor(value) });
  }
  return limits;
}
