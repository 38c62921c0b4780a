import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTitles, findings } from '../../src/doctor/findings.ts';

const page = await readFile(join(import.meta.dirname, '../../../../docs/doctor.md'), 'utf8');
const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const tableUnder = (heading: string) => {
  const section = page.slice(page.indexOf(`## ${heading}`)).split(/\n## /)[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map(cells);
};

describe('the page about the doctor', () => {
  it('lists every check, in the order of the report', () => {
    expect(tableUnder('What it looks at').map(([name, title]) => [name, title])).toEqual(
      Object.entries(checkTitles).map(([name, title]) => [`\`${name}\``, title]),
    );
  });

  it('lists every code with its check, its result and its meaning', () => {
    expect(tableUnder('What it can find').map((row) => row.slice(0, 4))).toEqual(
      Object.entries(findings).map(([code, { check, result, means }]) => [
        `\`${code}\``,
        `\`${check}\``,
        result,
        means,
      ]),
    );
  });
});
