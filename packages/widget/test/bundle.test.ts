import { readFile, readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const folder = new URL('../dist/cdn/', import.meta.url);
const main = 'embedded-signup.js';
const sizeOf = (text: string) => gzipSync(text, { level: 9 }).length;

async function built() {
  const files = await readdir(folder).catch((): string[] => []);
  if (!files.includes(main))
    throw new Error('dist/cdn is missing: run the build of packages/widget before its tests.');
  const scripts = files.filter((file) => file.endsWith('.js'));
  return Object.fromEntries(
    await Promise.all(
      scripts.map(async (file) => [file, await readFile(new URL(file, folder), 'utf8')] as const),
    ),
  );
}

test('the CDN file is one file of at most 10 kB, Lit included, that imports nothing', async () => {
  const files = await built();
  const text = files[main] ?? '';
  expect(Object.keys(files)).toEqual([main]);
  expect(text).toContain('litHtmlVersions');
  expect(sizeOf(text)).toBeLessThanOrEqual(10_000);
  expect(text).not.toMatch(/\bfrom\s*["'`]|\bimport\b/);
});

test('no zod, no eval and no raw HTML of our own is in it', async () => {
  const all = Object.values(await built()).join('\n');
  expect(all).not.toMatch(/zod|ZodError/i);
  expect(all).not.toMatch(/\beval\(|new Function/);
  // Lit's one, behind its own Trusted Types policy.
  expect(all.match(/\.innerHTML/g)).toHaveLength(1);
});
