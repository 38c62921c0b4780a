// A rule that never refuses anything looks exactly like a rule that is kept: here each one meets what it is for.
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../run-command.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const server = 'packages/server/src';
const simulator = 'packages/simulator/src';

/** A small tree in which everything is allowed. */
const goodTree = {
  'packages/protocol/package.json': manifest(
    'protocol',
    { '.': './src/index.ts', './schemas': './src/schemas/index.ts' },
    ['zod'],
  ),
  'packages/protocol/src/index.ts': `export { words } from './words.ts'; export type { Claim } from './schemas/index.ts';`,
  'packages/protocol/src/words.ts': `export const words = ['received'];`,
  'packages/protocol/src/schemas/index.ts': `import { z } from 'zod'; export const claim = z; export type Claim = string;`,
  'packages/simulator/package.json': manifest(
    'simulator',
    { '.': './src/index.ts', './cli': './src/cli/run.ts' },
    ['express'],
  ),
  [`${simulator}/index.ts`]: `import express from 'express'; import { create } from './create-simulator.ts'; export const all = [express, create];`,
  [`${simulator}/cli/run.ts`]: `export { create } from '../create-simulator.ts';`,
  [`${simulator}/create-simulator.ts`]: `export { routes as create } from './control/routes.ts';`,
  [`${simulator}/control/routes.ts`]: `export { routes } from '../graph/routes.ts';`,
  [`${simulator}/graph/routes.ts`]: `export { finish as routes } from '../signup/finish.ts';`,
  [`${simulator}/signup/finish.ts`]: `export { world as finish } from '../world/world.ts';`,
  [`${simulator}/world/world.ts`]: `export { settings as world } from '../settings/settings.ts';`,
  [`${simulator}/settings/settings.ts`]: `export { clock as settings } from '../clock/clock.ts';`,
  [`${simulator}/clock/clock.ts`]: `export const clock = 1;`,
  'packages/widget/package.json': manifest('widget', { '.': './src/index.ts' }, []),
  'packages/widget/src/index.ts': `import { words } from '@embedded-signup-kit/protocol'; export const all = words;`,
  'packages/server/package.json': manifest(
    'server',
    { '.': './src/index.ts', './testing': './src/testing/index.ts' },
    ['express', 'libphonenumber-js', 'zod'],
  ),
  [`${server}/index.ts`]: `export { create } from './create-embedded-signup.ts'; export type { Store } from './ports/store.ts';`,
  [`${server}/testing/index.ts`]: `export { openStore } from '../store/open-store.ts';`,
  [`${server}/create-embedded-signup.ts`]: [
    `import { openStore } from './store/open-store.ts';`,
    `import { router } from './http/router.ts';`,
    `import { holdNumber } from './pool/hold-number.ts';`,
    `import { recordClaim } from './signup/record-claim.ts';`,
    `export const create = () => [openStore, router, holdNumber, recordClaim];`,
  ].join('\n'),
  [`${server}/store/open-store.ts`]: `import type { Store } from '../ports/store.ts'; export const openStore = (): Store => ({});`,
  [`${server}/http/router.ts`]: `import express from 'express'; import { holdNumber } from '../pool/hold-number.ts'; export const router = [express, holdNumber];`,
  [`${server}/pool/hold-number.ts`]: `import { match } from '../domain/match.ts'; export const holdNumber = match;`,
  [`${server}/signup/record-claim.ts`]: `import type { Store } from '../ports/store.ts'; export const recordClaim = (store: Store) => store;`,
  [`${server}/ports/store.ts`]: `export interface Store {}`,
  [`${server}/domain/match.ts`]: `import parse from 'libphonenumber-js'; import { words } from '@embedded-signup-kit/protocol'; export const match = [parse, words];`,
};

