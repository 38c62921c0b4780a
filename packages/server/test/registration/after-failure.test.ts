import { describe, expect, it } from 'vitest';
import type { GraphErrorKind } from '../../src/ports/graph-error-kind.ts';
import { afterFailure, type FailureFacts } from '../../src/registration/after-failure.ts';
import { sentenceFor, whatToDo } from '../../src/registration/what-to-do.ts';
import { failure, now } from './support/step-world.ts';

const hour = 3_600_000;
const day = 24 * hour;
const after = (kind: GraphErrorKind, over: Partial<FailureFacts> = {}) =>
  afterFailure({
    error: failure({ kind }),
    step: 'register',
    attempts: 1,
    now,
    chance: 0,
    since: now,
    proven: true,
    lastReason: undefined,
    ...over,
  });
const kinds = Object.keys(whatToDo) as GraphErrorKind[]; // the table has exactly these

describe('what is done after a failed call', () => {
  it.each(kinds)(
    'of the kind %s is to wait, or to ask a person with a sentence that says what to do',
    (kind) => {
      const end = after(kind, { attempts: 100, since: now - 10 * day });
      if (end.next.do === 'wait') {
        expect(end.next.runAt).toBeGreaterThan(now);
        expect(end.reason?.message).toContain('tried again by itself');
      } else {
        expect(end).toMatchObject({ event: 'operator_needed', next: { do: 'done' } });
        expect(end.reason?.message).toMatch(/tried again|sign up again|this claim/i);
        expect(end.reason?.message).not.toContain('Meta refused.');
      }
    },
  );

  it.each(kinds)('of the kind %s names no time that has passed, and ends in a full stop', (kind) => {
    expect(sentenceFor(failure({ kind }))).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['transient', true, 'wait'],
    ['throttled', true, 'wait'],
    ['unreachable', true, 'wait'],
    ['transient', false, 'done'],
    ['throttled', false, 'done'],
    ['unreachable', false, 'done'],
    ['unreadable', true, 'done'],
    ['unreadable', false, 'done'],
  ] as const)('for days of %s, with a proof: %s, is: %s', (kind, proven, what) => {
    const outage = { attempts: 100, since: now - 4 * day, proven };
    expect(after(kind, outage).next.do).toBe(what);
    // A person had it tried again: it is not given up at its first failure.
    expect(after(kind, { ...outage, attempts: 1 }).next.do).toBe('wait');
    expect(after(kind, { ...outage, since: now - hour }).next.do).toBe('wait');
  });

  it('is to come back when Meta says, and never sooner than a wait that grows', () => {
    const error = failure({ kind: 'throttled', retryAt: now + hour });
    expect(after('throttled', { error }).next).toEqual({ do: 'wait', step: 'register', runAt: now + hour });
    const waits = [1, 2, 3, 20].map((attempts) => {
      const { next } = after('transient', { attempts, chance: 0.999 });
      return next.do === 'wait' ? next.runAt - now : 0;
    });
    expect(waits).toEqual([...waits].sort((one, other) => one - other));
    expect(waits.at(-1)).toBeLessThan(11 * 60_000);
  });

  it('is written down with Meta’s trace id', () => {
    const error = failure({ kind: 'permission', code: 10, traceId: 'AbC' });
    expect(after('permission', { error }).history).toEqual({
      what: 'could not do it',
      who: 'meta',
      reason: 'graph:10',
      traceId: 'AbC',
    });
  });
});
