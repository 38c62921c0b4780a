import { describe, expect, it } from 'vitest';
import { createClosedTimes } from '../../src/graph/policy/closed-times.ts';
import { readError } from '../../src/graph/read-error.ts';
import { readUsage, type Headers } from '../../src/graph/usage-headers.ts';

const now = Date.UTC(2026, 0, 1);
const minute = 60_000;
const longest = 72 * 60 * minute;
const usageOf = (entry: string) =>
  readUsage({ 'x-business-use-case-usage': `{"1":[${entry}]}` }, now).objects[0];
const regain = (value: string) => usageOf(`{"estimated_time_to_regain_access":${value}}`)?.regainMs;
const retryAfter = (value: string | string[]) => readUsage({ 'retry-after': value }, now).retryAfterMs;
const retryAt = (headers: Headers) =>
  readError({
    action: 'x',
    status: 400,
    body: { error: { code: 80_008 } },
    usage: readUsage(headers, now),
    now,
    repeat: 'read',
    secrets: [],
  }).error.retryAt;

describe('the wait that a header names', () => {
  it.each([
    ['30', 30 * minute],
    ['"30"', 30 * minute],
    ['0.33333', 20_000],
    ['0.3333301', 20_000],
    ['1e10', longest],
    ['1e308', longest],
    ['1e999', 0],
    ['-5', 0],
    ['"soon"', 0],
    ['null', 0],
  ])('of %s minutes to regain access is %s ms: whole, and 72 hours at most', (value, ms) => {
    expect(regain(value)).toBe(ms);
  });

  it.each([
    ['30', 30_000],
    ['999999999', longest],
    ['9'.repeat(400), undefined],
    [new Date(now + 5_000).toUTCString(), 5_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', longest],
    [new Date(now - 5_000).toUTCString(), undefined],
    ['0', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['2027', 2_027_000],
    ['2027-01-01', undefined],
    ['', undefined],
  ])('of Retry-After %j is %s ms', (value, ms) => {
    expect(retryAfter(value)).toBe(ms);
  });

  it('says nothing when it is nonsense: the usual wait of the code stays', () => {
    expect(retryAt({ 'retry-after': '0' })).toBe(now + 60 * minute);
    expect(retryAt({ 'x-business-use-case-usage': '{"1":[{"estimated_time_to_regain_access":-1}]}' })).toBe(
      now + 60 * minute,
    );
  });

  it('closes nothing for longer than 72 hours, or for ever', () => {
    let at = 0;
    const closed = createClosedTimes(() => at);
    const learn = (regainMs: number) =>
      closed.learn(
        { object: '1', token: undefined },
        {
          usage: {
            objects: [{ id: '1', percent: 0, regainMs }],
            appPercent: undefined,
            retryAfterMs: undefined,
          },
          throttled: undefined,
        },
      );
    for (const regainMs of [Infinity, 1e300, 0.5]) learn(regainMs);
    expect(closed.closedUntil({ object: '1', token: undefined }, 'read')).toBe(longest);
    at = longest;
    expect(closed.closedUntil({ object: '1', token: undefined }, 'read')).toBeUndefined();
  });
});

describe('usage headers', () => {
  it('are read entry by entry: one odd object hides no other', () => {
    const header = '{"1":[null,7,{"call_count":"96","estimated_time_to_regain_access":2}],"2":null,"3":{}}';
    expect(readUsage({ 'x-business-use-case-usage': header }, now).objects).toEqual([
      { id: '1', percent: 96, regainMs: 2 * minute },
      { id: '2', percent: 0, regainMs: 0 },
      { id: '3', percent: 0, regainMs: 0 },
    ]);
  });

  it('that came several times count together', () => {
    const usage = readUsage(
      {
        'x-app-usage': ['{"call_count":7}', 'nonsense', '{"total_time":"99"}'],
        'x-business-use-case-usage': [
          '{"1":[{"estimated_time_to_regain_access":30}]}',
          '{"1":[{"call_count":50}]}',
        ],
        'retry-after': ['5', '7'],
      },
      now,
    );
    expect(usage).toEqual({
      appPercent: 99,
      objects: [{ id: '1', percent: 50, regainMs: 30 * minute }],
      retryAfterMs: 7_000,
    });
  });
});
