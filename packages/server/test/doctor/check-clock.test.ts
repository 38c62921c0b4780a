import { describe, expect, it } from 'vitest';
import { checkClock } from '../../src/doctor/checks/check-clock.ts';
import type { DoctorDeps } from '../../src/doctor/doctor-deps.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';

const second = 1000;

/** Looks at answers of Meta's, whose clock is `ahead` of ours, and that were under way for so long. Milliseconds. */
function look(ahead: number, underWay: readonly number[]) {
  const exchanges = underWay.map((ms) => ({
    headers: { date: new Date(t0 + ahead).toUTCString() },
    answeredAt: t0 + ms,
  }));
  // It asks for no more than this.
  return checkClock({
    unusable: new Set(['database']),
    facts: { allOfMeta: () => Promise.resolve([]) },
    meta: { exchanges: () => exchanges },
    timer: { after: () => ({ cancel: () => undefined }) },
  } as unknown as DoctorDeps); // all that it looks at
}

describe('the check of the clock', () => {
  it.each([
    ['right', 0, [0], 'ok'],
    ['right, though an answer was slow', 0, [40 * second, 200], 'ok'],
    ['behind', 45 * second, [0], 'warning'],
    ['behind, though a slow answer hides it', 45 * second, [44 * second, 0], 'warning'],
    ['far behind, though a slow answer hides it', 150 * second, [100 * second, 0, 140 * second], 'failed'],
    ['ahead', -45 * second, [40 * second, 0], 'warning'],
    ['far ahead', -150 * second, [0], 'failed'],
  ] as const)('says that it is %s', async (_what, ahead, underWay, result) => {
    expect(await look(ahead, underWay)).toMatchObject({ result });
  });
});
