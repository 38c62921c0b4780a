/// <reference types="node" />
import { setImmediate } from 'node:timers';
import { vi } from 'vitest';

/** Timers that only run when a test says so. */
export function createFakeTime(start = Date.parse('2026-11-20T10:00:00Z')) {
  const timers = new Map<number, { at: number; run: () => void }>();
  let now = start;
  let last = 0;

  /** Lets everything that is only waiting for promises happen. */
  const flush = async () => {
    for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    /** From here on, the clock and the timers of the page are these. */
    install: () => {
      vi.stubGlobal('setTimeout', (run: () => void, ms: number) => {
        timers.set((last += 1), { at: now + ms, run });
        return last;
      });
      vi.stubGlobal('clearTimeout', (timer: number) => void timers.delete(timer));
      vi.spyOn(Date, 'now').mockImplementation(() => now);
    },
    now: () => now,
    pending: () => timers.size,
    flush,
    advance: async (ms: number) => {
      const end = now + ms;
      await flush();
      for (;;) {
        const [next] = [...timers]
          .filter(([, { at }]) => at <= end)
          .sort((one, other) => one[1].at - other[1].at);
        if (!next) break;
        timers.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].run();
        await flush();
      }
      now = end;
    },
  };
}

export type FakeTime = ReturnType<typeof createFakeTime>;
