import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { chanceOf } from '../support/chance.ts';
import { seedOfRun } from '../torture/support/kill-at-random.ts';
import { newNodesLedger, signUpAll } from './support/customers-of-nodes.ts';
import { crashServer } from './support/faults.ts';
import { createNodesWorld, type NodesWorld } from './support/nodes-world.ts';
import { createOwnPostgres, type OwnPostgres } from './support/own-postgres.ts';
import { expectNodesKeptPromises, settle } from './support/promises-of-nodes.ts';

const isLong = process.env['TEST_LONG'] === '1';
const hurried = !isLong;
const claims = isLong ? 1_000 : 40;
const stops = isLong ? 50 : 3;

let bundled: BundledProgram;
let server: OwnPostgres | undefined;
let world: NodesWorld | undefined;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());
beforeEach(async () => {
  server = await createOwnPostgres();
}, 60_000);
afterEach(async () => {
  await world?.close();
  await server?.remove();
}, 60_000);

describe('four nodes whose PostgreSQL is stopped as by a power cut, and started again', () => {
  it(
    'still have every claim that they answered for, and end it',
    async () => {
      const seed = seedOfRun();
      if (server === undefined) throw new Error('no server');
      world = await createNodesWorld({
        file: bundled.file,
        nodes: [{}, {}, {}, {}],
        server: server.url,
        simulator: { numbers: claims + 20, seed },
      });
      const ledger = newNodesLedger();
      const chance = chanceOf(seed);
      await Promise.all([
        signUpAll(world, ledger, { claims, atOnce: 8, seed }),
        crashServer(world, server, { chance, times: stops, apart: 1_500 }),
      ]);
      await settle(world, { hurried });
      const outcome = await expectNodesKeptPromises(world, ledger);
      process.stdout.write(`nodes: ${stops} immediate stops: seed ${seed} ${JSON.stringify(outcome)}\n`);
      expect(outcome.registered).toBeGreaterThan(claims / 2);
    },
    isLong ? 1_200_000 : 60_000,
  );
});
