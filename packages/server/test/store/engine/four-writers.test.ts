import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../../support/bundle-program.ts';
import { createCrowd, summaryOf, wrongAnswers } from '../../upgrade/support/crowd.ts';
import { starvedOf } from '../../upgrade/support/start-node.ts';
import { createNodesWorld, type NodesWorld } from '../../upgrade/support/world.ts';

const isLong = process.env['TEST_LONG'] === '1';
const timeout = isLong ? 1_200_000 : 120_000;
const customers = isLong ? 1_000 : 120;
/** Customers who sign up at once. */
const atOnce = 40;
/** Longer than that is a stall: an answer takes a few commits, also when it is a refusal. Milliseconds, beside those in which others had the processor. */
const stall = 3_000;

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('../../upgrade/support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());
let world: NodesWorld;
afterEach(() => world.close());

describe('four processes that write to one SQLite file at once', { timeout }, () => {
  it('answer every request or say when to come again, lose nothing and give no number twice', async () => {
    world = await createNodesWorld('SQLite', customers);
    const nodes = await Promise.all(Array.from({ length: 4 }, () => world.start(bundled.file)));
    await Promise.all(nodes.map((node) => node.started));
    let turn = 0;
    const crowd = createCrowd({
      sim: world.sim,
      url: () => {
        turn += 1;
        return nodes[turn % nodes.length]?.url ?? '';
      },
    });
    const starvedNow = async () =>
      Math.max(...(await Promise.all(nodes.map((node) => node.starved())))) + (await starvedOf('self'));
    const starvedBefore = await starvedNow();
    await Promise.all(nodes.map((node) => node.longestDelay()));
    const begun = performance.now();
    let next = 0;
    const queue = async () => {
      while (next < customers) {
        next += 1;
        await crowd.signUp(`customer-${next}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, queue));
    const signedUp = performance.now() - begun;
    await crowd.settled();
    const settled = performance.now() - begun;
    const loops = await Promise.all(nodes.map((node) => node.longestDelay()));

    const { asked, refused, slowest } = summaryOf(crowd.answers);
    process.stdout.write(
      `4 processes, 1 SQLite file: ${customers} sign-ups in ${signedUp.toFixed(0)} ms, all registered after ${settled.toFixed(0)} ms; ` +
        `${asked} requests, ${refused} refused, slowest ${slowest} ms; event loops at most ${loops.map((ms) => ms.toFixed(0)).join(' ')} ms\n`,
    );
    expect(wrongAnswers(crowd.answers)).toEqual([]);
    expect(slowest).toBeLessThan(stall + (await starvedNow()) - starvedBefore);
    expect(crowd.claims).toHaveLength(customers);
    expect(new Set(crowd.claims.map(({ id }) => id)).size).toBe(customers);
    expect(new Set(crowd.claims.map(({ poolNumberId }) => poolNumberId)).size).toBe(customers);
    const atMeta = world.sim.state().phoneNumbers.filter(({ registeredAt }) => registeredAt !== undefined);
    expect(new Set(atMeta.map(({ id }) => id))).toEqual(crowd.registered());
  });
});
