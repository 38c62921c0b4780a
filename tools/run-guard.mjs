// What every guard script does when it is run by itself: print its findings, fail when there are any.
// @ts-check
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * @param {string} moduleUrl the guard's `import.meta.url`; nothing happens when the guard was only imported
 * @param {(root: string) => string[]} findProblems
 */
export function runGuard(moduleUrl, findProblems) {
  if (process.argv[1] === undefined || moduleUrl !== pathToFileURL(process.argv[1]).href) return;
  const problems = findProblems(fileURLToPath(new URL('..', import.meta.url)));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
