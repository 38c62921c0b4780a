import { describe, expect, it } from 'vitest';
import { nextClaimRequest } from '../../src/domain/claim-code-requests.ts';
import { hour, minute } from '../../src/domain/durations.ts';

const now = 1_000 * hour;
const since = now - 10 * hour;
const call = (ago: number, who = 'kit', outcome: string | undefined = 'done') => ({
  at: now - ago,
  who,
  outcome,
});
const next = (...made: ReturnType<typeof call>[]) => {
  const { what, at } = nextClaimRequest(made, { since, now });
  return [what, Math.max(at - now, 0)];
};

describe('the kit’s own requests for a claim’s code', () => {
  it('are three: at once, after 15 minutes, and after 2 hours', () => {
    expect(next()).toEqual(['ask', 0]);
    expect(next(call(0))).toEqual(['ask', 15 * minute]);
    expect(next(call(15 * minute))).toEqual(['ask', 0]);
    expect(next(call(minute), call(16 * minute))).toEqual(['ask', 2 * hour - minute]);
    expect(next(call(minute), call(3 * hour), call(4 * hour))).toEqual(['leave', 14 * minute]);
    expect(next(call(hour), call(3 * hour), call(4 * hour))).toEqual(['leave', 0]);
  });

  it('are counted from the proof of the claim on, whatever became of them', () => {
    expect(next(call(11 * hour), call(12 * hour), call(13 * hour))).toEqual(['ask', 0]);
    expect(next(call(hour, 'kit', 'refused'), call(9 * hour, 'kit', undefined))).toEqual(['ask', hour]);
    expect(next(call(hour, 'kit', 'refused'), call(2 * hour), call(9 * hour, 'kit', 'unsure'))).toEqual([
      'leave',
      0,
    ]);
  });

  it('wait for the text of what somebody else asked for, unless Meta refused it', () => {
    expect(next(call(minute, 'customer'))).toEqual(['ask', 14 * minute]);
    expect(next(call(minute, 'customer', undefined))).toEqual(['ask', 14 * minute]);
    expect(next(call(minute, 'Nadia', 'refused'))).toEqual(['ask', 0]);
    expect(next(call(minute, 'Nadia', 'refused'), call(2 * minute, 'customer'))).toEqual([
      'ask',
      13 * minute,
    ]);
    expect(next(call(minute, 'customer'), call(20 * minute))).toEqual(['ask', 14 * minute]);
    // Of the pool, a moment before the claim.
    expect(next({ at: since - minute, who: 'kit', outcome: 'done' })).toEqual(['ask', 0]);
  });

  it('are not put off for ever by a clock that was ahead', () => {
    expect(next(call(-1_000 * hour))).toEqual(['ask', 15 * minute]);
    expect(next(call(-1_000 * hour, 'customer'))).toEqual(['ask', 15 * minute]);
  });

  it('are no more when the clock that wrote the proof was ahead', () => {
    const ahead = (...made: ReturnType<typeof call>[]) =>
      nextClaimRequest(made, { since: now + 100 * hour, now });
    expect(ahead(call(minute))).toEqual({ what: 'ask', at: now + 14 * minute });
    expect(ahead(call(hour), call(3 * hour), call(4 * hour)).what).toBe('leave');
    // Of the pool, as far as anybody can tell.
    expect(ahead(call(hour), call(30 * hour), call(54 * hour))).toEqual({
      what: 'ask',
      at: now - hour + 15 * minute,
    });
  });
});
