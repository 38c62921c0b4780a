// Makes a node of another version of the kit that tests can run beside this one: one file, bundled from sources that were
// exported somewhere. Run it when a migration is about to be added, on the sources without it:
//
//   git archive COMMIT packages/server/src packages/protocol/src | tar -x -C FOLDER
//   node packages/server/test/upgrade/freeze-node.mjs FOLDER schema-NNNN
//
// The file is kept in git (packages/server/test/upgrade/nodes), because a shallow clone has no history to build it from.
// Packages from npm stay outside: the old node runs with those of today, as it does with a lock file that was renewed.
// @ts-check
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const [folder, name] = process.argv.slice(2);
if (folder === undefined || name === undefined) {
  throw new Error('usage: node freeze-node.mjs FOLDER_OF_EXPORTED_SOURCES NAME');
}
const sources = resolve(folder, 'packages');
const out = mkdtempSync(join(tmpdir(), 'signup-frozen-'));
const target = fileURLToPath(new URL(`nodes/${name}.mjs`, import.meta.url));
// The program finds the old sources where it finds those of today.
const program = join(sources, 'server/test/upgrade/support');
cpSync(fileURLToPath(new URL('support', import.meta.url)), program, { recursive: true });

await build({
  root: join(sources, 'server'),
  configFile: false,
  logLevel: 'warn',
  resolve: {
    alias: [
      {
        find: '@embedded-signup-kit/protocol/schemas',
        replacement: join(sources, 'protocol/src/schemas/index.ts'),
      },
      { find: '@embedded-signup-kit/protocol', replacement: join(sources, 'protocol/src/index.ts') },
    ],
  },
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    lib: { entry: { node: join(program, 'node-program.ts') }, formats: ['es'] },
    rolldownOptions: {
      platform: 'node',
      external: (id) => /^[a-z@]/i.test(id) && !id.startsWith('@embedded-signup-kit/'),
      output: {
        entryFileNames: '[name].mjs',
        // Names stay, so that a stack can be read.
        minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
      },
    },
  },
});
const header = `// A node of the kit as it was before the next migration was added: its database has the schema ${name.replace(/^schema-/, '')}.
// Made by ../freeze-node.mjs from sources of that time, and never edited: tests run it beside the version of today.
`;
mkdirSync(fileURLToPath(new URL('nodes', import.meta.url)), { recursive: true });
writeFileSync(target, header + readFileSync(join(out, 'node.mjs'), 'utf8'));
rmSync(out, { recursive: true, force: true });
