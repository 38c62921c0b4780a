import { expect } from 'vitest';
import type { Passage } from './trouble.ts';

/** A window of trouble: accepted before it, refused in it as the contract says, accepted after it without a restart. */
export function expectAWindowOfRefusals(passage: Passage): void {
  expect(passage.statuses).toMatch(/^(202 )+(503 ){3,}(202 )+202$/);
  expectRefusals(passage);
}

/** Each refusal says what it is and when to come back, and nothing refused is shown to anybody. */
export function expectRefusals({ refused, shownWrongly }: Passage): void {
  for (const { answer } of refused) {
    expect(answer).toEqual({
      status: 503,
      type: expect.stringContaining('application/problem+json'),
      retryAfter: expect.stringMatching(/^[1-9]\d*$/),
      code: 'store_unavailable',
      claimId: undefined,
    });
  }
  expect(shownWrongly).toEqual([]);
}
