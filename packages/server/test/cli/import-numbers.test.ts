import { describe, expect, it } from 'vitest';
import { importNumbers, type ImportNumbersDeps } from '../../src/cli/pool/import-numbers.ts';
import { phoneRows, type PhoneRow } from '../../src/cli/pool/phone-rows.ts';
import type { CsvRecord } from '../../src/cli/csv/read-csv.ts';
import { mostRanges } from '../../src/cli/line-ranges.ts';

type Answer = Awaited<ReturnType<ImportNumbersDeps['add']>>[number];

async function* rowsOf(count: number): AsyncGenerator<PhoneRow> {
  for (let line = 1; line <= count; line += 1) {
    await Promise.resolve();
    yield { line, phoneNumber: `+1555${String(line).padStart(7, '0')}` };
  }
}

/** Imports with a pool that answers as it is told. */
function importing(
  count: number,
  answer: (phoneNumber: string, call: number) => Omit<Answer, 'given'>,
  over: Partial<ImportNumbersDeps> = {},
) {
  const slices: string[][] = [];
  const waits: number[] = [];
  const told: [numbers: number, ms: number][] = [];
  const result = importNumbers(rowsOf(count), {
    add: (phoneNumbers) => {
      slices.push([...phoneNumbers]);
      return Promise.resolve(phoneNumbers.map((given) => ({ given, ...answer(given, slices.length) })));
    },
    isStopped: () => false,
    onProgress: () => undefined,
    onWait: (...wait) => told.push(wait),
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    now: () => 0,
    ...over,
  });
  return { slices, waits, told, result };
}

const reason = (code: string) => ({ code, message: `It is ${code}.` });

describe('an import of numbers', () => {
  it('adds them in slices, in order, and counts what became of them', async () => {
    const { slices, result } = importing(250, (given) =>
      given.endsWith('7')
        ? { outcome: 'known', id: '1' }
        : given.endsWith('3')
          ? { outcome: 'refused', reason: reason('graph:100') }
          : { outcome: 'added', id: '1' },
    );
    const { rows, added, known, refused, nextLine } = await result;
    expect([rows, added, known, refused.count(), nextLine]).toEqual([250, 200, 25, 25, undefined]);
    expect(slices.map((slice) => slice.length)).toEqual([100, 100, 50]);
    const [group] = refused.view();
    expect(group).toMatchObject({ code: 'graph:100', message: 'It is graph:100.', rows: 25 });
    expect(group?.lines.slice(0, 2)).toEqual([
      [3, 3],
      [13, 13],
    ]);
  });

  it('ends at the first slice that was stopped by what concerns all numbers, and names why and where', async () => {
    const { slices, result } = importing(1_000, (given, call) =>
      call === 3 && Number(given.slice(-3)) > 240
        ? { outcome: 'stopped', reason: reason('graph:throttled') }
        : { outcome: 'added' },
    );
    expect(await result).toMatchObject({
      added: 240,
      nextLine: 241,
      stoppedBy: { code: 'graph:throttled' },
    });
    expect(slices).toHaveLength(3);
  });

  it('says where it was interrupted, and gives no reason of Meta’s', async () => {
    let stopped = false;
    const { result } = importing(
      1_000,
      (given, call) => {
        stopped = call === 2;
        return stopped && Number(given.slice(-3)) > 150
          ? { outcome: 'stopped', reason: reason('interrupted') }
          : { outcome: 'added' };
      },
      { isStopped: () => stopped },
    );
    const end = await result;
    expect(end).toMatchObject({ added: 150, nextLine: 151 });
    expect(end.stoppedBy).toBeUndefined();
  });

  it('does not begin a slice after it was interrupted', async () => {
    const { slices, result } = importing(1_000, () => ({ outcome: 'added' }), { isStopped: () => true });
    expect(await result).toMatchObject({ added: 0, nextLine: 1 });
    expect(slices).toEqual([]);
  });

  it('tries those once more at the end that somebody else was adding, when their time has come', async () => {
    const { slices, waits, told, result } = importing(150, (given, call) =>
      call === 1 && given.endsWith('42')
        ? { outcome: 'stopped', reason: reason('being_added'), retryAt: 15_000 }
        : { outcome: 'added' },
    );
    expect(await result).toMatchObject({ rows: 150, added: 150 });
    expect(waits).toEqual([15_000]);
    expect(told).toEqual([[1, 15_000]]);
    expect(slices.at(-1)).toEqual(['+15550000042']);
  });

  it('reports those that are being added still, and goes on with the others', async () => {
    const { result } = importing(150, (given) =>
      given.endsWith('42') ? { outcome: 'stopped', reason: reason('being_added') } : { outcome: 'added' },
    );
    const { refused, added, nextLine } = await result;
    expect([added, refused.count(), nextLine]).toEqual([148, 2, undefined]);
  });

  it('keeps what is done when the database goes away, and says where', async () => {
    const gone = new Error('gone');
    let calls = 0;
    const { result } = importing(300, () => ({ outcome: 'added' }), {
      add: (numbers) => {
        calls += 1;
        return calls === 3
          ? Promise.reject(gone)
          : Promise.resolve(numbers.map((given) => ({ given, outcome: 'added' as const })));
      },
    });
    expect(await result).toMatchObject({ added: 200, nextLine: 201, failure: gone });
  });

  it('keeps what is done when the file turns out to be broken, and says behind which line', async () => {
    const broken = new Error('a quote is not closed');
    async function* rows(): AsyncGenerator<PhoneRow> {
      yield* rowsOf(100);
      throw broken;
    }
    const end = await importNumbers(rows(), {
      add: (numbers) => Promise.resolve(numbers.map((given) => ({ given, outcome: 'added' as const }))),
      isStopped: () => false,
      onProgress: () => undefined,
      onWait: () => undefined,
      wait: () => Promise.resolve(),
      now: () => 0,
    });
    expect(end).toMatchObject({ added: 100, nextLine: 101, failure: broken });
  });

  it('fails when nothing was done', async () => {
    const { result } = importing(1, () => ({ outcome: 'added' }), {
      add: () => Promise.reject(new Error('gone')),
    });
    await expect(result).rejects.toThrow('gone');
  });

  it('keeps little of rows that are all refused, and says how many there are', async () => {
    const { result } = importing(10_000, (given) =>
      Number(given) % 2 === 0
        ? { outcome: 'refused', reason: reason(`graph:${given}`) }
        : { outcome: 'invalid', reason: reason('invalid_number') },
    );
    const { refused } = await result;
    const view = refused.view();
    expect(refused.count()).toBe(10_000);
    expect(view.length).toBeLessThanOrEqual(101);
    for (const { lines } of view) expect(lines.length).toBeLessThanOrEqual(mostRanges);
    expect(view.reduce((sum, { rows }) => sum + rows, 0)).toBe(10_000);
  });
});

