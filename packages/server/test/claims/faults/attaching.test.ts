import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configurations } from './support/configurations.ts';
import { discoverCalls, everyFault } from './support/every-fault.ts';
import { faults } from './support/faults.ts';
import { startWorld, type Node, type World } from './support/hosts.ts';
import type { MetaCall } from './support/meta-calls.ts';
import type { Role, Times } from './support/oracle.ts';
import { runScenario } from './support/scenario.ts';

const { attaching, plain } = configurations;

describe('claims whose held number is attached', () => {
  everyFault(attaching, { engine: 'SQLite', sharedWith: plain });
});

describe('a held number that is to be attached', () => {
  let world: World;
  let node: Node;
  let calls: MetaCall[];
  beforeAll(async () => {
    world = await startWorld('SQLite');
    node = await world.startNode(attaching.options());
    calls = await discoverCalls(world, node, attaching);
  });
  afterAll(() => world.close());

  /** Every call of that role is throttled, which says that nothing was begun. */
  async function throttled(role: Role, times: Times): Promise<void> {
    const affected = calls.filter((call) => call.role === role);
    expect(affected.length).toBeGreaterThan(0);
    for (const call of affected) {
      for (const fault of faults.filter(({ name }) => /^throttled with (4|80007)$/.test(name))) {
        await runScenario(world, node, attaching, { call, fault, times });
      }
    }
  }

  it('stays held while its claim waits for Meta’s limits to end', () => throttled('holding', 1));
  it('stays held while its claim waits for them for hours', () => throttled('holding', 2));
  it('is attached in the end when Meta throttled that once', () => throttled('attach', 1));
  it('is attached in the end when Meta throttled that again and again', () => throttled('attach', 'always'));
});
