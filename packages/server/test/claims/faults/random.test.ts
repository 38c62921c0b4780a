import type { RandomFaults } from '@embedded-signup-kit/simulator';
import { describe, expect, it } from 'vitest';
import { chanceOf, type Chance } from '../../support/chance.ts';
import { seedOfRun } from './support/seed-of-run.ts';
import { configurations, type Configuration } from './support/configurations.ts';
import { deliver, finishPopup, startWorld, type EngineName, type Node, type World } from './support/hosts.ts';
import { callsOfClaims } from './support/meta-calls.ts';
import { expectPromisesKept } from './support/promises.ts';
import { record } from './support/scenario.ts';

const long = process.env['TEST_LONG'] === '1';
const runs = long ? 500 : 16;
const patience = long ? 1_800_000 : 120_000;
const hour = 60 * 60_000;
const day = 24 * hour;

const engines: readonly EngineName[] = ['SQLite', 'PostgreSQL'];
const hosts = [configurations.plain, configurations.everything];

/**
 * Faults by chance on every call. The simulator draws by the same generator, so with our own seed its first draw would be
 * ours once more, and the first call would hardly ever be hit.
 */
const anyFaults = (chance: Chance): RandomFaults => ({
  rate: (1 + chance.below(7)) / 10,
  seed: chance.below(2 ** 31),
});

/** Kinds that leave an answer right. */
const harmless: ReadonlySet<string> = new Set(['wrong-type']);

describe.each(engines)('a claim during faults by chance, on %s', (engine) => {
  it.each(hosts)(
    'of a host $name ends registered, or without its code',
    async (configuration: Configuration) => {
      const first = seedOfRun();
      const world = await startWorld(engine);
      const ends = new Map<string, number>();
      let calls = 0;
      let faulted = 0;
      try {
        const node = await world.startNode(await configuration.options());
        for (let run = 0; run < runs; run += 1) {
          const seed = first + run;
          const end = await oneClaim(world, node, seed).catch((error: unknown) => {
            throw new Error(`FAULT_SEED=${seed}`, { cause: error });
          });
          ends.set(end, (ends.get(end) ?? 0) + 1);
          const seen = callsOfClaims(world);
          calls += seen.length;
          faulted += seen.filter(({ fault }) => fault !== undefined).length;
        }
      } finally {
        await world.close();
      }
      process.stdout.write(
        `faults by chance: a host ${configuration.name}, ${engine}: ${runs} claims, ${calls} calls, ${faulted} with a fault, FAULT_SEED=${first}: ${JSON.stringify(Object.fromEntries(ends))}\n`,
      );
      expect(ends.get('registered') ?? 0).toBeGreaterThan(0);
      expect(faulted).toBeGreaterThan(0);
      // In a few runs chance may spare every exchange; in hundreds it does not.
      expect(ends.get('needs_signup') ?? 0).toBeGreaterThanOrEqual(long ? 1 : 0);
    },
    patience,
  );
});

/** Signs a customer up on a bad day of Meta's, which ends after twenty hours. Resolves to the end. */
async function oneClaim(world: World, node: Node, seed: number): Promise<string> {
  const chance = chanceOf(seed);
  world.sim.setFaults([]);
  world.passTo(world.now() + 2 * hour);
  const finished = await finishPopup(world, node, `customer-${seed}`);
  world.sim.clearRequests();
  const firstGone = node.wire.gone.length;
  const id = await deliver(node, finished);
  const faults = anyFaults(chance);
  if (chance.below(3) === 0) world.sim.setFaults(faults);
  else {
    // The exchange goes well, and its answer is when the bad day begins.
    world.onRequest = ({ path }) => {
      if (path === '/oauth/access_token') world.sim.setFaults(faults);
    };
  }
  const begun = world.now();
  for (let round = 0; round < 400; round += 1) {
    if (world.now() > begun + 20 * hour) world.sim.setFaults([]);
    await node.signup.runDue();
    const work = await world.disk.work(id);
    if (work === undefined) break;
    expect(work.isLeased, `a lease of the step ${work.step} is left behind`).toBe(false);
    world.passTo(work.runAt);
  }
  world.onRequest = () => undefined;
  expect(world.now() - begun).toBeLessThan(14 * day);
  const claim = await record(node, id);
  const end = claim.status;
  const exchange = callsOfClaims(world).find(({ path }) => path === '/oauth/access_token');
  const isSpoilt = exchange?.fault !== undefined && !harmless.has(exchange.fault);
  if (isSpoilt) {
    expect(end, `the end after an exchange with ${exchange.fault}`).toBe('needs_signup');
    expect(claim.reason?.message).toMatch(/sign up again/i);
  } else {
    expect([end, claim.reason?.code]).toEqual(['registered', undefined]);
  }
  await expectPromisesKept(world, node, { id, finished, firstGone, claim });
  return end;
}
