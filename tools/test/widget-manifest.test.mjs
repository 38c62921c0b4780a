import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputs } from '../widget-manifest/outputs.mjs';
import { smallWidget } from './widget-manifest/small-widget.mjs';

const program = fileURLToPath(new URL('../widget-manifest/write.mjs', import.meta.url));
const element = 'packages/widget/src/embedded-signup-element.ts';
const events = 'packages/widget/src/events/signup-events.ts';
const status = 'packages/widget/src/status.ts';
const problem = 'packages/widget/src/launch/signup-problem.ts';
const draw = 'packages/widget/src/view/draw.ts';
const form = 'packages/widget/src/view/form.ts';
const styles = 'packages/widget/src/view/styles.ts';
const page = 'docs/widget.md';
const json = 'packages/widget/custom-elements.json';
const react = 'packages/widget/src/react/index.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'manifest '));
  for (const [path, text] of Object.entries(smallWidget)) await put(path, text);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path, text) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function change(path, from, to) {
  const before = smallWidget[path];
  expect(before).toContain(from);
  await put(path, before.replace(from, to));
}

const read = (path) => readFile(join(root, path), 'utf8');
const run = (...args) =>
  promisify(execFile)(process.execPath, [program, root, ...args]).then(
    ({ stderr }) => ({ code: 0, stderr }),
    ({ code, stderr }) => ({ code, stderr }),
  );

describe('the guard of what the widget documents', () => {
  it('has nothing to say when all is documented', async () => {
    expect((await outputs(root)).problems).toEqual([]);
  });

  it.each([
    [element, `'server', `, `'server', 'theme', `, 'The attribute `theme` is observed'],
    [
      element,
      `= ['server', 'first-country']`,
      `= attributesOf(Base)`,
      '`observedAttributes` is not an array',
    ],
    [element, '/** Where the server is. */', '', 'EmbeddedSignupElement.server has no docstring'],
    [element, '/** Where the server is. */', '// Where the server is.', 'server has no docstring'],
    [element, '/** Where it stands. */', '', 'EmbeddedSignupElement.status has no docstring'],
    [element, 'get status(): WidgetStatus', 'get status()', 'status does not say its type'],
    [
      element,
      '@slot heading',
      '@attr theme - Its colours.\n * @slot heading',
      'the attribute is not observed',
    ],
    [element, ' * @csspart card - All of it.\n', '', 'The part `card` has no @csspart'],
    [element, ' - All of it.', '', '@csspart card: write'],
    [
      element,
      '@csspart card',
      '@csspart button - Again.\n * @csspart card',
      '@csspart button is there twice',
    ],
    [element, '@csspart card', '@csspart tray - A tray.\n * @csspart card', '@csspart tray: no template'],
    [element, '@slot heading - In place of the heading.', '', 'The slot `heading` has no @slot'],
    [element, '@slot -', '@slot footer -', 'The slot `` has no @slot'],
    [element, '@slot -', '@slot footer -', '@slot footer: no template'],
    [element, '@cssprop --embedded-signup-font - Font.', '', '`--embedded-signup-font` has no @cssprop'],
    [element, '--embedded-signup-font -', '--embedded-signup-fond -', '@cssprop --embedded-signup-fond: no'],
    [element, '@fires {SignupErrorEvent} signup-error', '', 'SignupErrorEvent has no `@fires'],
    [element, '{SignupErrorEvent}', '{SignupReadyEvent}', 'SignupErrorEvent has no `@fires'],
    [
      element,
      ' signup-error',
      ' signup-eror',
      '@fires {SignupErrorEvent} signup-eror: SignupEventMap has no',
    ],
    [events, '/** Something did not work. */', '', 'SignupErrorEvent is missing, or has no docstring'],
    [events, `'signup-error': SignupErrorEvent;`, '', 'SignupErrorEvent is not in SignupEventMap'],
    [status, '/** It did not work. */', '', 'The status `failed` has no description'],
    [status, `'ready',`, `'ready',\n  'late',`, 'The status `late` has no description'],
    [problem, '   * No window.\n', '', 'The problem code `popup_blocked` has no description'],
    [problem, '   * @helps Allow it.\n', '', 'The problem code `popup_blocked` does not say what helps'],
    [
      problem,
      `| 'popup_blocked'`,
      `| 'popup_blocked' | 'late'`,
      'The problem code `late` has no description',
    ],
    [problem, '= PageCode', '= PageCode | Lowercase<Other>', '`Lowercase<Other>` is not a union'],
    [problem, '= PageCode', '= PageCode | Missing', '`Missing` is not a union'],
    [draw, 'part="card', 'part="sheet card', 'The part `sheet` has no @csspart'],
    [draw, `? 'done'`, `? 'past'`, 'The part `past` has no @csspart'],
    [draw, `? 'done'`, `? 'past'`, '@csspart done: no template'],
    [draw, `button('button'`, `button('press'`, 'The part `press` has no @csspart'],
    [form, `button('send'`, `button('hand-in'`, 'The part `hand-in` has no @csspart'],
    [draw, `? ' quiet'`, `? ' calm'`, 'The part `calm` has no @csspart'],
    [
      draw,
      `<div part="card`,
      `<div part="\${nameOf(done)} card`,
      'view/draw.ts: nameOf(done): write the names',
    ],
    [draw, `piece('heading'`, `piece('title'`, 'The slot `title` has no @slot'],
    [draw, '<slot></slot>', '<slot name="footer"></slot>', 'The slot `footer` has no @slot'],
    [styles, 'var(--embedded-signup-font)', 'var(--embedded-signup-size)', '`--embedded-signup-size` has no'],
    [styles, 'rgb(1 2 3)', 'red', '--embedded-signup-accent has more than one default'],
    [page, '<!-- generated: codes -->', '', `docs/widget.md needs \`<!-- generated: codes -->`],
    [
      page,
      '<!-- generated: parts -->\n<!-- /generated -->',
      '<!-- generated: parts -->',
      'docs/widget.md needs',
    ],
    [page, 'generated: slots', 'generated: slits', 'asks for a table `slits`'],
  ])('in %s with `%s` as `%s` says: %s…', async (path, from, to, sentence) => {
    await change(path, from, to);
    const { problems, files } = await outputs(root);
    expect(problems).toContainEqual(expect.stringContaining(sentence));
    expect([...files.keys()]).not.toContain(json);
  });
});

