import { describe, expect, it } from 'vitest';
import { minute, second } from '../../src/domain/durations.ts';
import { isCodeExpected } from '../../src/pool/is-code-expected.ts';
import type { NumberCall } from '../../src/ports/pool-store.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';

const call = (over: Partial<NumberCall>): NumberCall => ({
  id: 'x',
  kind: 'verify_code',
  at: t0,
  who: 'kit',
  method: undefined,
  outcome: undefined,
  reason: undefined,
  closedUntil: undefined,
  ...over,
});
const askedAt = (at: number) => call({ kind: 'request_code', method: 'SMS', at, outcome: 'done' });
const wrongAt = (at: number, mark = 'wrong') =>
  call({ at, outcome: 'refused', reason: 'graph:136025', mark });
const rightAt = (at: number) => call({ at, outcome: 'done', mark: 'right' });

/** Whether it is, with the calls in the order in which the store gives them. */
const isExpected = (mark: string, ...calls: NumberCall[]): boolean =>
  isCodeExpected(
    calls.toSorted((a, b) => b.at - a.at),
    { now: t0 + 10 * minute, marks: [mark] },
  );

describe.each([
  ['the same', 0],
  ['5 seconds ahead', 5 * second],
  ['half a minute ahead', 30 * second],
  ['half a minute behind', -30 * second],
])('where the clock of the node that asked is %s, a code', (_what, ahead) => {
  const asked = askedAt(t0 + ahead);

  it('is expected once, if it was wrong', () => {
    expect(isExpected('first', asked)).toBe(true);
    expect(isExpected('wrong', asked, wrongAt(t0 + 3 * second))).toBe(false);
    expect(isExpected('second', asked, wrongAt(t0 + 3 * second))).toBe(true);
  });

  it('is not expected after the right one', () => {
    expect(isExpected('another', asked, wrongAt(t0 + 3 * second), rightAt(t0 + 4 * second))).toBe(false);
  });

  it('is expected anew for the next one that is asked for', () => {
    const before = [askedAt(t0 - 5 * minute), wrongAt(t0 - 3 * minute, 'a'), wrongAt(t0 - 2 * minute, 'b')];
    expect(isExpected('c', ...before)).toBe(false);
    expect(isExpected('c', ...before, asked)).toBe(true);
    const verified = [askedAt(t0 - 5 * minute), rightAt(t0 - 3 * minute)];
    expect(isExpected('c', ...verified)).toBe(false);
    expect(isExpected('c', ...verified, asked)).toBe(true);
  });
});
