import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { chanceOf } from '../support/chance.ts';
import { seedOfRun } from '../torture/support/kill-at-random.ts';
import { newNodesLedger, signUpAll } from './support/customers-of-nodes.ts';
import { crashServer, killNodes, silenceLink, stopNodes, terminateUntil } from './support/faults.ts';
import { createNodesWorld, leaseMs, type NodesWorld } from './support/nodes-world.ts';
import { createOwnPostgres, type OwnPostgres } from './support/own-postgres.ts';
import { expectNodesKeptPromises, settle, type NodesOutcome } from './support/promises-of-nodes.ts';

const isLong = process.env['TEST_LONG'] === '1';
const hurried = !isLong;
/** The long form: 10,000 claims, 50 immediate stops, 500 terminated backends and more. */
const rounds = isLong ? 10 : 1;
const claims = isLong ? 1_000 : 40;
const times = isLong
  ? { crashes: 5, backends: 50, stops: 2, silences: 2, kills: 2 }
  : { crashes: 1, backends: 5, stops: 1, silences: 1, kills: 1 };

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

describe('four nodes that stand still, are cut off and killed, on a PostgreSQL that crashes', () => {
  it(
    'keep every promise',
    async () => {
      const first = seedOfRun();
      const outcomes: NodesOutcome[] = [];
      let backends = 0;
      for (let round = 0; round < rounds; round += 1) {
        // Far apart, because each customer has a chance of their own.
        const seed = first + round * 100_000;
        backends += await oneRound(seed, outcomes).catch((error: unknown) => {
          throw new Error(`TORTURE_SEED=${seed}: ${String(error)}\n${world?.stderr().slice(-4_000)}`, {
            cause: error,
          });
        });
      }
      const sum = (of: (one: NodesOutcome) => number) => outcomes.reduce((all, one) => all + of(one), 0);
      process.stdout.write(
        `nodes: everything at once: ${JSON.stringify({ backends, claims: sum((one) => one.claims) })}\n`,
      );
      expect(sum((one) => one.claims)).toBeGreaterThanOrEqual(rounds * claims);
      expect(backends).toBeGreaterThanOrEqual(rounds * times.backends);
      expect(sum((one) => one.registered)).toBeGreaterThan((rounds * claims) / 2);
    },
    isLong ? 3_600_000 : 90_000,
  );
});

async function oneRound(seed: number, outcomes: NodesOutcome[]): Promise<number> {
  if (server === undefined) throw new Error('no server');
  world = await createNodesWorld({
    file: bundled.file,
    nodes: [{ linked: true }, {}, {}, {}],
    server: server.url,
    simulator: { numbers: claims + 40, seed },
  });
  const ledger = newNodesLedger();
  const crowd = signUpAll(world, ledger, { claims, atOnce: 10, seed });
  const [backends] = await Promise.all([
    terminateUntil(world, crowd, { chance: chanceOf(seed + 1), atLeast: times.backends }),
    crashServer(world, server, {
      chance: chanceOf(seed + 2),
      times: times.crashes,
      apart: isLong ? 12_000 : 3_000,
    }),
    // Nodes that are killed are others than those that stand still at that moment only by chance; both must do.
    stopNodes(world, { chance: chanceOf(seed + 3), times: times.stops, ms: 1.5 * leaseMs }),
    silenceLink(world, 0, { chance: chanceOf(seed + 4), times: times.silences, ms: 5_000 }),
    killNodes(world, { chance: chanceOf(seed + 5), times: times.kills }),
    crowd,
  ]);
  await settle(world, { hurried });
  const outcome = await expectNodesKeptPromises(world, ledger);
  outcomes.push(outcome);
  process.stdout.write(`nodes: a round: seed ${seed} ${JSON.stringify({ backends, ...outcome })}\n`);
  await world.close();
  return backends;
}
