// The element's class: its public members, its attributes, and the tags of its doc comment.
// @ts-check
import ts from 'typescript';
import { constant, docOf, named, nameOf, plain } from './widget-source.mjs';
import { tagIn } from './doc-comment.mjs';

/** @typedef {import('./widget-source.mjs').WidgetSource} WidgetSource */
/**
 * @typedef {object} Member
 * @property {'field' | 'method'} kind
 * @property {string} name
 * @property {string} type as it is written; empty when it is not
 * @property {string} description
 * @property {string | undefined} default
 * @property {boolean} readonly
 */
/** @typedef {{ name: string, description: string, type: string }} Named a tag: `{type} name - description` */

export const className = 'EmbeddedSignupElement';
export const classFile = 'embedded-signup-element.ts';
const tagFile = 'element.ts';
const lifecycle = new Set([
  'connectedCallback',
  'disconnectedCallback',
  'connectedMoveCallback',
  'adoptedCallback',
  'attributeChangedCallback',
]);

/** @param {WidgetSource} source */
export function readClass(source) {
  const file = source.file(classFile);
  const declared = named(file, ts.isClassDeclaration, className);
  const doc = declared && docOf(declared);
  /** @param {string} name @returns {Named[]} */
  const tags = (name) => (doc?.tags ?? []).filter((tag) => tag.name === name).map(({ text }) => split(text));
  return {
    tagName: tagName(source),
    /** The first paragraph: what follows is for those who read the source. */
    description: doc?.text.split('\n\n')[0] ?? '',
    members: members(declared),
    observed: observed(declared, file),
    fires: tags('fires'),
    attributes: tags('attr'),
    parts: tags('csspart'),
    slots: tags('slot'),
    properties: tags('cssprop'),
    states: tags('cssstate'),
  };
}

/** @param {string} text @returns {Named} */
function split(text) {
  const [, type = '', name = '', description = ''] =
    /^(?:\{([^}]*)\}\s*)?([\w-]*)(?:\s*-\s+(.*))?$/.exec(text) ?? [];
  return { name, type, description };
}

/** @param {WidgetSource} source @returns {string} as the page's TypeScript knows it */
function tagName(source) {
  let found = '';
  source.file(tagFile).forEachChild((statement) => {
    if (!ts.isModuleDeclaration(statement) || !statement.body || !ts.isModuleBlock(statement.body)) return;
    for (const inner of statement.body.statements)
      if (ts.isInterfaceDeclaration(inner) && inner.name.text === 'HTMLElementTagNameMap')
        found = inner.members.map(nameOf).find((name) => name !== undefined) ?? '';
  });
  return found;
}

/** @param {ts.ClassDeclaration | undefined} declared @param {ts.SourceFile} file @returns {string[] | undefined} */
function observed(declared, file) {
  const member = declared?.members
    .filter(ts.isPropertyDeclaration)
    .find((property) => nameOf(property) === 'observedAttributes');
  const given = member?.initializer && plain(member.initializer);
  const value = given && ts.isIdentifier(given) ? constant(file, given.text) : given;
  if (!value || !ts.isArrayLiteralExpression(value)) return undefined;
  const names = value.elements.filter(ts.isStringLiteral).map(({ text }) => text);
  return names.length === value.elements.length ? names : undefined;
}

/** @param {ts.ClassDeclaration | undefined} declared @returns {Member[]} in the order of the source */
function members(declared) {
  /** @type {Map<string, Member>} */
  const found = new Map();
  for (const member of declared?.members ?? []) {
    const name = nameOf(member);
    if (name === undefined || lifecycle.has(name) || hidden(member)) continue;
    const doc = docOf(member);
    if (tagIn(doc, 'internal') !== undefined) continue;
    const before = found.get(name);
    if (ts.isSetAccessor(member) && before) before.readonly = false;
    if (before) before.description ||= doc.text;
    else
      found.set(name, {
        kind: ts.isMethodDeclaration(member) ? 'method' : 'field',
        name,
        type: typeOf(member),
        description: doc.text,
        default: tagIn(doc, 'default'),
        readonly: ts.isGetAccessor(member) || has(member, ts.SyntaxKind.ReadonlyKeyword),
      });
  }
  return [...found.values()];
}

/** @param {ts.ClassElement} member @returns {string} */
function typeOf(member) {
  if (ts.isPropertyDeclaration(member) || ts.isGetAccessor(member)) return member.type?.getText() ?? '';
  if (ts.isSetAccessor(member)) return member.parameters[0]?.type?.getText() ?? '';
  if (!ts.isMethodDeclaration(member)) return '';
  return `(${member.parameters.map((parameter) => parameter.getText()).join(', ')}) => ${member.type?.getText() ?? ''}`;
}

/** @param {ts.ClassElement} member */
function hidden(member) {
  const { StaticKeyword, PrivateKeyword, ProtectedKeyword } = ts.SyntaxKind;
  return has(member, StaticKeyword) || has(member, PrivateKeyword) || has(member, ProtectedKeyword);
}

/** @param {ts.ClassElement} member @param {ts.SyntaxKind} kind */
function has(member, kind) {
  return ts.canHaveModifiers(member) && (ts.getModifiers(member) ?? []).some((one) => one.kind === kind);
}
