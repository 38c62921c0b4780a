// The files people wrote: everything below a folder except what is installed, built or made by running.
// Walks the disk instead of asking git, so that new files count before they are added.
// @ts-check
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const ignored = new Set(['node_modules', 'dist', 'data', 'coverage', '.git']);

/**
 * @param {string} root
 * @param {RegExp} wanted tested against the path from `root`, with `/`
 * @returns {string[]} sorted paths from `root`
 */
export function sourceFiles(root, wanted) {
  const found = [...walk(root, '')].filter((path) => wanted.test(path));
  return found.toSorted();
}

/** @param {string} root @param {string} folder @returns {Generator<string>} */
function* walk(root, folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && !ignored.has(entry.name)) yield* walk(root, path);
    else if (entry.isFile()) yield path;
  }
}
