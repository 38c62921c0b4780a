/** Work of one kind in the background, beside that of other kinds. */
export interface Lane {
  /**
   * Begins what is due, and does not wait for it. What ends makes room for what is next, so one call carries on until nothing is
   * due. For every round of a worker. @throws StoreUnavailableError
   */
  begin(): Promise<void>;
  /** Works until nothing is due and nothing is under way. @throws StoreUnavailableError */
  runDue(): Promise<void>;
  /** Resolves when what is under way has ended. */
  settled(): Promise<void>;
}

/** What a lane of leases is made of. */
export interface LeasesLaneDeps<Lease> {
  /** Takes what is due, no more than `limit`. */
  lease: (limit: number) => Promise<readonly Lease[]>;
  /** Carries one out, to an end that is written down. */
  work: (lease: Lease) => Promise<void>;
  mostAtOnce: number;
  /** Told when an end could not be written. Nothing is lost by it: the lease runs out, and whoever sees it next takes it. */
  onUnended: (error: unknown) => void;
  /** Told when nothing could be taken after an end. */
  onUntaken: (error: unknown) => void;
  /** Closing: nothing new is begun after it. */
  signal: AbortSignal;
}

/** Makes a lane of what the store leases: so many at once, and one that breaks never stops the others. */
export function laneOfLeases<Lease>(deps: LeasesLaneDeps<Lease>): Lane {
  const { lease, work, mostAtOnce, onUnended, onUntaken, signal } = deps;
  const underWay = new Set<Promise<void>>();
  let taken = 0;

  const takeNow = async (): Promise<void> => {
    const limit = mostAtOnce - taken;
    if (signal.aborted || limit <= 0) return;
    for (const one of await lease(limit)) {
      taken += 1;
      const followed: Promise<void> = work(one)
        .catch(onUnended)
        .finally(() => (taken -= 1))
        .then(take)
        .catch(onUntaken)
        .catch(() => undefined) // A logger that throws ends nothing here.
        .finally(() => underWay.delete(followed));
      underWay.add(followed);
    }
  };

  // One after the other, so that all together take no more than there is room for.
  let last: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  const take = (): Promise<void> => {
    waiting ??= last.then(() => {
      waiting = undefined;
      const taking = takeNow();
      last = taking.catch(() => undefined);
      return taking;
    });
    return waiting;
  };

  const settled = async (): Promise<void> => {
    await last;
    while (underWay.size > 0) await Promise.all(underWay);
  };
  return {
    begin: take,
    async runDue() {
      await take();
      await settled();
    },
    settled,
  };
}
