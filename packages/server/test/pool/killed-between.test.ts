import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { second } from '../../src/domain/durations.ts';
import type { Store } from '../../src/ports/store.ts';
import { chanceOf } from '../support/chance.ts';
import { engines } from '../support/databases.ts';
import { startTexts, textOf, type TextWorld } from './support/text-world.ts';

const code = '731046';
const isLong = process.env['TEST_LONG'] === '1';

class Killed extends Error {}

/** What a node does to the world outside, one step after the other; it dies at one of them, before or after it was done. */
function mortal(world: TextWorld, { at, done }: { at: number; done: boolean }) {
  let steps = 0;
  const step =
    <Args extends unknown[], T>(act: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      steps += 1;
      if (steps > at || (steps === at && !done)) throw new Killed();
      const result = await act(...args);
      if (steps === at) throw new Killed();
      return result;
    };
  const store = Object.fromEntries(
    (
      [
        'findNumberByPhone',
        'listNumberCalls',
        'keepText',
        'listTexts',
        'spendText',
        'dropText',
        'endNumberCall',
      ] as const
    ).map((name) => [name, step((input: never) => world.store[name](input) as Promise<unknown>)]),
  ) as unknown as Store; // exactly these methods, each with its own type
  const atMeta = step(async (sent: string) => void world.atMeta.push(sent));
  return {
    isDead: () => steps >= at,
    receive: () => world.receive(textOf(code), { store }),
    lane: world.lane({
      store,
      async submitSpent({ code: sent, callId }) {
        await atMeta(sent);
        await store.endNumberCall({ callId, outcome: 'done' });
      },
    }),
  };
}

const quietly = (promise: Promise<unknown>) =>
  promise.catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
    return 'killed';
  });

describe.each(engines)('a node that is killed with a text in hand, on $name', (engine) => {
  it('has it handed in by another node, unless it had begun to send it: never twice', async () => {
    let at = 0;
    for (let alive = false; !alive; at += 1) {
      for (const done of [false, true]) {
        const world = await startTexts(engine);
        await world.ask();
        const first = mortal(world, { at: at + 1, done });
        const answer = await quietly(first.receive());
        await quietly(first.lane.runDue());
        alive = !first.isDead();
        const spent = (
          await world.store.listNumberCalls({ phoneNumber: '+15550100001', kind: 'verify_code', limit: 9 })
        ).length;
        const sent = world.atMeta.length;
        // The provider heard no answer, so it sends the text once more, and once too often as well.
        const other = world.lane();
        if (answer === 'killed') await world.receive(textOf(code));
        await other.runDue();
        world.pass(second);
        await world.receive(textOf(code));
        await other.runDue();
        const where = `killed ${done ? 'after' : 'before'} step ${at + 1}`;
        expect([where, world.atMeta.length, await world.waiting()]).toEqual([where, spent > 0 ? sent : 1, 0]);
        expect(sent).toBeLessThanOrEqual(1);
        await world.close();
      }
    }
    // Three steps to take it, at least four to hand it in.
    expect(at).toBeGreaterThan(7);
  });
});

describe.each(engines)('two nodes with the same texts, on $name', (engine) => {
  const rounds = isLong ? 60 : 6;
  it(`hand each code in once at most, and two of each request, in ${rounds} random orders`, async () => {
    const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);
    for (let round = 0; round < rounds; round += 1) {
      const random = chanceOf(seed + round);
      const world = await startTexts(engine);
      world.meta.says = () => random.of(['refused', 'refused', 'refused', 'unsure']);
      await world.ask();
      const slow =
        <Args extends unknown[], T>(act: (...args: Args) => Promise<T>) =>
        async (...args: Args): Promise<T> => {
          for (let turns = random.below(8); turns > 0; turns -= 1) await setImmediate();
          return act(...args);
        };
      const node = () => {
        const store: Store = {
          ...world.store,
          listNumberCalls: slow(world.store.listNumberCalls),
          keepText: slow(world.store.keepText),
          listTexts: slow(world.store.listTexts),
          spendText: slow(world.store.spendText),
          dropText: slow(world.store.dropText),
        };
        const lane = world.lane({ store });
        return async () => {
          for (let n = 0; n < 6; n += 1) {
            const guess = textOf(String(731_046 + random.below(4)));
            await Promise.all([world.receive(guess, { store }), lane.runDue()]);
          }
          await lane.runDue();
        };
      };
      await Promise.all([node()(), node()()]);
      const where = `TEST_SEED=${seed}, round ${round}`;
      const handedIn = { where, different: new Set(world.atMeta).size, all: world.atMeta.length };
      expect({ ...handedIn, waiting: await world.waiting() }).toEqual({
        where,
        different: 2,
        all: 2,
        waiting: 0,
      });
      await world.close();
    }
  });
});
