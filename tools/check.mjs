// `pnpm check`: everything that can be said about the code without running it. Goes through all steps, then fails if one did.
// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @typedef {{ name: string, program: string, args: string[] }} Step */

/** @type {Step[]} */
const steps = [
  ...typedFolders().map((folder) => step(`types in ${folder}`, bin('typescript', 'tsc'), ['-p', folder])),
  step('lint', bin('oxlint'), ['.']),
  step('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']),
  step('imports', bin('dependency-cruiser', 'depcruise'), [
    '--config',
    '.dependency-cruiser.mjs',
    ...['packages', 'examples', 'journeys'].filter((folder) => existsSync(join(root, folder))),
  ]),
  step('file length', 'tools/check-file-length.mjs'),
  step('forbidden text', 'tools/check-forbidden-text.mjs'),
  step('hidden inputs', 'tools/check-hidden-inputs.mjs'),
  step('manifest of the widget', 'tools/widget-manifest/write.mjs', ['--check']),
];

/** @type {string[]} */
const failed = [];
const left = steps.values();
await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, goThrough));
console.error(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Does what is left, one step after the other; several do so beside each other. */
async function goThrough() {
  for (const { name, program, args } of left) {
    const started = performance.now();
    const { code, output } = await runCommand(process.execPath, [program, ...args], { cwd: root });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.error(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (code === 0) continue;
    failed.push(name);
    console.error(indent(output));
  }
}

/** @param {string} name @param {string} program @param {string[]} [args] @returns {Step} */
function step(name, program, args = []) {
  return { name, program, args };
}

/** @returns {string[]} every folder with a tsconfig.json */
function typedFolders() {
  const children = (/** @type {string} */ parent) =>
    existsSync(join(root, parent)) ? readdirSync(join(root, parent)).map((name) => `${parent}/${name}`) : [];
  return [
    ...children('packages'),
    ...children('examples'),
    'journeys',
    'tools',
    'tools/test/react-types',
  ].filter((folder) => existsSync(join(root, folder, 'tsconfig.json')));
}

/**
 * The program of an installed package, to be run by this Node: no shell, so a path with spaces is no trouble.
 * @param {string} name
 * @param {string} [program]
 */
function bin(name, program = name) {
  const folder = join(root, 'node_modules', name);
  // Read, not imported: most packages do not export it.
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[program]);
}

/** @param {string} text */
function indent(text) {
  return text.trimEnd().replaceAll(/^/gm, '       ');
}