/** What must be refused: the rule, the file, its import, and what the import leads to. */
const refused = [
  [
    'server-downwards-2',
    `${server}/create-embedded-signup.ts`,
    './testing/index.ts',
    `${server}/testing/index.ts`,
  ],
  [
    'server-downwards-3',
    `${server}/http/router.ts`,
    '../create-embedded-signup.ts',
    `${server}/create-embedded-signup.ts`,
  ],
  [
    'server-downwards-4',
    `${server}/pool/hold-number.ts`,
    '../store/open-store.ts',
    `${server}/store/open-store.ts`,
  ],
  [
    'server-downwards-5',
    `${server}/ports/store.ts`,
    '../signup/record-claim.ts',
    `${server}/signup/record-claim.ts`,
  ],
  ['server-downwards-6', `${server}/domain/match.ts`, '../ports/store.ts', `${server}/ports/store.ts`],
  [
    'server-features-apart',
    `${server}/signup/record-claim.ts`,
    '../pool/hold-number.ts',
    `${server}/pool/hold-number.ts`,
  ],
  [
    'server-adapters-apart',
    `${server}/http/router.ts`,
    '../store/open-store.ts',
    `${server}/store/open-store.ts`,
  ],
  ['server-has-a-row', `${server}/index.ts`, './helpers/text.ts', `${server}/helpers/text.ts`],
  ['simulator-downwards-2', `${simulator}/create-simulator.ts`, './cli/run.ts', `${simulator}/cli/run.ts`],
  [
    'simulator-downwards-3',
    `${simulator}/control/routes.ts`,
    '../create-simulator.ts',
    `${simulator}/create-simulator.ts`,
  ],
  [
    'simulator-downwards-4',
    `${simulator}/graph/routes.ts`,
    '../control/routes.ts',
    `${simulator}/control/routes.ts`,
  ],
  [
    'simulator-downwards-5',
    `${simulator}/signup/finish.ts`,
    '../graph/routes.ts',
    `${simulator}/graph/routes.ts`,
  ],
  [
    'simulator-downwards-6',
    `${simulator}/world/world.ts`,
    '../signup/finish.ts',
    `${simulator}/signup/finish.ts`,
  ],
  [
    'simulator-downwards-7',
    `${simulator}/settings/settings.ts`,
    '../world/world.ts',
    `${simulator}/world/world.ts`,
  ],
  [
    'simulator-downwards-8',
    `${simulator}/clock/clock.ts`,
    '../settings/settings.ts',
    `${simulator}/settings/settings.ts`,
  ],
  ['simulator-has-a-row', `${simulator}/index.ts`, './helpers/text.ts', `${simulator}/helpers/text.ts`],
  ['domain-is-pure', `${server}/domain/match.ts`, 'zod', 'node_modules/zod/index.js'],
  ['domain-is-pure', `${server}/domain/match.ts`, 'node:fs', 'fs'],
  [
    'simulator-knows-nothing-of-ours',
    'packages/simulator/src/index.ts',
    '@embedded-signup-kit/protocol',
    'packages/protocol/src/index.ts',
  ],
  [
    'packages-stand-alone',
    `${server}/index.ts`,
    '@embedded-signup-kit/simulator',
    'packages/simulator/src/index.ts',
  ],
  [
    'widget-without-schemas',
    'packages/widget/src/index.ts',
    '@embedded-signup-kit/protocol/schemas',
    'packages/protocol/src/schemas/index.ts',
  ],
  ['widget-without-schemas', 'packages/widget/src/index.ts', 'zod', 'node_modules/zod/index.js'],
  [
    'protocol-words-without-schemas',
    'packages/protocol/src/index.ts',
    './schemas/index.ts',
    'packages/protocol/src/schemas/index.ts',
  ],
  ['protocol-needs-only-zod', 'packages/protocol/src/index.ts', 'express', 'node_modules/express/index.js'],
  [
    'packages-by-name',
    'packages/widget/src/index.ts',
    '../../protocol/src/words.ts',
    'packages/protocol/src/words.ts',
  ],
  ['packages-by-name', 'journeys/claim.test.ts', '../packages/server/src/index.ts', `${server}/index.ts`],
  ['no-circles', `${server}/numbers/a.ts`, './b.ts', `${server}/numbers/b.ts`],
  ['no-circles', `${server}/numbers/a.ts`, './c.ts', `${server}/numbers/c.ts`],
  ['resolvable', `${server}/index.ts`, './missing.ts', './missing.ts'],
  ['declared', `${server}/index.ts`, 'leftpad', 'node_modules/leftpad/index.js'],
  ['shipped', `${server}/http/router.ts`, 'supertest', 'node_modules/supertest/index.js'],
];
const filesToGetWrong = {
  [`${simulator}/helpers/text.ts`]: 'export const text = 1;',
  [`${server}/helpers/text.ts`]: 'export const text = 1;',
  [`${server}/numbers/b.ts`]: `import './a.ts';`,
  [`${server}/numbers/c.ts`]: `import type {} from './a.ts';`,
};

describe('the import rules', () => {
  let folder = '';
  let found = [];
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'import rules ')));
    const files = { ...goodTree, ...filesToGetWrong };
    for (const [, file, target] of refused) files[file] = `${files[file] ?? ''}\nimport '${target}';\n`;
    found = await violations(await makeTree(join(folder, 'bad'), files));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('let a tree pass that keeps them', async () => {
    expect(await violations(await makeTree(join(folder, 'good'), goodTree))).toEqual([]);
  });

  it.each(refused)('refuse by %s that %s imports %s', (rule, file, _target, resolved) => {
    const same = found.filter((violation) => violation.rule.name === rule);
    const lines = same.map(({ from, to }) => `${from} → ${to}`);
    // A circle is reported once, from either of its files.
    expect(lines.some((line) => [`${file} → ${resolved}`, `${resolved} → ${file}`].includes(line))).toBe(
      true,
    );
  });

  it('refuse a file that nothing published leads to', () => {
    const unused = found
      .filter((violation) => violation.rule.name === 'used')
      .map(({ to, from }) => to ?? from);
    expect(unused).toContain(`${server}/numbers/a.ts`);
  });
});

function manifest(name, exports, dependencies) {
  return JSON.stringify({
    name: `@embedded-signup-kit/${name}`,
    type: 'module',
    exports,
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '*'])),
    devDependencies: { supertest: '*' },
  });
}

/** Writes the files, and what an installation would add to them. */
async function makeTree(folder, files) {
  const write = async (path, content) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  await Promise.all(Object.entries(files).map(([path, content]) => write(path, content)));
  for (const name of ['zod', 'express', 'libphonenumber-js', 'leftpad', 'supertest']) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    await write(`node_modules/${name}/index.js`, 'export default 1;');
  }
  await mkdir(join(folder, 'node_modules/@embedded-signup-kit'));
  for (const name of ['protocol', 'simulator', 'server', 'widget']) {
    await symlink(join(folder, 'packages', name), join(folder, 'node_modules/@embedded-signup-kit', name));
  }
  await mkdir(join(folder, 'journeys'), { recursive: true });
  return folder;
}

async function violations(folder) {
  const { output } = await runCommand(
    process.execPath,
    [
      cruiser,
      '--config',
      join(root, '.dependency-cruiser.mjs'),
      '--output-type',
      'json',
      'packages',
      'journeys',
    ],
    { cwd: folder },
  );
  return JSON.parse(output).summary.violations;
}
