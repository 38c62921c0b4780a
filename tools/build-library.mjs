// Builds one publishable package: JavaScript by Vite, one declaration file per entry by Rollup.
// The entries are the `exports` of its package.json that have a source, so they are written down once.
// Private workspace packages (devDependencies) are inlined; `dependencies` stay imports.
import { readFile, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { build } from 'vite';

const SOURCE = '@embedded-signup-kit/source';
const root = process.cwd();
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const started = performance.now();

const entries = Object.fromEntries(
  Object.values(manifest.exports)
    .filter((target) => typeof target === 'object' && SOURCE in target)
    .map((target) => [relative('dist', target.default).replace(/\.js$/, ''), join(root, target[SOURCE])]),
);
const programs = Object.fromEntries(
  (manifest.programs ?? []).map((file) => [basename(file, '.ts'), join(root, file)]),
);
const kept = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
const external = (id) =>
  id.startsWith('node:') || kept.some((name) => id === name || id.startsWith(`${name}/`));

await rm(join(root, 'dist'), { recursive: true, force: true });

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  resolve: { conditions: [SOURCE, 'import', 'module', 'default'] },
  build: {
    outDir: 'dist',
    target: 'es2022',
    minify: false,
    sourcemap: true,
    emptyOutDir: false,
    copyPublicDir: false,
    lib: { entry: { ...entries, ...programs }, formats: ['es'] },
    rolldownOptions: {
      external,
      platform: manifest.browser ? 'browser' : 'node',
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});

const types = await rollup({
  input: entries,
  external,
  plugins: [dts({ respectExternal: true, tsconfig: join(root, 'tsconfig.json') })],
  onwarn: (warning, show) => (warning.code === 'EMPTY_BUNDLE' ? undefined : show(warning)),
});
await types.write({
  dir: join(root, 'dist'),
  format: 'es',
  entryFileNames: '[name].d.ts',
  chunkFileNames: 'chunks/[name]-[hash].d.ts',
});
await types.close();

console.error(
  `${manifest.name}: ${Object.keys({ ...entries, ...programs }).join(', ')} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
);
