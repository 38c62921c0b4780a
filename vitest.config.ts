import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { defaultClientConditions, defaultServerConditions } from 'vite';

// Tests run on the sources of the workspace, so that a change in one package shows in another without a build.
const source = '@embedded-signup-kit/source';
const postgres = './tools/provide-postgres.mjs';
const chromium = './tools/provide-chromium.mjs';

// `pnpm test:long`: full counts of random runs take minutes where the short form takes seconds.
const patience = process.env['TEST_LONG'] === '1' ? 90 : 1;

// Journeys that wait for what is on the screen, whenever it comes. The others also go by what a person would wait for.
const patient = ['claims', 'cookies', 'detours', 'frameworks', 'hostile-messages'].map(
  (name) => `journeys/${name}.test.ts`,
);

const unit = (name: string, globalSetup: string[] = []) => ({
  extends: true as const,
  test: {
    name,
    include: [`packages/${name}/test/**/*.test.ts`],
    globalSetup,
    testTimeout: 20_000 * patience,
    hookTimeout: 30_000,
  },
});

export default defineConfig({
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    allowOnly: false,
    // Mostly waiting for disks and sockets: fewer workers would leave a small machine idle.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    restoreMocks: true,
    projects: [
      unit('protocol'),
      unit('server', [postgres]),
      unit('simulator'),
      unit('widget', [chromium]),
      {
        extends: true,
        test: { name: 'tools', include: ['tools/test/**/*.test.mjs'], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'patient-journeys',
          include: patient,
          globalSetup: [chromium],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['journeys/**/*.test.ts', 'examples/*/test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...patient],
          globalSetup: [postgres, chromium],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // One browser at a time, after everything else: a journey times what a person would see.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
