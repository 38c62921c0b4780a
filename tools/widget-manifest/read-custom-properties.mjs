// The custom properties that the styles use, with their defaults.
// @ts-check
import ts from 'typescript';
import { oneLine } from './doc-comment.mjs';
import { walk } from './widget-source.mjs';

const property = /--embedded-signup-[\w-]+/g;

/**
 * @param {import('./widget-source.mjs').WidgetSource} source
 * @returns {Map<string, Set<string>>} the defaults that each has; none where `var()` names none
 */
export function readCustomProperties(source) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  for (const file of source.files())
    walk(file, (node) => {
      if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return;
      const text = node.getText();
      for (const match of text.matchAll(property)) {
        const defaults = found.get(match[0]) ?? new Set();
        found.set(match[0], defaults);
        const fallback = fallbackAt(text, match.index + match[0].length);
        if (fallback !== undefined) defaults.add(fallback);
      }
    });
  return found;
}

/**
 * @param {string} text
 * @param {number} start right after a property's name
 * @returns {string | undefined} what stands between the comma and the end of `var(…)`
 */
function fallbackAt(text, start) {
  if (!/^\s*,/.test(text.slice(start))) return undefined;
  const from = text.indexOf(',', start) + 1;
  let depth = 1;
  let end = from;
  for (; end < text.length && depth > 0; end += 1) {
    if (text[end] === '(') depth += 1;
    if (text[end] === ')') depth -= 1;
  }
  const fallback = oneLine(text.slice(from, end - 1));
  return fallback.includes('${') ? undefined : fallback;
}
