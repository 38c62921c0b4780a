// The statuses, which are custom states too, and the claim statuses that each is shown for.
// @ts-check
import ts from 'typescript';
import { constant, docOf, nameOf, plain } from './widget-source.mjs';

/** @typedef {{ name: string, description: string, claims: string[] }} Status */

/** @param {import('./widget-source.mjs').WidgetSource} source @returns {Status[]} */
export function readStatuses(source) {
  const file = source.file('status.ts');
  const list = constant(file, 'widgetStatuses');
  const table = constant(file, 'claimStatusTable');
  const rows = (table && ts.isObjectLiteralExpression(table) ? [...table.properties] : [])
    .filter(ts.isPropertyAssignment)
    .map((row) => {
      const value = plain(row.initializer);
      return { claim: nameOf(row) ?? '', status: ts.isStringLiteral(value) ? value.text : '' };
    });
  return (list && ts.isArrayLiteralExpression(list) ? [...list.elements] : [])
    .filter(ts.isStringLiteral)
    .map((element) => ({
      name: element.text,
      description: docOf(element).text,
      claims: rows.filter(({ status }) => status === element.text).map(({ claim }) => claim),
    }));
}
