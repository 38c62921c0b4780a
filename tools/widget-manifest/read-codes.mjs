// The problem codes that come from the page itself: members of the unions behind `SignupErrorCode`.
// @ts-check
import ts from 'typescript';
import { docIn, tagIn } from './doc-comment.mjs';
import { importedFrom, named } from './widget-source.mjs';

/** @typedef {import('./widget-source.mjs').WidgetSource} WidgetSource */
/** @typedef {{ name: string, description: string, helps: string }} Code */

/**
 * Unions of other files of the widget are followed. Those of other packages are not: the server has a table of its own.
 * @param {WidgetSource} source
 * @returns {{ codes: Code[], unread: string[] }} `unread`: types that are not understood here
 */
export function readCodes(source) {
  /** @type {Code[]} */
  const codes = [];
  /** @type {string[]} */
  const unread = [];
  alias(source.file('launch/signup-problem.ts'), 'SignupErrorCode');
  return { codes, unread };

  /** @param {ts.SourceFile} file @param {string} name */
  function alias(file, name) {
    const declared = named(file, ts.isTypeAliasDeclaration, name);
    if (declared) return type(file, declared.type, '');
    const from = importedFrom(file, name);
    if (from !== undefined) return alias(source.file(from), name);
    if (!imports(file, name)) unread.push(name);
  }

  /** @param {ts.SourceFile} file @param {ts.TypeNode} node @param {string} before what stands before it */
  function type(file, node, before) {
    if (ts.isUnionTypeNode(node)) {
      let end = node.getFullStart();
      for (const member of node.types) {
        type(file, member, file.text.slice(end, member.getStart()));
        end = member.getEnd();
      }
    } else if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) {
      const doc = docIn(before || file.text.slice(node.getFullStart(), node.getStart()));
      codes.push({ name: node.literal.text, description: doc.text, helps: tagIn(doc, 'helps') ?? '' });
    } else if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && !node.typeArguments)
      alias(file, node.typeName.text);
    else unread.push(node.getText());
  }
}

/** @param {ts.SourceFile} file @param {string} name @returns {boolean} whether it comes from another package */
function imports(file, name) {
  return file.statements.filter(ts.isImportDeclaration).some(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    return bindings && ts.isNamedImports(bindings) && bindings.elements.some((one) => one.name.text === name);
  });
}
