// Every text that an expression can have, as far as that can be read without running it.
// @ts-check
import ts from 'typescript';
import { constant, importedFrom, named, nameOf, plain, walk } from './widget-source.mjs';

/** @typedef {ts.ArrowFunction | ts.FunctionDeclaration} Callable */

/** Stands for an expression within the text of a template. */
const hole = /\uE000(\d+)\uE000/;

/**
 * Follows constants, choices, sums, functions that only return something, and parameters to the calls that fill them.
 * @param {import('./widget-source.mjs').WidgetSource} source
 */
export function readTexts(source) {
  /** @type {Set<string>} */
  const unread = new Set();
  /** @type {Set<ts.Node>} what is being read: a function may call itself */
  const open = new Set();
  return { inTemplate, unread };

  /**
   * @param {string} text of a template, or of one attribute of it, with its holes
   * @param {ts.Expression[]} holes
   * @returns {string[]}
   */
  function inTemplate(text, holes) {
    let found = [''];
    for (const [place, piece] of text.split(hole).entries()) {
      const expression = place % 2 === 1 ? holes[Number(piece)] : undefined;
      found = product(found, expression ? ofExpression(expression) : [piece]);
    }
    return found;
  }

  /** @param {ts.Expression} written @returns {string[]} */
  function ofExpression(written) {
    const expression = plain(written);
    if (open.has(expression)) return [];
    open.add(expression);
    const found = known(expression);
    open.delete(expression);
    if (!found) unread.add(`${written.getSourceFile().fileName}: ${written.getText()}`);
    return found ?? [''];
  }

  /** @param {ts.Expression} expression @returns {string[] | undefined} */
  function known(expression) {
    if (ts.isStringLiteralLike(expression)) return [expression.text];
    if (ts.isConditionalExpression(expression))
      return [expression.whenTrue, expression.whenFalse].flatMap(ofExpression);
    if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return product(ofExpression(expression.left), ofExpression(expression.right));
    if (ts.isTemplateExpression(expression)) {
      const { text, holes } = flat(expression);
      return inTemplate(text, holes);
    }
    if (ts.isCallExpression(expression)) {
      const result = returned(expression);
      return result && ofExpression(result);
    }
    if (!ts.isIdentifier(expression)) return undefined;
    if (expression.text === 'nothing') return [''];
    return meanings(expression)?.flatMap(ofExpression);
  }

  /** @param {ts.CallExpression} call @returns {ts.Expression | undefined} what the function returns, if it does only that */
  function returned({ expression }) {
    if (!ts.isIdentifier(expression)) return undefined;
    const here = expression.getSourceFile();
    const path = importedFrom(here, expression.text);
    const file = path === undefined ? here : source.file(path);
    const callee =
      named(file, ts.isFunctionDeclaration, expression.text) ??
      (path === undefined ? meanings(expression)?.[0] : constant(file, expression.text));
    if (!callee || (!ts.isArrowFunction(callee) && !ts.isFunctionDeclaration(callee))) return undefined;
    if (!callee.body || !ts.isBlock(callee.body)) return callee.body;
    const [only, ...more] = callee.body.statements;
    return only && more.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
  }

  /** @param {ts.Identifier} use @returns {ts.Expression[] | undefined} a constant's value; what calls hand in for a parameter */
  function meanings(use) {
    for (let node = use.parent; node; node = node.parent) {
      const value = ts.isBlock(node) || ts.isSourceFile(node) ? constant(node, use.text) : undefined;
      if (value) return [value];
      if (!ts.isArrowFunction(node) && !ts.isFunctionDeclaration(node)) continue;
      const place = node.parameters.findIndex((parameter) => nameOf(parameter) === use.text);
      if (place !== -1) return callsOf(node).flatMap((call) => call.arguments[place] ?? []);
    }
    return undefined;
  }

  /**
   * In its own file, and wherever nothing else has its name: a function can also be handed over, as `kit.button`.
   * @param {Callable} callee @returns {ts.CallExpression[]}
   */
  function callsOf(callee) {
    const name = nameOf(ts.isVariableDeclaration(callee.parent) ? callee.parent : callee);
    /** @type {ts.CallExpression[]} */
    const calls = [];
    for (const file of name === undefined ? [] : source.files()) {
      const own = file === callee.getSourceFile();
      if (!own && (!isExported(callee) || !means(file, name ?? '', callee))) continue;
      walk(file, (node) => {
        if (ts.isCallExpression(node) && calledName(node.expression) === name) calls.push(node);
      });
    }
    return calls;
  }

  /** @param {ts.SourceFile} file @param {string} name @param {Callable} callee @returns {boolean} */
  function means(file, name, callee) {
    const path = importedFrom(file, name);
    if (path !== undefined) return path === callee.getSourceFile().fileName;
    return !constant(file, name) && !named(file, ts.isFunctionDeclaration, name);
  }
}

/** @param {ts.Expression} called @returns {string | undefined} */
function calledName(called) {
  return ts.isPropertyAccessExpression(called)
    ? called.name.text
    : ts.isIdentifier(called)
      ? called.text
      : undefined;
}

/** @param {Callable} callee */
function isExported(callee) {
  const statement = ts.findAncestor(callee, (node) => ts.isStatement(node) && !ts.isBlock(node));
  const modifiers = statement && ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** @param {ts.TemplateLiteral} template @returns {{ text: string, holes: ts.Expression[] }} */
export function flat(template) {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return { text: template.text, holes: [] };
  const texts = [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
  return {
    text: texts.reduce((before, after, index) => `${before}\uE000${index - 1}\uE000${after}`),
    holes: template.templateSpans.map(({ expression }) => expression),
  };
}

/** @param {string[]} starts @param {string[]} ends @returns {string[]} */
function product(starts, ends) {
  return starts.flatMap((start) => ends.map((end) => start + end));
}
