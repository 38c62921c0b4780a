// `pnpm test`: everything, on a machine with nothing prepared. Arguments go to Vitest: `pnpm test packages/server`.
// `pnpm test:long` runs the same tests with the full counts of their random and fault runs: TEST_LONG=1 says so to them.
// Never passes by leaving something out: a skipped test, or none at all, is a failure.
// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackages } from './build-packages.mjs';
import { canConnect } from './can-connect.mjs';
import { findChromium } from './find-chromium.mjs';
import { findPostgres } from './find-postgres.mjs';
import { summarize } from './summarize-tests.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.slice(2).filter((arg) => arg !== '--');
const args = given.filter((arg) => arg !== '--long');
if (given.includes('--long')) process.env.TEST_LONG = '1';
const chosen = args.filter((arg) => /^(\.\/)?(packages|examples|journeys|tools)\b/.test(arg));
const isNeeded = (/** @type {string} */ names) =>
  chosen.length === 0 || chosen.some((path) => new RegExp(`\\b(${names})\\b`).test(path));

try {
  await findServers();
  if (!(await buildPackages(chosen))) throw new Error('The build failed; nothing was tested.');
  process.exitCode = await runTests();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Before the build, so that a machine that cannot run the tests says so at once. */
async function findServers() {
  if (isNeeded('server|journeys|examples')) {
    const running = process.env.TEST_POSTGRES_URL;
    if (running) {
      const problem = await canConnect(running);
      if (problem) throw new Error(`TEST_POSTGRES_URL names a server that does not let us in: ${problem}`);
    } else process.env.POSTGRES_BIN = await findPostgres();
    console.error(`PostgreSQL: ${running ? 'TEST_POSTGRES_URL' : process.env.POSTGRES_BIN}`);
  }
  if (isNeeded('widget|journeys|examples')) {
    process.env.CHROMIUM_PATH = (await findChromium()).executablePath;
    console.error(`Chromium: ${process.env.CHROMIUM_PATH}`);
  }
}

/** @returns {Promise<number>} the exit code */
async function runTests() {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const folder = await mkdtemp(join(tmpdir(), 'signup-test-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await runToEnd([vitest, 'run', ...reporters, ...args]);
    const written = await readFile(report, 'utf8').catch(() => undefined);
    if (written === undefined) throw new Error('Vitest ended without a report.');
    const { line, problem, exitCode } = summarize(JSON.parse(written), {
      code,
      byName: args.some((arg) => /^(-t|--testNamePattern)/.test(arg)),
    });
    if (problem !== undefined) console.error(problem);
    console.log(line);
    return exitCode;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string[]} command @returns {Promise<number>} */
async function runToEnd(command) {
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit' });
  // A terminal's Ctrl-C reaches Vitest by itself, other signals do not; either way this process stays to tidy up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  return code ?? 130;
}
