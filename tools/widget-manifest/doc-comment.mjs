// Reads the doc comment that stands before something. The compiler keeps those of declarations only; ours also stand
// before members of a union and elements of an array.
// @ts-check

/**
 * @typedef {object} Doc
 * @property {string} text the description; paragraphs are separated by an empty line
 * @property {{ name: string, text: string }[]} tags each with what stands behind it, on one line
 */

/**
 * @param {string} source what stands before the thing; its last doc comment counts
 * @returns {Doc}
 */
export function docIn(source) {
  const comment = source.match(/\/\*\*[\s\S]*?\*\//g)?.at(-1) ?? '/***/';
  const [text = '', ...tagged] = comment
    .slice(3, -2)
    .replaceAll(/^[ \t]*\* ?/gm, '')
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .split(/^\s*@(?=\w)/m);
  return {
    text: text
      .trim()
      .split(/\n\s*\n/)
      .map(oneLine)
      .join('\n\n'),
    tags: tagged.map((tag) => {
      const [, name = '', rest = ''] = /^(\w+)([\s\S]*)$/.exec(tag) ?? [];
      return { name, text: oneLine(rest) };
    }),
  };
}

/**
 * @param {Doc} doc
 * @param {string} name
 * @returns {string | undefined} what stands behind the first tag of that name
 */
export function tagIn(doc, name) {
  return doc.tags.find((tag) => tag.name === name)?.text;
}

/** @param {string} text */
export function oneLine(text) {
  return text.replaceAll(/\s+/g, ' ').trim();
}
