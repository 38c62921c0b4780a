// The widget's source files, parsed on demand.
// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { sourceFiles } from '../source-files.mjs';
import { docIn } from './doc-comment.mjs';

/**
 * @typedef {object} WidgetSource
 * @property {(path: string) => ts.SourceFile} file by its path from src/; empty when there is none
 * @property {() => ts.SourceFile[]} files all that people wrote: what is generated is left out
 */

/**
 * @param {string} folder the package
 * @returns {WidgetSource}
 */
export function widgetSource(folder) {
  /** @type {Map<string, ts.SourceFile>} */
  const parsed = new Map();
  const src = join(folder, 'src');
  /** @param {string} path */
  const file = (path) => {
    const text = existsSync(join(src, path)) ? readFileSync(join(src, path), 'utf8') : '';
    const known = parsed.get(path) ?? ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    parsed.set(path, known);
    return known;
  };
  return { file, files: () => sourceFiles(src, /^(?!react\/).*\.ts$/).map(file) };
}

/**
 * The doc comment before a declaration, a member or an element.
 * @param {ts.Node} node
 */
export function docOf(node) {
  return docIn(node.getFullText().slice(0, node.getStart() - node.getFullStart()));
}

/**
 * @template {ts.Statement} Kind
 * @param {ts.SourceFile} file
 * @param {(node: ts.Node) => node is Kind} isKind
 * @param {string} name
 * @returns {Kind | undefined} the statement of that kind and name
 */
export function named(file, isKind, name) {
  return file.statements.filter(isKind).find((statement) => nameOf(statement) === name);
}

/** @param {ts.Node & { name?: ts.Node | undefined }} node */
export function nameOf(node) {
  const { name } = node;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined;
}

/**
 * @param {ts.SourceFile | ts.Block} place
 * @param {string} name of a `const` that stands right there
 * @returns {ts.Expression | undefined} its value, without `as const` and `satisfies`
 */
export function constant(place, name) {
  const value = place.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find((declaration) => nameOf(declaration) === name)?.initializer;
  return value && plain(value);
}

/** @param {ts.Expression} value @returns {ts.Expression} */
export function plain(value) {
  return ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isParenthesizedExpression(value)
    ? plain(value.expression)
    : value;
}

/**
 * @param {ts.SourceFile} file
 * @param {string} name
 * @returns {string | undefined} the path from src/ of the file from which `name` is imported, if it is one of ours
 */
export function importedFrom(file, name) {
  for (const statement of file.statements.filter(ts.isImportDeclaration)) {
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const { text } = statement.moduleSpecifier;
    if (text.startsWith('.') && bindings.elements.some((element) => element.name.text === name))
      return posix.join(posix.dirname(file.fileName), text);
  }
  return undefined;
}

/** @param {ts.Node} node @param {(node: ts.Node) => void} see */
export function walk(node, see) {
  see(node);
  node.forEachChild((child) => walk(child, see));
}
