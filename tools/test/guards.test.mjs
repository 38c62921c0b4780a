import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { longFiles } from '../check-file-length.mjs';
import { forbiddenText } from '../check-forbidden-text.mjs';
import { hiddenInputs } from '../check-hidden-inputs.mjs';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'guards '));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path, content) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

describe('the guard of hidden inputs', () => {
  it.each([
    ['const now = Date.now();', 'Date.now'],
    ['const now = new Date();', 'new Date()'],
    ['const now = new Date;', 'new Date()'],
    ['const now = Date();', 'Date()'],
    ['const pick = Math.random();', 'Math.random'],
    ['setTimeout(run, 10);', 'setTimeout'],
    ['const later = globalThis.setInterval;', 'setInterval'],
    ['const send = fetch;', 'fetch'],
    ['const deps = { fetch };', 'fetch'],
    ['function create(send = fetch) { return send; }', 'fetch'],
    ['const secret = process.env.SECRET;', 'process.env'],
    [`import { setTimeout } from 'node:timers/promises';`, 'node:timers/promises'],
  ])('refuses `%s` in a feature', async (line, name) => {
    await put('packages/server/src/pool/hold.ts', `\n${line}\n`);
    expect(hiddenInputs(root)).toEqual([expect.stringContaining('packages/server/src/pool/hold.ts:2 uses')]);
    expect(hiddenInputs(root)[0]).toContain(name);
  });

  it.each([
    'const day = new Date(clock.now());',
    'export const send = (deps: { fetch: typeof fetch }) => deps.fetch("/");',
    'export const send = ({ fetch }: Deps) => fetch("/");',
    'interface Timers { setTimeout(run: () => void, ms: number): void }',
    '// Date.now() is not allowed here, and "Math.random" neither',
    'const text = "process.env";',
  ])('lets `%s` pass', async (line) => {
    await put('packages/server/src/pool/hold.ts', line);
    expect(hiddenInputs(root)).toEqual([]);
  });

  it.each(['config', 'system', 'cli'])('lets %s/ make the default arguments', async (folder) => {
    await put(`packages/server/src/${folder}/defaults.ts`, 'export const now = () => Date.now();');
    expect(hiddenInputs(root)).toEqual([]);
  });
});

describe('the guard of file length', () => {
  it('refuses source above 220 lines and tests above 400', async () => {
    await put('packages/server/src/long.ts', 'x\n'.repeat(221));
    await put('packages/server/src/fine.ts', 'x\n'.repeat(220));
    await put('packages/server/test/long.test.ts', 'x\n'.repeat(401));
    await put('packages/server/test/fine.test.ts', 'x\n'.repeat(400));
    expect(longFiles(root).map((problem) => problem.split(' ')[0])).toEqual([
      'packages/server/src/long.ts',
      'packages/server/test/long.test.ts',
    ]);
  });

  it('leaves alone what is built or installed', async () => {
    await put('packages/server/dist/index.js', 'x\n'.repeat(999));
    await put('packages/server/src/node_modules/a/index.js', 'x\n'.repeat(999));
    expect(longFiles(root)).toEqual([]);
  });
});

describe('the guard of forbidden text', () => {
  // Put together here, so that this file does not contain what it is about.
  it.each([
    ['package.json', ['"package', 'Manager": "pnpm@10.0.0"'], 'remove it'],
    ['packages/server/src/a.ts', ['// @ts', '-ignore'], '@ts-expect-error'],
    ['packages/server/test/a.test.ts', ['it', '.only("x")'], 'every test runs'],
    ['packages/server/test/a.test.ts', ['describe', '.skip("x")'], 'every test runs'],
    ['packages/server/test/a.test.ts', ['it', '.concurrent.todo("x")'], 'every test runs'],
    ['docs/a.md', ['see /ho', 'me/somebody/kit'], 'a path of somebody'],
    ['docs/a.md', ['see /Us', 'ers/somebody/kit'], 'a path of somebody'],
    ['README.md', ['<<<<', '<<< HEAD'], 'an unfinished merge'],
  ])('refuses in %s the text %j', async (path, parts, why) => {
    await put(path, `first line\n${parts.join('')}\n`);
    expect(forbiddenText(root)).toEqual([expect.stringMatching(new RegExp(`^${path}:2 .*${why}`))]);
  });

  it('lets ordinary text pass', async () => {
    await put(
      'docs/a.md',
      'GET https://bsp.example/home/numbers\nThe work/ folder, ./work/a.ts, a~/home/x\n=======\n',
    );
    await put('packages/server/src/a.ts', 'query.skip(2); // @ts-expect-error a reason');
    expect(forbiddenText(root).filter((problem) => !problem.includes('merge'))).toEqual([]);
  });
});
