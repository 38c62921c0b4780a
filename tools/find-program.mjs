// Looks a program up by name on PATH, and expands the one `*` a well-known folder may contain.
// @ts-check
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string[]} the folders of PATH */
export function pathFolders() {
  return (process.env.PATH ?? '').split(delimiter).filter(Boolean);
}

/**
 * A versioned folder, written with `*` for its number, gives every installed version, the newest first.
 * @param {string} pattern
 * @returns {string[]}
 */
export function expandFolder(pattern) {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return [pattern];
  const parent = before.slice(0, before.lastIndexOf('/') + 1);
  const prefix = before.slice(parent.length);
  try {
    return readdirSync(parent)
      .filter((name) => name.startsWith(prefix))
      .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map((name) => join(parent, name + after));
  } catch {
    return [];
  }
}
