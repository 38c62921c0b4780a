// Text that must not be in the repository, because each of these once slipped past a review somewhere.
// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGuard } from './run-guard.mjs';
import { sourceFiles } from './source-files.mjs';

const code = /\.(ts|tsx|mjs|cjs|js)$/;
const tests = /(^|\/)(test|journeys)\/.*\.(ts|mjs|js)$/;
const anything = /\.(ts|tsx|mjs|cjs|js|json|jsonc|md|yml|yaml|html|css|sh)$|(^|\/)(Dockerfile|run|\.npmrc)$/;

const forbidden = [
  {
    in: /(^|\/)package\.json$/,
    text: /"packageManager"\s*:/,
    why: 'the packageManager field breaks most ways to start pnpm; remove it',
  },
  {
    in: code,
    text: /@ts-(ignore|nocheck)\b/,
    why: 'use @ts-expect-error with a reason, which notices when it is no longer needed',
  },
  { in: code, text: /\bdebugger;/, why: 'left over from debugging' },
  {
    in: tests,
    text: /\b(it|test|describe|suite|bench)(\.\w+)*\.(only|skip|skipIf|runIf|todo|fails)\b/,
    why: 'every test runs, always',
  },
  {
    in: anything,
    text: /(?<![\w.~-])\/(home|Users)\/[\w.-]+\/|(?<![\w./~-])\/(root|work)\/[\w.]|\b[A-Z]:\\Users\\/,
    why: 'a path of somebody’s machine',
  },
  {
    in: anything,
    text: /\bregistry\.(npmjs\.org|npmmirror\.com|yarnpkg\.com)|\bdeb\.debian\.org/,
    why: 'a registry belongs into the configuration of the machine that needs it',
  },
  { in: anything, text: /^(<{7} |>{7} |={7}$)/m, why: 'an unfinished merge' },
];

/** @param {string} root @returns {string[]} one sentence per place */
export function forbiddenText(root) {
  return sourceFiles(root, anything).flatMap((path) => {
    const rules = forbidden.filter((rule) => rule.in.test(path));
    if (rules.length === 0) return [];
    const content = readFileSync(join(root, path), 'utf8');
    return rules.flatMap(({ text, why }) => {
      const match = text.exec(content);
      if (match === null) return [];
      return [`${path}:${content.slice(0, match.index).split('\n').length} "${match[0].trim()}": ${why}.`];
    });
  });
}

runGuard(import.meta.url, forbiddenText);
