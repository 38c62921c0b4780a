import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { chanceOf } from '../support/chance.ts';
import { seedOfRun } from '../torture/support/kill-at-random.ts';
import { newNodesLedger, signUpAll } from './support/customers-of-nodes.ts';
import { terminateUntil } from './support/faults.ts';
import { createNodesWorld, type NodesWorld } from './support/nodes-world.ts';
import { expectNodesKeptPromises, settle } from './support/promises-of-nodes.ts';

const isLong = process.env['TEST_LONG'] === '1';
const hurried = !isLong;
const claims = isLong ? 1_000 : 24;
const backends = isLong ? 500 : 20;

let bundled: BundledProgram;
let world: NodesWorld | undefined;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());
afterEach(() => world?.close());

describe('four nodes whose backends are terminated all the time', () => {
  it(
    'lose no claim, and no node',
    async () => {
      const seed = seedOfRun();
      world = await createNodesWorld({
        file: bundled.file,
        nodes: [{}, {}, {}, {}],
        server: inject('postgresUrl'),
        simulator: { numbers: claims + 20, seed },
      });
      const living = world;
      const ledger = newNodesLedger();
      const crowd = signUpAll(living, ledger, { claims, atOnce: 8, seed });
      const [terminated] = await Promise.all([
        terminateUntil(living, crowd, { chance: chanceOf(seed), atLeast: backends }),
        crowd,
      ]);
      await settle(living, { hurried });
      const outcome = await expectNodesKeptPromises(living, ledger);
      process.stdout.write(
        `nodes: ${terminated} backends terminated: seed ${seed} ${JSON.stringify(outcome)}\n`,
      );
      expect(terminated).toBeGreaterThanOrEqual(backends);
      expect(outcome.registered).toBeGreaterThan(claims / 2);
    },
    isLong ? 1_200_000 : 60_000,
  );
});