describe('what is made of the widget’s source', () => {
  it('is a manifest with what a page can use, and nothing private', async () => {
    const made = JSON.parse((await outputs(root)).files.get(json));
    const [declared, ready] = made.modules[0].declarations;
    expect(declared).toMatchObject({
      tagName: 'embedded-signup',
      description: 'Opens the window.',
      attributes: [
        { name: 'server', fieldName: 'server' },
        { name: 'first-country', fieldName: 'firstCountry', default: `'de'` },
      ],
      events: [{ name: 'signup-ready', type: { text: 'SignupReadyEvent' } }, { name: 'signup-error' }],
      slots: [{ name: 'heading' }, { name: '' }],
      cssParts: [{ name: 'card' }, { name: 'button' }, { description: 'A step that is behind.' }, {}, {}, {}],
      cssProperties: [{ default: 'light-dark(#000, rgb(1 2 3))' }, { name: '--embedded-signup-font' }],
      cssStates: [{ name: 'ready', description: 'A press opens the window.' }, { name: 'failed' }],
    });
    expect(declared.members.map(({ name }) => name)).toEqual(['server', 'firstCountry', 'fetch', 'status']);
    expect(declared.members.at(-1)).toMatchObject({ type: { text: 'WidgetStatus' }, readonly: true });
    expect(ready.members).toMatchObject([{ name: 'numbers', description: 'Those held.' }]);
    expect(made.modules[1]).toMatchObject({
      path: 'dist/element.js',
      exports: [{ kind: 'js' }, { kind: 'custom-element-definition', name: 'embedded-signup' }],
    });
  });

  it('is props for React: what can be set, and a listener for each event', async () => {
    const made = (await outputs(root)).files.get(react);
    expect(made).toContain(`firstCountry?: EmbeddedSignupElement['firstCountry'];`);
    expect(made).toContain(`'onsignup-ready'?: ((event: SignupReadyEvent) => void) | undefined;`);
    expect(made).not.toContain('status?:');
  });

  it('is tables between the markers, in which the prose stays as it is', async () => {
    const made = (await outputs(root)).files.get(page);
    expect(made).toMatch(/\n\| `failed` +\| It did not work\. +\| `ended`, `rejected` \|/);
    expect(made).toMatch(/\| `sdk_blocked` {2,}\| No SDK\. +\| Look at the network\. +\|/);
    expect(made).toMatch(/\| `firstCountry` +\| `first-country` +\| `string` .*`a \\\| b`/);
    expect(made).toContain('<!-- /generated -->\n\nProse   of codes.\n');
  });
});

describe('pnpm manifest', () => {
  it.each([json, react])('writes %s as the repository’s prettier would', async (path) => {
    const config = await resolveConfig(join(root, path));
    expect(config).toEqual({ singleQuote: true, printWidth: 110 });
    const made = (await outputs(root)).files.get(path);
    expect(await format(made, { ...config, filepath: path })).toBe(made);
  });

  it('writes, and then has nothing more to write', async () => {
    expect(await run()).toMatchObject({ code: 0 });
    const first = await Promise.all([json, react, page].map(read));
    expect(await run()).toEqual({ code: 0, stderr: '' });
    expect(await Promise.all([json, react, page].map(read))).toEqual(first);
    expect(await run('--check')).toEqual({ code: 0, stderr: '' });
  });

  it('with --check names the files that are not up to date, and leaves them alone', async () => {
    await run();
    await change(element, 'The button.', 'The one button.');
    const before = await read(json);
    const { code, stderr } = await run('--check');
    expect(code).toBe(1);
    expect(stderr).toContain(`${json} is not up to date: run \`npx -y pnpm@10 manifest\``);
    expect(stderr).toContain(page);
    expect(stderr).not.toContain(react);
    expect(await read(json)).toBe(before);
  });

  it.each([{ args: [] }, { args: ['--check'] }])(
    'fails with $args when something is not documented',
    async ({ args }) => {
      await change(status, '/** It did not work. */', '');
      const { code, stderr } = await run(...args);
      expect(code).toBe(1);
      expect(stderr).toContain('The status `failed` has no description');
      await expect(read(json)).rejects.toThrow('ENOENT');
    },
  );
});
