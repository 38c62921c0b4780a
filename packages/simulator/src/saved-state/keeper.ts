/** Sees that what changed is saved soon. */
export interface Keeper {
  /** To be called after every possible change; costs next to nothing. */
  changed(): void;
  /** Saves a last time and never again. Rejects when that fails. */
  close(): Promise<void>;
}

interface Deps {
  /** Saves the state as it is when called. */
  readonly save: () => Promise<void>;
  /** Told about the first of several failures in a row; it is tried again. */
  readonly report: (problem: unknown) => void;
  /** Runs something after so many ms of real time; returns how to call it off. */
  readonly later: (ms: number, run: () => void) => () => void;
}

/** ms of real time from a change to its saving, and at least between two savings. */
const PAUSE = 200;

/** A keeper for whom nothing has changed yet. */
export function createKeeper({ save, report, later }: Deps): Keeper {
  let planned = false;
  let failing = false;
  let closed = false;
  let callOff: () => void = () => undefined;
  let last: Promise<void> = Promise.resolve();

  const saveNow = async (): Promise<void> => {
    // From here on a change is one for the next time.
    planned = false;
    try {
      await save();
      failing = false;
    } catch (problem) {
      if (!failing) report(problem);
      failing = true;
      keeper.changed();
    }
  };
  const keeper: Keeper = {
    changed() {
      if (planned || closed) return;
      planned = true;
      callOff = later(PAUSE, () => {
        last = last.then(saveNow);
      });
    },
    async close() {
      if (closed) return last;
      closed = true;
      callOff();
      last = last.then(save);
      return last;
    },
  };
  return keeper;
}
