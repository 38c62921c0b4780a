import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ASSUMED } from '../../packages/simulator/src/settings/assumptions.ts';

const page = readFileSync(new URL('../../docs/assumptions.md', import.meta.url), 'utf8');
const listed = new Map(
  [...page.matchAll(/^\| `(\w+)` +\| `([^`]+)`.*\| (.+?) +\|$/gm)].map(([, name, first, source]) => [
    name,
    { first: first?.replaceAll("'", ''), source },
  ]),
);

test.each(Object.entries(ASSUMED))(
  'docs/assumptions.md lists %s with its default and a source',
  (name, value) => {
    expect(listed.get(name)?.first).toBe(String(value));
    expect(listed.get(name)?.source).toMatch(/\w{3}/);
  },
);

test('docs/assumptions.md lists no switch that does not exist', () => {
  expect([...listed.keys()].filter((name) => !Object.hasOwn(ASSUMED, name))).toEqual([]);
});
