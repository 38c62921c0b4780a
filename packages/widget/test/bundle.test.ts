import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, test } from 'vitest';

const folder = new URL('../dist/cdn/', import.meta.url);
const main = 'embedded-signup.js';
const engine = 'signup.js';
const pieces = 'extra.js';
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

/** The same build with Lit left outside, which is what our own code weighs. */
async function builtWithoutLit(): Promise<string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const made = await build({
    root,
    logLevel: 'silent',
    build: { write: false, rolldownOptions: { external: [/^lit/] } },
  });
  const outputs = [made].flat().flatMap((one) => ('output' in one ? one.output : []));
  const found = outputs.find(({ fileName }) => fileName === main);
  if (found?.type !== 'chunk') throw new Error('The build without Lit has no element.');
  return found.code;
}

test('the element is a file of at most 10 kB, Lit included, and at most 5 kB without', async () => {
  const text = (await built())[main] ?? '';
  expect(text).toContain('litHtmlVersions');
  expect(sizeOf(text)).toBeLessThanOrEqual(10_000);
  expect(sizeOf(await builtWithoutLit())).toBeLessThanOrEqual(5_000);
});

test('all that an English signup loads is at most 17 kB', async () => {
  const files = await built();
  const loaded = [main, engine, pieces].map((name) => sizeOf(files[name] ?? ''));
  expect(Math.min(...loaded)).toBeGreaterThan(100);
  expect(loaded.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(17_000);
});

test('every file stands alone: nothing is imported but by import(), and only from beside it', async () => {
  const files = await built();
  const imported = new Set<string>();
  for (const text of Object.values(files)) {
    expect(text).not.toMatch(/(?:^|[;}\s])import\s*(?!\()|\bfrom\s*["'`]/);
    for (const [, wanted] of text.matchAll(/import\(["'`]([^"'`]+)["'`]\)/g)) imported.add(wanted ?? '');
  }
  // The same file under two addresses, `./signup.js` and `./signup.js?v=2`, would be two engines.
  expect([...imported].sort()).toEqual(
    Object.keys(files)
      .filter((name) => name !== main)
      .map((name) => `./${name}`)
      .sort(),
  );
});

test('no zod, no eval and no raw HTML of our own is in it', async () => {
  const all = Object.values(await built()).join('\n');
  expect(all).not.toMatch(/zod|ZodError/i);
  expect(all).not.toMatch(/\beval\(|new Function/);
  // Lit's one, behind its own Trusted Types policy.
  expect(all.match(/\.innerHTML/g)).toHaveLength(1);
});
