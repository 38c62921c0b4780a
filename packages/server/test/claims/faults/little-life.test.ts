import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chanceOf, type Chance } from '../../support/chance.ts';
import { seedOfRun } from './support/seed-of-run.ts';
import { deliver, finishPopup, startWorld, type Node, type World } from './support/hosts.ts';
import { callsOfClaims } from './support/meta-calls.ts';
import { record } from './support/scenario.ts';

const long = process.env['TEST_LONG'] === '1';
const second = 1_000;
/** Meta counts from when it made the code, the host from when the code came in. */
const life = 30 * second;

/** How the life of a code is spent, in milliseconds. */
interface Spent {
  /** From Meta to the host: the popup closes, the page posts. */
  before: number;
  /** In the host, until a worker gets to it. */
  waiting: number;
  /** From the host to Meta. */
  travel: number;
  /** Until Meta's answer is back. */
  answer: number;
}

let world: World;
let node: Node;
beforeEach(async () => {
  world = await startWorld('SQLite');
  node = await world.startNode({});
});
afterEach(() => world.close());

let customers = 0;

/** A code comes in and is worked on with these delays. Resolves to the claim and how often the code went out. */
async function exchangeAfter({ before, waiting, travel, answer }: Spent) {
  customers += 1;
  world.sim.setFaults([
    { match: { path: '/oauth/access_token' }, times: 'always', fault: { kind: 'slow', ms: answer } },
  ]);
  const finished = await finishPopup(world, node, `customer-${customers}`);
  node.wire.hooks = {
    async before({ code }) {
      if (code !== undefined) world.passTo(world.now() + travel);
    },
  };
  world.passTo(world.now() + before);
  const id = await deliver(node, finished);
  world.passTo(world.now() + waiting);
  world.sim.clearRequests();
  await node.signup.runDue();
  const sent = node.wire.gone.filter(({ code }) => code === finished.code).length;
  const exchanges = callsOfClaims(world).filter(({ path }) => path === '/oauth/access_token');
  expect(exchanges.length, 'exchanges at Meta').toBe(sent);
  return { claim: await record(node, id), sent };
}

/** What must become of it, by the two clocks. */
function expectedOf({ before, waiting, travel }: Spent) {
  if (waiting > life) return { sent: 0, end: 'needs_signup', code: 'code_expired' };
  if (before + waiting + travel < life) return { sent: 1, end: 'registered', code: undefined };
  return { sent: 1, end: 'needs_signup', code: 'graph:100' };
}

async function expectRight(spent: Spent): Promise<void> {
  const words = JSON.stringify(spent);
  const { claim, sent } = await exchangeAfter(spent);
  const expected = expectedOf(spent);
  expect([claim.status, claim.reason?.code, sent], `the end after ${words}`).toEqual([
    expected.end,
    expected.code,
    expected.sent,
  ]);
  if (claim.status === 'needs_signup') {
    expect(claim.reason?.message, `what is said after ${words}`).toMatch(/30 seconds.*sign up again/i);
    expect(claim.sealedCode, 'a code that is of no use any more').toBeUndefined();
  }
}

describe('a code that has little life left when it arrives', () => {
  it.each([25, 10, 3])('is exchanged in time with %d seconds left, however slow Meta is', async (left) => {
    for (const travel of [0, 700, 2_000]) {
      for (const answer of [0, 900, 2_000]) {
        const spent = { before: life - left * second, waiting: 0, travel, answer };
        const { claim, sent } = await exchangeAfter(spent);
        expect([claim.status, sent], `the end after ${JSON.stringify(spent)}`).toEqual(['registered', 1]);
      }
    }
  });

  it.each([25, 10, 3])(
    'with %d seconds left is sent once, and the customer is asked for another one, when it comes too late',
    async (left) => {
      const before = life - left * second;
      for (const late of [0.1, 1, 1.9]) {
        await expectRight({
          before,
          waiting: (left - 1.9) * second,
          travel: (1.9 + late) * second,
          answer: 0,
        });
        await expectRight({ before, waiting: (left + late) * second, travel: 0, answer: 1_500 });
      }
    },
  );

  it('is sent once when it dies on the way by a moment, and not at all when the host itself knows', async () => {
    // It came 0.1 seconds old.
    const before = 100;
    await expectRight({ before, waiting: 29_800, travel: 0, answer: 0 });
    await expectRight({ before, waiting: 29_890, travel: 9, answer: 2_000 });
    await expectRight({ before, waiting: 29_950, travel: 0, answer: 0 });
    await expectRight({ before, waiting: 30_000, travel: 0, answer: 0 });
    await expectRight({ before, waiting: 30_001, travel: 0, answer: 0 });
    await expectRight({ before, waiting: 30_100, travel: 0, answer: 0 });
  });

  it('is exchanged at once by the host that took it, without anybody who looks for work', async () => {
    await node.signup.start();
    const finished = await finishPopup(world, node, 'hurried');
    world.passTo(world.now() + 27 * second);
    const id = await deliver(node, finished);
    await vi.waitFor(async () => expect((await record(node, id)).status).toBe('registered'), {
      timeout: 10_000,
      interval: 10,
    });
    expect(node.wire.gone.filter(({ code }) => code === finished.code).length).toBe(1);
  });

  it('ends as its two clocks say, whatever the delays', async () => {
    const seed = seedOfRun();
    const chance = chanceOf(seed);
    const runs = long ? 500 : 40;
    const ends = new Map<string, number>();
    for (let run = 0; run < runs; run += 1) {
      const spent = anyDelays(chance);
      try {
        await expectRight(spent);
      } catch (error) {
        throw new Error(`FAULT_SEED=${seed}, run ${run}: ${JSON.stringify(spent)}`, { cause: error });
      }
      const { end, sent } = expectedOf(spent);
      const name = `${end}, sent ${sent} times`;
      ends.set(name, (ends.get(name) ?? 0) + 1);
    }
    process.stdout.write(
      `codes with little life: ${runs} runs, FAULT_SEED=${seed}: ${JSON.stringify(Object.fromEntries(ends))}\n`,
    );
    expect(ends.size, 'kinds of ends met').toBe(3);
  });
});

function anyDelays(chance: Chance): Spent {
  const before = chance.of([5, 20, 27]) * second + chance.below(900);
  // Around the moments at which something changes: Meta's end, and the host's.
  const around = chance.of([0, life - before, life]);
  return {
    before,
    waiting: Math.max(0, around + chance.below(3_000) - 1_500),
    travel: chance.below(2_000),
    answer: chance.below(2_000),
  };
}
