import { describe, expect, it } from 'vitest';
import { claimsOfCsv, claimsOfJson, columnNamed, type ClaimRow } from '../../src/cli/claims/claim-rows.ts';
import { importRows, type ImportRowsDeps } from '../../src/cli/claims/import-rows.ts';
import { problemInWords } from '../../src/cli/claims/problem-in-words.ts';
import { InvalidRequestError } from '../../src/ports/invalid-request-error.ts';

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield new TextEncoder().encode(text);
}
async function all(rows: AsyncIterable<ClaimRow>): Promise<ClaimRow[]> {
  const found: ClaimRow[] = [];
  for await (const row of rows) found.push(row);
  return found;
}
const csv = (text: string) => all(claimsOfCsv(bytesOf(text)));
const json = (text: string) => all(claimsOfJson(bytesOf(text)));

describe('the claims of a CSV file', () => {
  it('have the columns of its first line, in any order and case; empty cells are none', async () => {
    const text =
      'phone_number;customerId;WABA_ID;phone number id;pin\n+1 555;ada;1;2;123456\n+1 556;bea;1;3;\n';
    expect(await csv(text)).toEqual([
      {
        line: 2,
        claim: { phoneNumber: '+1 555', customerId: 'ada', wabaId: '1', phoneNumberId: '2', pin: '123456' },
      },
      { line: 3, claim: { phoneNumber: '+1 556', customerId: 'bea', wabaId: '1', phoneNumberId: '3' } },
    ]);
  });

  it.each([
    ['customer_id,waba_id\na,1', 'The file has no column phone_number_id, phone_number.'],
    ['customer_id,waba_id,phone_number_id,phone_number,acces_token', 'The first line must name the columns'],
    ['ada,1,2,+1,EAASECRET', 'The first line must name the columns'],
    ['customer_id,waba_id,phone_number_id,phone_number,pin,PIN', 'The file has a column twice.'],
  ])('are refused for %j', async (text, sentence) => {
    await expect(csv(text)).rejects.toThrow(sentence);
    await expect(csv(text)).rejects.not.toThrow('EAASECRET');
  });
});

describe('the claims of a JSON file', () => {
  it('are a list, or what the HTTP API takes', async () => {
    const rows = [
      { line: 1, claim: { a: 1 } },
      { line: 2, claim: 3 },
    ];
    expect(await json('[{"a":1},3]')).toEqual(rows);
    expect(await json('\uFEFF{"claims":[{"a":1},3]}')).toEqual(rows);
  });

  it.each([
    ['{', 'The file is no valid JSON.'],
    ['{}', 'The file must hold a list of claims.'],
    ['3', 'The file must hold a list of claims.'],
  ])('are refused for %s', async (text, sentence) => {
    await expect(json(text)).rejects.toThrow(sentence);
  });
});

describe('an import of claims', () => {
  async function* rowsOf(count: number): AsyncGenerator<ClaimRow> {
    for (let line = 1; line <= count; line += 1) {
      await Promise.resolve();
      yield { line, claim: { line, pin: 'x' } };
    }
  }
  const lineOf = (claim: unknown) => (claim as { line: number }).line;
  /** A kit to which every tenth row is malformed, and every seventh a conflict. */
  function kit() {
    const calls: number[] = [];
    const add: ImportRowsDeps['import'] = (rows) => {
      calls.push(rows.length);
      const issues = rows.flatMap((row, index) =>
        lineOf(row) % 10 === 0
          ? [
              { path: `claims.${index}.pin`, message: 'must be six digits' },
              { path: `claims.${index}.wabaId`, message: 'must be digits' },
            ]
          : [],
      );
      if (issues.length > 0) return Promise.reject(new InvalidRequestError(issues));
      return Promise.resolve(
        rows.map((row) => ({
          phoneNumberId: '1',
          phoneNumber: '+1',
          outcome: lineOf(row) % 7 === 0 ? ('conflict' as const) : ('imported' as const),
        })),
      );
    };
    return { calls, add };
  }

  it('leaves out what is malformed, names its lines, and imports the rest', async () => {
    const { calls, add } = kit();
    const result = await importRows(rowsOf(600), {
      import: add,
      named: (field) => field,
      isStopped: () => false,
      onProgress: () => undefined,
    });
    expect(calls).toEqual([500, 450, 100, 90]);
    expect(result).toMatchObject({ imported: 463, known: 0 });
    expect(result.refused.view().map(({ code, message, rows }) => [code, message, rows])).toEqual([
      ['invalid_row', 'pin must be six digits', 60],
      ['conflict', 'Another customer has a live claim on this number. End that claim first.', 77],
    ]);
    expect(result.refused.view()[0]?.lines.slice(0, 2)).toEqual([
      [10, 10],
      [20, 20],
    ]);
  });

  it('says where it was interrupted, and what failed', async () => {
    const { add } = kit();
    let slices = 0;
    const stopped = await importRows(rowsOf(1_200), {
      import: add,
      named: (field) => field,
      isStopped: () => slices === 1,
      onProgress: () => (slices += 1),
    });
    expect(stopped.nextLine).toBe(501);
    let calls = 0;
    const failed = await importRows(rowsOf(1_200), {
      import: (rows) => {
        calls += 1;
        return calls > 2 ? Promise.reject(new Error('gone')) : add(rows);
      },
      named: (field) => field,
      isStopped: () => false,
      onProgress: () => undefined,
    });
    expect(failed).toMatchObject({ nextLine: 501, failure: new Error('gone') });
  });
});

describe('what is wrong with a row', () => {
  const same = (field: string) => field;
  const words = (row: unknown, field?: string, message = 'Invalid input: expected string', named = same) =>
    problemInWords({ field, message, row }, named);

  it('is said in the words of whoever has written it', () => {
    expect(words({}, 'wabaId')).toBe('wabaId is missing');
    expect(words({ wabaId: null }, 'wabaId')).toBe('wabaId is missing');
    expect(words({ wabaId: '' }, 'wabaId', 'must be digits', columnNamed)).toBe('waba_id is missing');
    expect(words({ wabaId: 12 }, 'wabaId')).toBe('wabaId must be a text: write it in quotes');
    expect(words({ wabaId: [] }, 'wabaId')).toBe('wabaId must be a text');
    expect(words(3, undefined, 'must be an object')).toBe('the row must be an object');
  });

  it('names the columns as the file has them', () => {
    const row = { tokenExpiresAt: '2026-01-31T12:00:00Z' };
    expect(words(row, 'tokenExpiresAt', 'belongs to an accessToken', columnNamed)).toBe(
      'token_expires_at belongs to an access_token',
    );
    expect(words(row, 'tokenExpiresAt', 'belongs to an accessToken')).toBe(
      'tokenExpiresAt belongs to an accessToken',
    );
  });
});
