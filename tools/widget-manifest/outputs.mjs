// What is written, and where: the manifest, the React types and the page with the tables.
// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { differences } from './differences.mjs';
import { insertTables } from './insert-tables.mjs';
import { readWidget } from './read-widget.mjs';
import { elementOf, toManifest } from './to-manifest.mjs';
import { toReact } from './to-react.mjs';
import { toTables } from './to-tables.mjs';

const folder = 'packages/widget';
const page = 'docs/widget.md';

/**
 * @param {string} root
 * @returns {Promise<{ files: Map<string, string>, problems: string[] }>} contents by path from `root`, and one
 *   sentence for each thing that must be put right before they are worth anything
 */
export async function outputs(root) {
  const widget = readWidget(join(root, folder));
  const element = elementOf(widget);
  const pretty = async (/** @type {string} */ path, /** @type {string} */ text) =>
    format(text, { ...(await resolveConfig(join(root, path))), filepath: path });

  /** @type {Record<string, string>} */
  const tables = {};
  for (const [name, table] of Object.entries(toTables(widget, element)))
    tables[name] = await pretty(page, table);
  const before = existsSync(join(root, page)) ? readFileSync(join(root, page), 'utf8') : '';
  const inserted = insertTables(before, tables);

  const problems = [...differences(widget), ...inserted.problems.map((problem) => `${page} ${problem}`)];
  const files = new Map([[page, inserted.page]]);
  if (problems.length === 0) {
    const json = `${folder}/custom-elements.json`;
    const react = `${folder}/src/react/index.ts`;
    files.set(json, await pretty(json, JSON.stringify(toManifest(widget))));
    files.set(react, await pretty(react, toReact(element)));
  }
  return { files, problems };
}

/**
 * @param {string} root
 * @param {Map<string, string>} files
 * @returns {string[]} the paths whose file is missing or holds something else
 */
export function outdated(root, files) {
  return [...files]
    .filter(
      ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text,
    )
    .map(([path]) => path);
}
