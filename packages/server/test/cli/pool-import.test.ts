import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines, type TestDatabase } from '../support/databases.ts';
import { until } from '../torture/support/until.ts';
import { expectEachOnce, fileOf, inPool, phoneOf, startImport, summaryOf } from './support/importing.ts';
import { poolWorld, type PoolWorld } from './support/pool-world.ts';
import { bundleCli, type Program } from './support/program.ts';

const isLong = process.env['TEST_LONG'] === '1';
const many = isLong ? 10_000 : 300;

let cli: Program;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(async () => {
  cli.refuseLeaks();
  await cli.remove();
});

let database: TestDatabase;
let world: PoolWorld;
afterEach(async () => {
  await world.close();
  await database.drop();
});

async function open(engine = engines[0]): Promise<void> {
  if (engine === undefined) throw new Error('no engine');
  database = await engine.create();
  world = await poolWorld(cli, database.address);
}

describe('pool import', { timeout: 60_000 }, () => {
  it('adds the rows that are numbers, and names the lines of the others by reason', async () => {
    await open();
    const file = await cli.write(
      'mixed.csv',
      '\uFEFFname;"phone number"\r\nAda;+1 415 555 0001\r\n"Bea; B";"+1 (415) 555-0002"\r\nCem;12\r\nDea;oops\r\n\r\nEda;+14155550001\r\nFay;\r\n',
    );
    const end = await world.run('pool', 'import', file);
    expect(end.code).toBe(3);
    expect(inPool(world).toSorted()).toEqual(['+14155550001', '+14155550002']);
    const [counts, reasons = ''] = end.out.split('\n\n');
    expect(counts).toBe('added          2\nknown already  1\nrefused        3');
    const lines = reasons.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^ROWS +LINES +WHY$/);
    expect(lines[1]).toMatch(/^1 +4 +It has no calling code\. /);
    expect(lines[2]).toMatch(/^2 +5, 8 +It is no telephone number\. /);
    const again = await world.run('pool', 'import', file, '--json');
    expect(summaryOf(again)).toMatchObject({ rows: 6, added: 0, known: 3, complete: true });
    expect(summaryOf(again).refused).toMatchObject([
      { code: 'invalid_number', rows: 1, lines: [[4, 4]] },
      {
        code: 'invalid_number',
        rows: 2,
        lines: [
          [5, 5],
          [8, 8],
        ],
      },
    ]);
  });

  it('says of each row why: a number without a calling code is told so beside one that is too short', async () => {
    await open();
    const file = await cli.write('ways.csv', '+1\n030 12345678\noops\n040 12345678\n');
    const { refused } = summaryOf(await world.run('pool', 'import', file, '--json'));
    expect(refused).toHaveLength(3);
    const [short, national, word] = refused;
    expect(short?.message).toMatch(/too short|no telephone number/);
    expect(national).toMatchObject({ code: 'invalid_number', rows: 2 });
    expect(national?.message).toMatch(/^It has no calling code\./);
    expect(word?.message).toMatch(/^It is no telephone number\./);
  });

  it.each([
    ['an empty file', ''],
    ['a header only', 'phone\n'],
  ])('says that there was no row in %s', async (_what, text) => {
    await open();
    const file = await cli.write('empty.csv', text);
    for (const end of [
      await world.run('pool', 'import', file),
      await world.run('pool', 'import', file, '--dry-run', '--json'),
      await cli.run(['pool', 'import', '-', '--config', world.config], {}, text),
    ]) {
      expect(end).toMatchObject({ code: 0, err: 'There was no row in it.\n' });
    }
  });

  it('reads from stdin, and as numbers are written in a country', async () => {
    await open();
    const args = ['pool', 'import', '-', '--country', 'de', '--json', '--config', world.config];
    const end = await cli.run(args, {}, '030 12345678\n0049 30 12345679\n');
    expect(end).toMatchObject({ code: 0, err: '' });
    expect(inPool(world).toSorted()).toEqual(['+493012345678', '+493012345679']);
  });

  it('checks without asking Meta or the database, and without options', async () => {
    await open();
    const file = await cli.write('dry.csv', `phone\n${phoneOf(1)}\n12\n`);
    const end = await cli.run(['pool', 'import', file, '--dry-run', '--json']);
    expect(end.code).toBe(3);
    expect(JSON.parse(end.out)).toMatchObject({ rows: 2, possible: 1, complete: true });
    expect(world.sim.requests()).toEqual([]);
  });

  it(
    'takes as little memory for a long file as for a short one',
    async () => {
      await open();
      const count = isLong ? 1_000_000 : 5_000;
      // Every third is no number.
      const line = (n: number) => (n % 3 === 0 ? `no number ${n}\n` : `${phoneOf(n)}\n`);
      const file = await cli.write('long.csv', Array.from({ length: count }, (_none, n) => line(n)).join(''));
      const end = await cli.start(['pool', 'import', file, '--dry-run', '--json'], {
        NODE_OPTIONS: '--max-old-space-size=32',
      }).ended;
      expect(end.err).toBe('');
      const { rows, refused } = summaryOf(end);
      expect(rows).toBe(count);
      expect(refused[0]).toMatchObject({ rows: Math.ceil(count / 3), lines: { length: 1_000 } });
    },
    isLong ? 900_000 : 60_000,
  );

  it.each([
    ['missing.csv', undefined, 'missing.csv is not there.'],
    ['two.csv', 'a,b\nc,d\n', 'none is called phone, phone_number or number'],
    ['picture.csv', '\u0089PNG\r\n\u001A\n\0\0\0\rIHDR', 'The file is no text. Save it as CSV in UTF-8.'],
    ['quote.csv', '"+1\n', 'A quote in line 1 is not closed.'],
  ])('says what is wrong with %s', async (name, text, sentence) => {
    await open();
    if (text !== undefined) await cli.write(name, text);
    const end = await world.run('pool', 'import', name);
    expect(end).toMatchObject({ code: 1, out: '' });
    expect(end.err).toContain(sentence);
  });

  it('stops when Meta throttles, says where and why, and goes on when it is run again', async () => {
    await open();
    const file = await fileOf(cli, 250);
    world.sim.setFaults([
      {
        match: { path: '/*/add_phone_numbers' },
        after: 130,
        times: 'always',
        fault: { kind: 'throttled', code: 4, regainMinutes: 5 },
      },
    ]);
    const end = await world.run('pool', 'import', file, '--json');
    expect(end.code).toBe(3);
    expect(end.err).toMatch(/^error: Stopped before line \d+: .+ Run it again for the rest\.\n$/m);
    expect(summaryOf(end)).toMatchObject({ added: 130, complete: false });
    world.sim.setFaults([]);
    const again = summaryOf(await world.run('pool', 'import', file, '--json'));
    expect(again).toMatchObject({ added: 120, known: 130, complete: true });
    expect(new Set(inPool(world)).size).toBe(250);
  });

  it('ends after the calls that are under way when it is interrupted, and does the rest the next time', async () => {
    await open();
    const file = await fileOf(cli, many);
    const running = startImport(cli, file, world.config);
    await until('it has begun', () => inPool(world).length > 20, { every: 2 });
    running.signal('SIGINT');
    const end = await running.ended;
    expect(end.code).toBe(130);
    expect(end.err).toMatch(/^Interrupted before line \d+\. What is done stays done\./);
    const { added, nextLine = 0, complete } = summaryOf(end);
    expect(complete).toBe(false);
    // Nothing is under way any more: what it says is what Meta has.
    expect(added).toBe(inPool(world).length);
    expect(nextLine).toBeLessThanOrEqual(added + 1);
    expect(added).toBeLessThan(many);

    const again = await startImport(cli, file, world.config).ended;
    expect(again.code).toBe(0);
    expect(summaryOf(again)).toMatchObject({ added: many - added, known: added, complete: true });
    expectEachOnce(world, many);
  });
});
