import { describe, expect, it } from 'vitest';
import { debugToken } from '../../src/graph/endpoints/debug-token.ts';
import { listPreverifiedNumbers } from '../../src/graph/endpoints/preverified-number.ts';
import { readBody } from '../../src/graph/wire/read-body.ts';

const most = 4 * 1024 * 1024;
const entry = { id: '1', phone_number: '+1 555 0100' };

/** The shortest of three runs, milliseconds: a busy machine takes its own time. */
async function shortest(run: () => unknown): Promise<number> {
  const took: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const began = performance.now();
    await run();
    took.push(performance.now() - began);
  }
  return Math.min(...took);
}

const filled = (piece: string) => Buffer.from(`{"data":[${piece.repeat(Math.floor(most / piece.length))}1]}`);

describe('an answer of 4 MB', () => {
  it.each([
    ['numbers', '1,'],
    ['objects', '{},'],
    ['long numbers', '12345678901234567890,'],
    ['lists in lists', '['],
    ['commas in a text', '","'],
  ])(
    'full of %s is unreadable, and is found so about as fast as Node reads a list of numbers',
    async (_name, piece) => {
      const body = filled(piece);
      const took = await shortest(async () => {
        const answer = await readBody({ status: 200, headers: {}, body }, most);
        expect(() => listPreverifiedNumbers.read(answer)).toThrow();
      });
      const numbers = filled('1,').toString();
      const floor = await shortest(() => JSON.parse(numbers) as unknown);
      expect(took / floor).toBeLessThan(4);
    },
  );

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
