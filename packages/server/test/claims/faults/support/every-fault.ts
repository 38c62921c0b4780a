import { afterAll, beforeAll, expect, it } from 'vitest';
import { chanceOf } from '../../../support/chance.ts';
import { seedOfRun } from './seed-of-run.ts';
import type { Configuration } from './configurations.ts';
import { faults } from './faults.ts';
import { deliver, finishPopup, startWorld, type EngineName, type Node, type World } from './hosts.ts';
import { callsOfClaims, metaCallsOf, phoneOf, type MetaCall } from './meta-calls.ts';
import type { Times } from './oracle.ts';
import { record, runScenario, wordsOf, type Scenario } from './scenario.ts';

const long = process.env['TEST_LONG'] === '1';
const patience = long ? 1_800_000 : 120_000;
const allTimes: readonly [Times, ...Times[]] = [1, 2, 'always'];

/** What one file runs: files run beside each other. */
export interface Part {
  engine: EngineName;
  /** Counted from 0. */
  part?: number;
  of?: number;
  /** Calls that another configuration makes as well, whose file has them all: of these the short form takes a few. */
  sharedWith?: Configuration;
  /** The short form takes a few only. */
  isSample?: boolean;
}

/** Of what the short form takes a few only, it takes one in so many, by chance; of everything else, half. */
const oneIn = 12;

/**
 * Tests for every call of a configuration with every fault. The calls are those of a sign-up that went well, so a new step
 * is among them by itself. The short form chooses by chance how often each fault comes; the long form has it all.
 */
export function everyFault(configuration: Configuration, parts: Part): void {
  const { engine, part = 0, of = 1, sharedWith, isSample = false } = parts;
  let world: World;
  let node: Node;
  let calls: MetaCall[];
  let shared: ReadonlySet<string> = new Set();
  beforeAll(async () => {
    world = await startWorld(engine);
    if (sharedWith !== undefined) {
      const other = await world.startNode(await sharedWith.options());
      shared = new Set((await discoverCalls(world, other, sharedWith)).map(({ name }) => name));
      await other.close();
    }
    node = await world.startNode(await configuration.options());
    calls = await discoverCalls(world, node, configuration);
  });
  afterAll(() => world.close());

  it(
    `end as they must, each fault at each call, on ${engine}`,
    async () => {
      const seed = seedOfRun();
      const chance = chanceOf(seed);
      const all = calls.flatMap((call) => faults.map((fault) => ({ call, fault })));
      const mine = all
        .filter((_one, index) => index % of === part)
        .flatMap(({ call, fault }): Scenario[] => {
          if (long) return allTimes.map((times) => ({ call, fault, times }));
          const isFew = isSample || shared.has(call.name);
          const isWanted = chance.below(isFew ? oneIn : 2) === 0;
          return isWanted ? [{ call, fault, times: chance.of(allTimes) }] : [];
        });
      const failures: string[] = [];
      for (const scenario of mine) {
        await runScenario(world, node, configuration, scenario).catch((error: unknown) => {
          failures.push(`${wordsOf(scenario)}\n  ${error instanceof Error ? error.message : String(error)}`);
        });
      }
      process.stdout.write(
        `faults: a host ${configuration.name}, ${engine}, part ${part + 1} of ${of}: ${mine.length} (call, fault, times) at ${calls.length} calls, ${failures.length} wrong, FAULT_SEED=${seed}\n`,
      );
      expect(failures, `with FAULT_SEED=${seed}`).toEqual([]);
      expect(mine.length).toBeGreaterThan(0);
    },
    patience,
  );

  it('are all the calls that a claim makes', () => {
    const names = calls.map(({ name }) => name);
    expect(names).toContain('GET /oauth/access_token');
    expect(names).toContain('POST /:phone/register');
    expect(names.length).toBeGreaterThanOrEqual(6);
  });
}

/** Signs one customer up while nothing is wrong. */
export async function discoverCalls(world: World, node: Node, { popup }: Configuration): Promise<MetaCall[]> {
  const finished = await finishPopup(world, node, 'undisturbed', popup);
  world.sim.clearRequests();
  const id = await deliver(node, finished);
  await node.signup.runDue();
  expect((await record(node, id)).status, 'the claim that nothing disturbed').toBe('registered');
  const phone = phoneOf(world, finished);
  if (phone === undefined) throw new Error('the customer has no number');
  return metaCallsOf(callsOfClaims(world), finished.wabaId, phone);
}
