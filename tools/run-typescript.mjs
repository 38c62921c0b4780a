// Runs a TypeScript program of the workspace on any supported Node: bundles it by Vite with the workspace's sources
// inside (so nothing has to be built first) and runs the bundle.
//
//   node ../../tools/run-typescript.mjs bench/claims.ts [arguments of the program]
import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const SOURCE = '@embedded-signup-kit/source';
const [entry, ...rest] = process.argv.slice(2);
if (entry === undefined) {
  console.error('Say which program to run: node run-typescript.mjs FILE.ts');
  process.exit(2);
}

// Inside the package, so that the bundle finds the package's own dependencies.
const outDir = join(process.cwd(), 'node_modules', '.cache', 'run-typescript', String(process.pid));
await mkdir(outDir, { recursive: true });
process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));

await build({
  root: process.cwd(),
  configFile: false,
  logLevel: 'warn',
  resolve: { conditions: [SOURCE, 'import', 'module', 'default'] },
  build: {
    outDir,
    target: 'node20',
    minify: false,
    lib: { entry: { [basename(entry, '.ts')]: resolve(entry) }, formats: ['es'] },
    rolldownOptions: {
      platform: 'node',
      external: (id) => /^[a-z@]/i.test(id) && !id.startsWith('@embedded-signup-kit/'),
      output: { entryFileNames: '[name].mjs' },
    },
  },
});
process.argv.splice(1, process.argv.length, entry, ...rest);
await import(pathToFileURL(join(outDir, `${basename(entry, '.ts')}.mjs`)).href);
