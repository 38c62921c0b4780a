import { readFileSync } from 'node:fs';
import { problems } from '@embedded-signup-kit/protocol';
import { expect, it } from 'vitest';

it('the README names every code that a problem can have, and no other', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const errors = /^## Errors\n.*?the log: (.*?)^The table is exported/ms.exec(readme)?.[1] ?? '';
  const named = [...errors.matchAll(/`([a-z_]+)`[,.]/g)].map(([, code]) => code);
  expect(new Set(named)).toEqual(new Set(Object.keys(problems)));
  expect(named).toHaveLength(Object.keys(problems).length);
});
