import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/cli/display-width.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { openStore } from '../support/databases.ts';
import { until } from '../torture/support/until.ts';
import { keptTerminal, withoutColours, type KeptTerminal } from './support/terminal.ts';

const day = 86_400_000;

let sim: Simulator;
let folder: string;
let database: string;
beforeEach(async () => {
  sim = await startSimulator();
  folder = await mkdtemp(join(tmpdir(), 'signup-terminal-'));
  database = join(folder, 'signup.db');
  await (await openStore(`sqlite:${database}`)).close();
  const now = Date.now();
  sim.seedNumbers({ phoneNumbers: ['+442071838750'], status: 'EXPIRED', verifiedAt: now - 93.5 * day });
  sim.seedNumbers({ phoneNumbers: ['+493012345678'], status: 'VERIFIED', verifiedAt: now - 60.5 * day });
  sim.seedNumbers({ phoneNumbers: ['+15550100001'], status: 'VERIFIED', verifiedAt: now - day / 2 });
  sim.seedNumbers({ phoneNumbers: ['+15550100002'], status: 'NOT_VERIFIED' });
});
afterEach(async () => {
  await sim.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command as a person would in a terminal. */
const run = (args: readonly string[], where: Parameters<typeof keptTerminal>[0] = { isTTY: true }) =>
  runAt(keptTerminal(where), args);

async function runAt(
  { written, terminal }: KeptTerminal,
  args: readonly string[],
  stdin: AsyncIterable<Uint8Array> = (async function* none() {})(),
) {
  const { meta } = sim;
  const code = await runCli(args, {
    terminal,
    signals: { gracefully: () => new AbortController().signal, heard: () => undefined },
    env: {
      USER: 'ann',
      META_APP_ID: meta.appId,
      META_APP_SECRET: sim.appSecret,
      META_CONFIG_ID: meta.configId,
      META_BUSINESS_ID: meta.businessId,
      META_SYSTEM_USER_TOKEN: sim.systemUserToken,
      META_GRAPH_URL: sim.url,
      META_SDK_URL: meta.sdkUrl,
      META_DIALOG_ORIGINS: meta.dialogOrigins.join(','),
      SIGNUP_DATABASE: `sqlite:${database}`,
      SIGNUP_SECRETS: '0123456789-0123456789-0123456789',
    },
    stdin,
    loggedInAs: () => undefined,
  });
  return { code, ...written };
}

describe('the pool in a terminal', () => {
  it('fits into 80 columns, with states in colours, days left, and what to do next', async () => {
    await run(['pool', 'sync']);
    const { code, out } = await run(['pool', 'list']);
    expect(code).toBe(0);
    const plain = withoutColours(out);
    const day45 = new Date(Date.now() + 44.5 * day).toISOString().slice(0, 10);
    expect(plain).toBe(
      [
        'NUMBER            CC  STATE       EXPIRES             NEXT',
        '+44 20 7183 8750  GB  lapsed      lapsed 3 days ago   request a code',
        '+49 30 12345678   DE  free        in 29 days          request a code to renew it',
        `+1 555-010-0001   US  free        in 89 days          nothing until ${day45}`,
        '+1 555-010-0002   US  unverified  dropped in 89 days  request a code',
        '',
      ].join('\n'),
    );
    for (const line of plain.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(out).toContain('\u001B[31mlapsed\u001B[0m');
    expect(out).toContain('\u001B[32mfree\u001B[0m');
  });

  it('has no colours with NO_COLOR', async () => {
    await run(['pool', 'sync']);
    const { out } = await run(['pool', 'list'], { isTTY: true, env: { NO_COLOR: '1' } });
    expect(out).not.toContain('\u001B');
  });

  it('shows everything in a wide one, the id included, and in a pipe', async () => {
    await run(['pool', 'sync']);
    const wide = withoutColours((await run(['pool', 'list'], { isTTY: true, columns: 120 })).out);
    expect(wide.split('\n')[0]).toMatch(/CC.*CUSTOMER +ID$/);
    expect((await run(['pool', 'list'], {})).out).toBe(wide);
  });

  it('shows at a glance how many numbers stand where, and which need a hand soon', async () => {
    sim.seedNumbers({
      phoneNumbers: ['+33123456789'],
      status: 'VERIFIED',
      verifiedAt: Date.now() - 80.5 * day,
    });
    await run(['pool', 'sync']);
    const lines = withoutColours((await run(['pool', 'overview'])).out).split('\n');
    expect(lines).toContain('3        free: it can be offered to a customer');
    expect(lines).toContain('1        lapsed: its verification is over');
    expect(lines).toContainEqual(expect.stringMatching(/^NUMBER +LAPSES +ID$/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^\+33 1 23 45 67 89 +in 9 days \(\d{4}-\d\d-\d\d\) +\d+$/),
    );
    expect(lines.join()).not.toContain('DROPPED');
  });

  it('names the share of a file only where that moves with the rows', async () => {
    const file = join(folder, 'long.csv');
    const lines = Array.from({ length: 85_000 }, (_none, n) => `+1415${2_000_000 + n}\n`);
    await writeFile(file, lines.join(''));
    const { err } = await run(['pool', 'import', file, '--dry-run']);
    const shares = [...err.matchAll(/: (\d+) rows, (\d+) % of the file;/g)].map(([, rows, share]) => ({
      rows: Number(rows),
      share: Number(share),
    }));
    expect(shares).toHaveLength(850);
    for (const { rows, share } of shares) {
      const done = (rows / lines.length) * 100;
      expect(share).toBeLessThanOrEqual(done);
      expect(share).toBeGreaterThan(done - 8);
    }
  });

  it.each([
    { group: 'pool', first: 100, header: '', row: (n: number) => `+1415${2_000_000 + n}\n` },
    {
      group: 'claims',
      first: 500,
      header: 'customer_id,waba_id,phone_number_id,phone_number\n',
      row: (n: number) => `c${n},1,${n + 1},+1415${2_000_000 + n}\n`,
    },
  ])(
    'says on that line that an import into the $group waits for a lock, and goes on then',
    async ({ group, first, header, row }) => {
      const kept = keptTerminal({ isTTY: true });
      const lines = Array.from({ length: first + 50 }, (_none, n) => row(n));
      const other = new Database(database, { timeout: 10_000 });
      async function* stdin() {
        yield Buffer.from(header + lines.slice(0, first).join(''));
        // Asked for more, it has done these: nothing is under way.
        other.exec('begin immediate');
        yield Buffer.from(lines.slice(first).join(''));
      }
      const ended = runAt(kept, [group, 'import', '-', '--json'], stdin());
      await until('it waits', () =>
        kept.written.err.includes('the database is locked or away: trying again,'),
      );
      other.exec('rollback');
      other.close();
      const { code, out } = await ended;
      expect(code).toBe(0);
      const summary = JSON.parse(out) as { added?: number; imported?: number; known: number }; // as it prints it
      expect(summary).toMatchObject({ complete: true, refused: [] });
      expect((summary.added ?? summary.imported ?? 0) + summary.known).toBe(lines.length);
      const calls = sim.requests({ method: 'POST', path: '/*/add_phone_numbers' });
      expect(calls).toHaveLength(group === 'pool' ? lines.length : 0);
    },
  );

  it('leaves columns out of a very narrow one, and cuts no number', async () => {
    await run(['pool', 'sync']);
    const linesAt = async (columns: number) =>
      withoutColours((await run(['pool', 'list'], { isTTY: true, columns })).out)
        .trimEnd()
        .split('\n');
    for (const columns of [30, 40, 50, 60, 70]) {
      for (const line of await linesAt(columns)) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    }
    expect((await linesAt(60))[0]).toMatch(/^NUMBER +STATE +EXPIRES +NEXT$/);
    expect((await linesAt(40))[1]).toBe('+44 20 7183 8750  lapsed');
  });

  it('shows on one line how far an import is, and takes the line away', async () => {
    const file = join(folder, 'numbers.csv');
    await writeFile(file, Array.from({ length: 250 }, (_none, n) => `+1415${2_000_000 + n}\n`).join(''));
    const { code, out, err } = await run(['pool', 'import', file]);
    expect(code).toBe(0);
    const steps = err.split('\r\u001B[K').filter((line) => line !== '');
    expect(steps).toEqual([
      'importing: 100 rows; 100 good, 0 refused',
      'importing: 200 rows; 200 good, 0 refused',
      'importing: 250 rows; 250 good, 0 refused',
    ]);
    expect(err.endsWith('\r\u001B[K')).toBe(true);
    expect(withoutColours(out)).toMatch(/^added +250$/m);
  });
});
