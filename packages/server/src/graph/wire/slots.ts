/** A call's place in the queue, and then among the calls under way. */
export interface Place {
  /** Begins the call, now or when there is room. */
  enter(): void;
  /** Ends the call, or takes it out of the queue: then it never begins. Makes room for the next one. */
  leave(): void;
}

/** Lets so many calls be under way at a time. */
export interface Slots {
  place(begin: () => void): Place;
}

/**
 * A queue of our own in front of the connections. A call that waits in undici's queue cannot be taken out of it: it can only be
 * aborted as it begins, and undici ends a healthy connection for that.
 */
export function createSlots(most: number): Slots {
  const waiting = new Set<() => void>();
  let free = most;

  return {
    place(begin) {
      let state: 'outside' | 'waiting' | 'under way' = 'outside';
      const start = () => {
        free -= 1;
        state = 'under way';
        begin();
      };
      return {
        enter() {
          if (state !== 'outside') return;
          if (free > 0) {
            start();
            return;
          }
          state = 'waiting';
          waiting.add(start);
        },
        leave() {
          const was = state;
          state = 'outside';
          waiting.delete(start);
          if (was !== 'under way') return;
          free += 1;
          // One at a time: what begins may end at once, and make room itself.
          const [next] = waiting;
          if (next === undefined) return;
          waiting.delete(next);
          next();
        },
      };
    },
  };
}
