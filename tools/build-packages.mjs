// Builds the workspace, one line per package, and shows a build's own output only when it fails.
// @ts-check
import { fileURLToPath } from 'node:url';
import { pnpmCommand } from './pnpm-command.mjs';
import { runCommand } from './run-command.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {readonly string[]} [paths] only what the packages of these paths need; none means all
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function buildPackages(paths = []) {
  const filters = filtersFor(paths);
  if (paths.length > 0 && filters?.length === 0) return true;
  const started = performance.now();
  console.error('Building the packages …');
  const [program, args] = pnpmCommand([
    ...(filters ?? ['--recursive']),
    '--reporter=append-only',
    'run',
    '--if-present',
    'build',
  ]);
  const { code, output } = await runCommand(program, args, { cwd: root }, (line) => {
    const done = /^(\S+) build: Done/.exec(line)?.[1];
    if (done !== undefined) console.error(`  ${done}`);
  });
  if (code !== 0) console.error(output.trimEnd());
  else console.error(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return code === 0;
}

/**
 * Each package that a path belongs to, with the workspace packages it depends on.
 * @param {readonly string[]} paths
 * @returns {string[] | undefined} undefined when that means all of them
 */
function filtersFor(paths) {
  /** @type {string[]} */
  const filters = [];
  for (const path of paths) {
    const folder = /^(?:\.\/)?((?:packages|examples)\/[^/]+|journeys|tools)/.exec(path)?.[1];
    if (folder === undefined) return undefined;
    if (folder !== 'tools') filters.push('--filter', `{./${folder}}...`);
  }
  return paths.length > 0 ? filters : undefined;
}
