import { day, minute } from '../domain/durations.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

/** What keeping the pace is made of. */
export interface CodePaceDeps {
  store: Pick<Store, 'takeTurn'>;
  clock: Clock;
}

/**
 * Codes that the kit asks for by itself, on all nodes together. Meta takes 125 codes an hour (Meta, "Verify code"), and one
 * lives 10 minutes: more would be texts that cannot be handed in any more. Some are left to people.
 */
export const codePace = { codes: 16, period: 10 * minute } as const;

/** Whoever would have to wait longer for a turn goes in between: about 14,000 numbers are in line by then. Milliseconds. */
const longest = 6 * day;

/** Says when a code may be asked for. */
export interface CodePace {
  /** Takes one of the codes of this moment. `false`: other numbers have them. @throws StoreUnavailableError */
  take(): Promise<boolean>;
  /**
   * When to come back instead, milliseconds UTC: each who asks is put behind those who asked before, but for one that cannot
   * wait for longer than `atMost`, which comes back at once when there are codes again.
   */
  later(atMost: number): number;
}

/** Makes the pace. All nodes on a database keep it together. */
export function createCodePace({ store, clock }: CodePaceDeps): CodePace {
  const { codes, period } = codePace;
  const slotNow = (): number => Math.floor(clock.now() / period) * codes;
  /** The slot that nobody is known to have, and the last one that somebody was put off to. */
  let free = 0;
  let queued = 0;
  return {
    async take() {
      for (let end = slotNow() + codes; ;) {
        // A clock that is set back begins at its own time.
        if (free < end - codes || free > end) free = end - codes;
        if (free === end) return false;
        const slot = free;
        free += 1;
        if (await store.takeTurn({ name: 'ask for a code', slot })) return true;
      }
    },
    later(atMost) {
      const next = slotNow() + codes;
      const last = next + Math.floor(longest / period) * codes;
      const place = queued < next || queued >= last ? next : queued + 1;
      const timeOf = (slot: number): number => Math.floor(slot / codes) * period;
      if (timeOf(place) > atMost) return timeOf(next);
      queued = place;
      return timeOf(place);
    },
  };
}
