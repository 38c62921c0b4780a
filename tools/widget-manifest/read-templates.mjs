// The parts and slots that the templates draw.
// @ts-check
import ts from 'typescript';
import { flat, readTexts } from './read-texts.mjs';
import { walk } from './widget-source.mjs';

const part = /\spart=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g;
const slot = /<slot\b([^>]*)>/g;
const slotName = /\sname=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/;

/**
 * @param {import('./widget-source.mjs').WidgetSource} source
 * @returns {{ parts: Set<string>, slots: Set<string>, unread: string[] }} `unread`: `file: expression`
 */
export function readTemplates(source) {
  /** @type {Set<string>} */
  const parts = new Set();
  /** @type {Set<string>} */
  const slots = new Set();
  const { inTemplate, unread } = readTexts(source);
  for (const file of source.files())
    walk(file, (node) => {
      if (!ts.isTaggedTemplateExpression(node) || !['html', 'svg'].includes(node.tag.getText())) return;
      const { text, holes } = flat(node.template);
      for (const [, double, single, bare] of text.matchAll(part))
        for (const value of inTemplate(double ?? single ?? bare ?? '', holes))
          for (const name of value.split(/\s+/).filter(Boolean)) parts.add(name);
      for (const [, rest = ''] of text.matchAll(slot)) {
        const [, double, single, bare] = slotName.exec(rest) ?? [];
        for (const name of inTemplate(double ?? single ?? bare ?? '', holes)) slots.add(name);
      }
    });
  return { parts, slots, unread: [...unread] };
}
