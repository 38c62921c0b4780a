/** How long to wait for another process's lock, milliseconds. */
export interface LockWaits {
  first: number;
  /** Once the lock was found held for all of `first`. */
  whileHeld: number;
}

/**
 * A request may wait behind another one before it is its turn, and its answer is due within two seconds: so all of that
 * together stays below. Once the lock was held for `first`, later ones are told sooner.
 */
export const requestWaits: LockWaits = { first: 950, whileHeld: 250 };

/** A start may wait for another process that migrates a large file: a minute. */
export const startWaits: LockWaits = { first: 60_000, whileHeld: 60_000 };

/** Short at first, because most locks are kept for the few milliseconds of a commit, then this often. Milliseconds. */
const growing = [1, 2, 3, 5, 8, 12];
const often = 10;

/** Up to here a wait ends on time also where every step of it comes late, as on a busy machine. Milliseconds. */
const mostTimed = 5_000;

/**
 * Does what needs a lock, again and again until the lock is free or the wait is over. Between the tries the event loop goes
 * on: nothing here waits inside SQLite.
 *
 * @param ms how long to wait, milliseconds
 * @throws what `act` threw last
 */
export async function waitForLock<T>(
  act: () => T,
  {
    sleep,
    isBusy,
    ms,
  }: { sleep: (ms: number) => Promise<void>; isBusy: (error: unknown) => boolean; ms: number },
): Promise<T> {
  let waited = 0;
  let isOver = false;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return act();
    } catch (error) {
      if (!isBusy(error) || isOver || waited >= ms) throw error;
    }
    // A timer cannot be taken back here, so a long one would outlive what it was for: long waits are counted by their steps.
    if (attempt === 0 && ms <= mostTimed) void sleep(ms).then(() => (isOver = true));
    const step = growing[attempt] ?? often;
    await sleep(step);
    waited += step;
  }
}
