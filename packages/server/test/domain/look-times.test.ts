import { describe, expect, it } from 'vitest';
import { nextLook, routineLook } from '../../src/domain/look-times.ts';

const minute = 60_000;
const hour = 60 * minute;
const t = Date.UTC(2026, 0, 2);

describe('looks at an account at which something is open', () => {
  it('come after 30 s, 1, 5, 15 minutes, 1 and 6 hours, and then no more', () => {
    const waits: (number | undefined)[] = [];
    let now = t;
    for (let looks = 1; looks <= 7; looks += 1) {
      const next = nextLook({ looks, since: t, now });
      waits.push(next === undefined ? undefined : (next - now) / minute);
      now = next ?? now;
    }
    expect(waits).toEqual([0.5, 1, 5, 15, 60, 360, undefined]);
  });

  it('do not end early because looks failed', () => {
    expect(nextLook({ looks: 30, since: t, now: t + 10 * minute })).toBe(t + 10 * minute + hour);
    expect(nextLook({ looks: 30, since: t, now: t + 6 * hour })).toBeUndefined();
  });
});

describe('looks of routine', () => {
  it('come within a day, the same for the same account', () => {
    for (const id of ['1', '888', '1691913100000008']) {
      const wait = (routineLook(id, t) - t) / hour;
      expect(wait).toBeGreaterThan(20);
      expect(wait).toBeLessThanOrEqual(24);
      expect(routineLook(id, t)).toBe(routineLook(id, t));
    }
  });

  it('of 5,000 accounts are spread: no minute has more than 50 of them', () => {
    const perMinute = new Map<number, number>();
    for (let n = 0; n < 5_000; n += 1) {
      const at = Math.floor((routineLook(String(1_691_913_100_000_000 + n), t) - t) / minute);
      perMinute.set(at, (perMinute.get(at) ?? 0) + 1);
    }
    expect(Math.max(...perMinute.values())).toBeLessThanOrEqual(50);
  });
});
