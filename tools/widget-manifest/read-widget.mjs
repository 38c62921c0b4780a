// All that the manifest, the React types and the tables are made of.
// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readClass } from './read-class.mjs';
import { readCodes } from './read-codes.mjs';
import { readCustomProperties } from './read-custom-properties.mjs';
import { readEvents } from './read-events.mjs';
import { readStatuses } from './read-statuses.mjs';
import { readTemplates } from './read-templates.mjs';
import { widgetSource } from './widget-source.mjs';

/** @typedef {ReturnType<typeof readWidget>} Widget */

/** @param {string} folder the widget's package */
export function readWidget(folder) {
  const source = widgetSource(folder);
  const manifest = join(folder, 'package.json');
  return {
    element: readClass(source),
    events: readEvents(source),
    statuses: readStatuses(source),
    codes: readCodes(source),
    drawn: readTemplates(source),
    properties: readCustomProperties(source),
    /** Where the built modules lie: `.` and `./element`. */
    modules: existsSync(manifest)
      ? modules(JSON.parse(readFileSync(manifest, 'utf8')))
      : { index: '', element: '' },
  };
}

/** @param {{ exports?: Record<string, { default?: string }> }} manifest */
function modules({ exports = {} }) {
  const path = (/** @type {string} */ entry) => (exports[entry]?.default ?? '').replace(/^\.\//, '');
  return { index: path('.'), element: path('./element') };
}

/** @param {string} name of an attribute @returns {string} the field of the same name */
export function fieldOf(name) {
  return name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
}
