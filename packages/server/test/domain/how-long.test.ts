import { describe, expect, it } from 'vitest';
import { hour, minute, second } from '../../src/domain/durations.ts';
import { howLong } from '../../src/domain/how-long.ts';

describe('a wait in words', () => {
  it.each([
    [0, '1 second'],
    [second, '1 second'],
    [second + 1, '2 seconds'],
    [90 * second, '90 seconds'],
    [90 * second + 1, '2 minutes'],
    [90 * minute, '90 minutes'],
    [90 * minute + 1, '2 hours'],
    [12 * hour, '12 hours'],
    [12 * hour - minute, '12 hours'],
  ])('of %i ms is %s: never shorter than it is', (ms, words) => {
    expect(howLong(ms)).toBe(words);
  });
});
