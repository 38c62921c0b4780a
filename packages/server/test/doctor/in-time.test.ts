import { describe, expect, it } from 'vitest';
import { visit } from './support/clinic.ts';

/** Timers of a machine on which nothing else happens: each runs as soon as everybody waits. */
function idleMachine() {
  const set = new Set<{ at: number; run: () => void }>();
  let time = 0;
  let isGoing = false;
  const go = () => {
    const [next] = [...set].toSorted((one, other) => one.at - other.at);
    isGoing = next !== undefined;
    if (next === undefined) return;
    set.delete(next);
    time = next.at;
    next.run();
    setImmediate(go);
  };
  return {
    time: () => time,
    timer: {
      after(ms: number, run: () => void) {
        const one = { at: time + ms, run };
        set.add(one);
        if (!isGoing) setImmediate(go);
        isGoing = true;
        return { cancel: () => void set.delete(one) };
      },
    },
  };
}

const never = <T>() => new Promise<T>(() => undefined);

describe('the doctor', () => {
  it('has looked at everything in 30 seconds when nobody ever answers', async () => {
    const { time, timer } = idleMachine();
    const { checks, close } = await visit({
      database: never,
      parts: ({ meta }) => ({
        timer,
        probe: never,
        meta: {
          ...meta,
          inspectToken: never,
          listSubscriptions: never,
          readBusiness: never,
          mayHoldNumbers: never,
        },
      }),
    });
    await close();
    const late = checks.filter(({ findings }) => findings.some(({ code }) => code === 'timed_out'));
    expect(late.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['graph', 'business', 'webhook', 'page']),
    );
    expect(time()).toBeGreaterThan(0);
    expect(time()).toBeLessThan(30_000);
  });
});
