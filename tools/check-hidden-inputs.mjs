// Time, randomness, HTTP and the environment come in as arguments, so that tests can hold them still.
// A linter can ban `fetch`, but neither `new Date()` without arguments nor only the uses that are not injected.
// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { runGuard } from './run-guard.mjs';
import { sourceFiles } from './source-files.mjs';

// Only these may reach out: they make the default arguments.
const guarded =
  /^packages\/(server\/src\/(?!(cli|config|system|testing)\/)|simulator\/src\/(?!(cli|settings)\/|webhooks\/delivery\/send-with-fetch)).*\.ts$/;
const advice = 'take it as an argument; the defaults are made in system/ and config/';

const properties = new Set(['Date.now', 'Math.random', 'process.env', 'performance.now']);
const globals = new Set(['fetch', 'setTimeout', 'setInterval', 'XMLHttpRequest', 'WebSocket']);
const modules = /^(node:)?timers(\/promises)?$/;

/** @param {string} root @returns {string[]} one sentence per place */
export function hiddenInputs(root) {
  return sourceFiles(root, guarded).flatMap((path) => {
    const file = ts.createSourceFile(
      path,
      readFileSync(join(root, path), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const declared = declaredNames(file);
    /** @type {string[]} */
    const problems = [];
    visit(file);
    return problems;

    /** @param {ts.Node} node */
    function visit(node) {
      // Types are words, not uses: `typeof fetch` is how an argument says what it stands for.
      if (ts.isTypeNode(node)) return;
      const name = hiddenInput(node, declared);
      if (name !== undefined) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        problems.push(`${path}:${line + 1} uses ${name}: ${advice}.`);
      }
      ts.forEachChild(node, visit);
    }
  });
}

/**
 * @param {ts.Node} node
 * @param {ReadonlySet<string>} declared
 * @returns {string | undefined}
 */
function hiddenInput(node, declared) {
  if (ts.isPropertyAccessExpression(node)) {
    const name = `${node.expression.getText()}.${node.name.text}`;
    if (properties.has(name)) return name;
    if (node.expression.getText() === 'globalThis' && globals.has(node.name.text)) return name;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
    return 'new Date()';
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
  if (
    ts.isImportDeclaration(node) &&
    ts.isStringLiteral(node.moduleSpecifier) &&
    modules.test(node.moduleSpecifier.text)
  ) {
    return node.moduleSpecifier.text;
  }
  if (ts.isIdentifier(node) && globals.has(node.text) && !declared.has(node.text) && !isOnlyAName(node))
    return node.text;
  return undefined;
}

/** `deps.fetch`, `{ fetch: … }` and `interface { fetch(): … }` mention the word without reaching for the global. */
function isOnlyAName(/** @type {ts.Identifier} */ node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isPropertyDeclaration(parent)) &&
    parent.name === node
  );
}

/** A file that declares the name itself means its own: an argument, a binding or an import. */
function declaredNames(/** @type {ts.SourceFile} */ file) {
  /** @type {Set<string>} */
  const names = new Set();
  const visit = (/** @type {ts.Node} */ node) => {
    const declares =
      ts.isParameter(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isBindingElement(node) ||
      ts.isImportSpecifier(node);
    if (declares && ts.isIdentifier(node.name)) names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

runGuard(import.meta.url, hiddenInputs);
