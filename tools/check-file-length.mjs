// A file that must be scrolled is two files: nobody keeps a rule about length that is not run.
// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGuard } from './run-guard.mjs';
import { sourceFiles } from './source-files.mjs';

const limits = [
  // Bundles of earlier versions, which run beside this one in a test, are read by nobody.
  { files: /^(packages|examples)\/[^/]+\/test\/(?!upgrade\/nodes\/).*\.(ts|mjs|js)$/, lines: 400 },
  { files: /^(journeys|tools\/test)\/.*\.(ts|mjs|js)$/, lines: 400 },
  { files: /^packages\/[^/]+\/src\/.*\.(ts|mjs|js)$/, lines: 220 },
  { files: /^(examples|tools)\/.*\.(ts|mjs|js)$/, lines: 220 },
];

/** @param {string} root @returns {string[]} one sentence per file that is too long */
export function longFiles(root) {
  return sourceFiles(root, /\.(ts|mjs|js)$/).flatMap((path) => {
    const limit = limits.find(({ files }) => files.test(path));
    if (limit === undefined) return [];
    const lines = readFileSync(join(root, path), 'utf8').split('\n').length - 1;
    if (lines <= limit.lines) return [];
    return [
      `${path} has ${lines} lines, ${limit.lines} are allowed: move one of its ideas to a file of its own.`,
    ];
  });
}

runGuard(import.meta.url, longFiles);
