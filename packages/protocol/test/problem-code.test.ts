import { describe, expect, it } from 'vitest';
import { problems } from '../src/index.ts';

describe('a problem', () => {
  it('has a code that is one word, and a status of a refusal', () => {
    for (const [code, { status }] of Object.entries(problems)) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect([code, Number.isInteger(status) && status >= 400 && status <= 599]).toEqual([code, true]);
    }
  });

  it('that is a conflict with where things stand is no fault of the request', () => {
    for (const code of [
      'claim_not_allowed',
      'claim_without_number',
      'claim_without_token',
      'number_taken',
    ] as const) {
      expect(problems[code].status).toBe(409);
    }
    expect(problems.pin_missing.status).toBe(404);
    expect(problems.too_many_claims.status).toBe(429);
  });
});
