import { describe, expect, it } from 'vitest';
import { debugToken } from '../../src/graph/endpoints/debug-token.ts';
import { listPreverifiedNumbers } from '../../src/graph/endpoints/preverified-number.ts';
import { readBody } from '../../src/graph/wire/read-body.ts';

const most = 4 * 1024 * 1024;
const entry = { id: '1', phone_number: '+1 555 0100' };

describe('an answer of 4 MB', () => {
  it.each([
    ['numbers', '1,'],
    ['objects', '{},'],
    ['long numbers', '12345678901234567890,'],
    ['lists in lists', '['],
    ['commas in a text', '","'],
  ])('full of %s is unreadable, and holds nothing up for 100 ms', async (_name, piece) => {
    const text = `{"data":[${piece.repeat(Math.floor(most / piece.length))}1]}`;
    const body = Buffer.from(text);
    const took: number[] = [];
    // The best of three: a busy machine takes its own time.
    for (let run = 0; run < 3; run += 1) {
      const began = performance.now();
      const answer = await readBody({ status: 200, headers: {}, body }, most);
      expect(() => listPreverifiedNumbers.read(answer)).toThrow();
      took.push(performance.now() - began);
    }
    expect(Math.min(...took)).toBeLessThan(100);
  });

  it('that is one long text is read', async () => {
    const body = Buffer.from(JSON.stringify({ text: 'x'.repeat(most - 20) }));
    expect(await readBody({ status: 200, headers: {}, body }, most)).toMatchObject({
      text: expect.any(String),
    });
  });
});

describe('a page', () => {
  it('with far more entries than were asked for is none', () => {
    const page = (entries: number) => ({ data: Array.from({ length: entries }, () => entry) });
    expect(listPreverifiedNumbers.read(page(2_000)).items.length).toBe(2_000);
    expect(() => listPreverifiedNumbers.read(page(2_001))).toThrow();
  });
});

describe('the grants of a token', () => {
  const scope = 'whatsapp_business_management';
  const read = (granular_scopes: unknown, is_valid = true) =>
    debugToken.read({ data: { is_valid, app_id: '1', granular_scopes } });

  it('are read one by one: an odd id hides no other, and never means all', () => {
    expect(read([{ scope, target_ids: ['123', 'abc', null] }])).toMatchObject({
      wabaIds: ['123'],
      granularScopes: [{ scope, targetIds: ['123'] }],
    });
    expect(read([{ scope: 'other', target_ids: ['abc'] }, { scope: 'all' }]).granularScopes).toEqual([
      { scope: 'other', targetIds: [] },
      { scope: 'all', targetIds: undefined },
    ]);
  });

  it('make a valid token unreadable when its accounts were named and none can be read', () => {
    for (const target_ids of [['abc'], [null], 'abc', {}, 7]) {
      expect(() => read([{ scope, target_ids }])).toThrow();
      expect(read([{ scope, target_ids }], false)).toMatchObject({ valid: false, wabaIds: [] });
    }
    expect(() => read('nonsense')).toThrow();
    expect(read([{ scope }]).wabaIds).toEqual([]);
    expect(read(null).wabaIds).toEqual([]);
  });
});