describe('the column of the numbers', () => {
  async function* records(...rows: string[][]): AsyncGenerator<CsvRecord> {
    for (const [index, fields] of rows.entries()) {
      await Promise.resolve();
      yield { line: index + 1, fields };
    }
  }
  const numbers = async (...rows: string[][]) => {
    const found: string[] = [];
    for await (const { line, phoneNumber } of phoneRows(records(...rows)))
      found.push(`${line} ${phoneNumber}`);
    return found;
  };

  it.each(['phone', 'Phone Number', 'phone_number', 'NUMBER', 'phoneNumber', 'phone-number'])(
    'may be called %s',
    async (name) => {
      expect(await numbers(['x', name], ['a', '+1'], ['b'])).toEqual(['2 +1', '3 ']);
    },
  );

  it.each(['phone', 'phone_number', 'telephone'])(
    'is called %s rather than number, wherever that stands',
    async (name) => {
      expect(await numbers(['number', name], ['1', '+1'])).toEqual(['2 +1']);
      expect(await numbers([name, 'number'], ['+1', '1'])).toEqual(['2 +1']);
    },
  );

  it('is the only one where there is one, and then the first line is a number as well', async () => {
    expect(await numbers(['+1'], ['+2'])).toEqual(['1 +1', '2 +2']);
    expect(await numbers(['Rufnummer'], ['+2'])).toEqual(['1 Rufnummer', '2 +2']);
  });

  it('is the first one with a number where the file has no header', async () => {
    expect(await numbers(['Ada', '+1 555-010-0001'], ['Bea', '+1 555-010-0002'])).toEqual([
      '1 +1 555-010-0001',
      '2 +1 555-010-0002',
    ]);
  });

  it('has to be named where nobody can tell', async () => {
    await expect(numbers(['a', 'b'])).rejects.toThrow('none is called phone, phone_number or number');
  });
});
