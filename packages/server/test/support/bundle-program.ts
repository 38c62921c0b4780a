import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A program of the tests that can be started as often as wanted. */
export interface BundledProgram {
  file: string;
  remove(): Promise<void>;
}

/** Read into the bundle, because a start then has fewer files to look for. */
const inlined = /^(@embedded-signup-kit|zod|jose|kysely|libphonenumber-js|uuid)(\/|$)/;

/** Bundles a program once, from sources, as tools/run-typescript.mjs does: a start then takes no build. */
export async function bundleProgram(entry: URL): Promise<BundledProgram> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  // Inside the package, so that the bundle finds the package's own dependencies.
  const outDir = join(root, 'node_modules', '.cache', 'programs', `${process.pid}-${performance.now()}`);
  await mkdir(outDir, { recursive: true });
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions: ['@embedded-signup-kit/source', 'import', 'module', 'default'] },
    build: {
      outDir,
      target: 'node20',
      minify: false,
      lib: { entry: { program: fileURLToPath(entry) }, formats: ['es'] },
      rolldownOptions: {
        platform: 'node',
        external: (id) => /^[a-z@]/i.test(id) && !inlined.test(id),
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return {
    file: join(outDir, 'program.mjs'),
    remove: () => rm(outDir, { recursive: true, force: true }),
  };
}
