// The events: the map from names to classes, and each class with its fields.
// @ts-check
import ts from 'typescript';
import { docOf, named, nameOf } from './widget-source.mjs';

/**
 * @typedef {object} SignupEvent
 * @property {string} name such as `signup-ready`; empty for a class that is in no map
 * @property {string} type the class
 * @property {string} description
 * @property {{ name: string, type: string, description: string }[]} fields
 */

const file = 'events/signup-events.ts';

/**
 * @param {import('./widget-source.mjs').WidgetSource} source
 * @returns {SignupEvent[]} in the order of the map, then classes that it does not name
 */
export function readEvents(source) {
  const parsed = source.file(file);
  const classes = parsed.statements
    .filter(ts.isClassDeclaration)
    .filter((one) => (ts.getModifiers(one) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));
  const map = named(parsed, ts.isInterfaceDeclaration, 'SignupEventMap');
  const events = [...(map?.members ?? [])].filter(ts.isPropertySignature).map((member) => {
    const type = member.type?.getText() ?? '';
    return event(
      nameOf(member) ?? '',
      type,
      classes.find((one) => nameOf(one) === type),
    );
  });
  const strays = classes
    .map((one) => event('', nameOf(one) ?? '', one))
    .filter(({ type }) => !events.some((known) => known.type === type));
  return [...events, ...strays];
}

/** @param {string} name @param {string} type @param {ts.ClassDeclaration | undefined} declared @returns {SignupEvent} */
function event(name, type, declared) {
  const fields = [...(declared?.members ?? [])].filter(ts.isPropertyDeclaration).map((member) => ({
    name: nameOf(member) ?? '',
    type: member.type?.getText() ?? '',
    description: docOf(member).text,
  }));
  return { name, type, description: declared ? docOf(declared).text : '', fields };
}
