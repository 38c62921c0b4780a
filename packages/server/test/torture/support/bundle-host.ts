import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A host that can be started as often as wanted. */
export interface BundledHost {
  file: string;
  remove(): Promise<void>;
}

/** Read into the bundle, because a restart then has fewer files to look for. */
const inlined = /^(@embedded-signup-kit|zod|jose|kysely|libphonenumber-js|uuid)(\/|$)/;

/** Bundles the host once, from sources, as tools/run-typescript.mjs does: a restart then takes no build. */
export async function bundleHost(): Promise<BundledHost> {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  // Inside the package, so that the bundle finds the package's own dependencies.
  const outDir = join(root, 'node_modules', '.cache', 'torture', `${process.pid}-${performance.now()}`);
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
      lib: { entry: { host: fileURLToPath(new URL('host.ts', import.meta.url)) }, formats: ['es'] },
      rolldownOptions: {
        platform: 'node',
        external: (id) => /^[a-z@]/i.test(id) && !inlined.test(id),
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return { file: join(outDir, 'host.mjs'), remove: () => rm(outDir, { recursive: true, force: true }) };
}
