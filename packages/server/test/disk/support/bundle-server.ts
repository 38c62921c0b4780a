import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A server program that can be started as often as wanted. */
export interface BundledServer {
  file: string;
  remove(): Promise<void>;
}

/** Bundles the server program from sources, as tools/run-typescript.mjs does: under strace a build would take long. */
export async function bundleServer(): Promise<BundledServer> {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  // Inside the package, so that the bundle finds the package's own dependencies.
  const outDir = join(root, 'node_modules', '.cache', 'disk', `${process.pid}-${performance.now()}`);
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
      lib: {
        entry: { server: fileURLToPath(new URL('server-program.ts', import.meta.url)) },
        formats: ['es'],
      },
      rolldownOptions: {
        platform: 'node',
        external: (id) => /^[a-z@]/i.test(id) && !id.startsWith('@embedded-signup-kit/'),
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return { file: join(outDir, 'server.mjs'), remove: () => rm(outDir, { recursive: true, force: true }) };
}
