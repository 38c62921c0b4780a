// Puts tables between the markers of a page: `<!-- generated: events -->` … `<!-- /generated -->`.
// @ts-check

/**
 * @param {string} page
 * @param {Record<string, string>} tables by name, formatted
 * @returns {{ page: string, problems: string[] }} `problems`: one sentence per table without a place, or place without a table
 */
export function insertTables(page, tables) {
  /** @type {string[]} */
  const found = [];
  const filled = page.replaceAll(
    /(<!-- generated: ([\w-]+) -->)(?:(?!<!-- generated)[\s\S])*?(<!-- \/generated -->)/g,
    (all, start, name, end) => {
      found.push(name);
      const table = tables[name];
      return table === undefined ? all : `${start}\n\n${table.trim()}\n\n${end}`;
    },
  );
  const started = [...page.matchAll(/<!-- generated: ([\w-]+) -->/g)].map(([, name]) => name ?? '');
  return {
    page: filled,
    problems: [
      ...Object.keys(tables)
        .filter((name) => found.filter((one) => one === name).length !== 1)
        .map((name) => `needs \`<!-- generated: ${name} -->\` … \`<!-- /generated -->\` exactly once.`),
      ...started
        .filter((name) => !Object.hasOwn(tables, name))
        .map((name) => `asks for a table \`${name}\`, which there is not.`),
    ],
  };
}
