/** One connection, one user at a time, in the order of coming. */
export interface Turns {
  /** Resolves when it is one's turn. Rejects when those who wait were refused. */
  take(): Promise<void>;
  /** Ends one's turn. */
  pass(): void;
  /** How many wait. */
  waiting(): number;
  /** Refuses the first `count` of those who wait; whoever has the turn keeps it. */
  refuseFirst(count: number, error: unknown): void;
}

/** Makes turns; the first one is free. */
export function createTurns(): Turns {
  let isTaken = false;
  const waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  return {
    take() {
      if (isTaken) return new Promise((resolve, reject) => void waiting.push({ resolve, reject }));
      isTaken = true;
      return Promise.resolve();
    },
    pass() {
      const next = waiting.shift();
      if (next === undefined) isTaken = false;
      else next.resolve();
    },
    waiting: () => waiting.length,
    refuseFirst(count, error) {
      for (const { reject } of waiting.splice(0, count)) reject(error);
    },
  };
}
