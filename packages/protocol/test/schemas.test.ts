import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimStatuses, problems } from '../src/index.ts';
import {
  claimRequestSchema,
  metaId,
  openSessionRequestSchema,
  prefillSchema,
  sessionEventRequestSchema,
} from '../src/schemas/index.ts';

describe('an id of Meta’s', () => {
  it('is a string of digits, and nothing else', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const isId = typeof value === 'string' && /^[0-9]{1,20}$/.test(value);
        expect(metaId.safeParse(value).success).toBe(isId);
      }),
    );
    expect(metaId.safeParse('123456789012345').success).toBe(true);
    expect(metaId.safeParse('12345\n').success).toBe(false);
  });
});

describe('the bodies of the contract', () => {
  it('are refused, never thrown at, whatever comes', () => {
    const schemas = [claimRequestSchema, openSessionRequestSchema, sessionEventRequestSchema, prefillSchema];
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (value) => {
        for (const schema of schemas) expect(() => schema.safeParse(value)).not.toThrow();
      }),
    );
  });

  it.each(['FINISH', 'FINISH_ONLY_WABA', 'FINISH_GRANT_ONLY_API_ACCESS', 'FINISH_SOMETHING_NEW'])(
    'keep %s as it is, known or not',
    (event) => {
      expect(claimRequestSchema.parse({ event, data: { waba_id: '1' } })).toEqual({
        event,
        data: { waba_id: '1' },
      });
    },
  );

  it('of a finish lose what nobody asked for, and keep the ids of other assets', () => {
    const data = { waba_id: '1', page_ids: ['2', '3'], version: 3, __proto__: { admin: true } };
    expect(claimRequestSchema.parse({ event: 'FINISH', data })).toEqual({
      event: 'FINISH',
      data: { waba_id: '1', page_ids: ['2', '3'] },
    });
  });

  it('take an error of the session log by its old name and by its new one', () => {
    for (const name of ['error_code', 'error_id']) {
      for (const value of ['524126', 524126]) {
        const body = { event: 'CANCEL', data: { [name]: value } };
        expect(sessionEventRequestSchema.safeParse(body).success).toBe(true);
      }
    }
  });

  it('of a page may pre-fill texts, and no id', () => {
    expect(prefillSchema.safeParse({ business: { name: 'Lucky Shrub' } }).success).toBe(true);
    for (const sneaky of [
      { preVerifiedPhone: { ids: ['1'] } },
      { business: { id: 1 } },
      { solutionID: '1' },
    ]) {
      expect(prefillSchema.safeParse(sneaky).success).toBe(false);
    }
  });
});

describe('the tables of the contract', () => {
  it('have no word twice, and a status that fits every problem', () => {
    expect(new Set(claimStatuses).size).toBe(claimStatuses.length);
    for (const { status, title } of Object.values(problems)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(title.length).toBeGreaterThan(5);
    }
  });
});
