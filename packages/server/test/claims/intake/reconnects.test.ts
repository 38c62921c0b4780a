import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLive } from '../../../src/domain/claim-transitions.ts';
import { ownNumbers, startWorld, type Popup, type World } from './support/world.ts';

const long = process.env['TEST_LONG'] === '1';
/** For a machine that is busy with something else. */
const timeout = long ? 1_800_000 : 90_000;
const runs = long ? 400 : 12;
const seed = 20_260_103;
const ownNumber = ownNumbers();

/** Sign-ups of one customer, each for the number with this index; those of one round are under way at the same time. */
const plan = fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 5,
});

async function carryOut(world: World, rounds: number[][], customerId: string): Promise<void> {
  const person = customerId;
  const first = new Map<number, Popup>();
  const delivered: { round: number; index: number; id: string }[] = [];
  for (const [round, indices] of rounds.entries()) {
    const signUps = [];
    for (const index of indices) {
      const known = first.get(index);
      const popup =
        known === undefined
          ? world.popup({ ownNumber: ownNumber(), person })
          : world.popup({ outcome: 'app_only', person, accountId: known.wabaId });
      if (known === undefined) {
        first.set(index, popup);
        // An unverified portfolio may register two numbers only.
        world.sim.setBusinessVerified(popup.businessId ?? '', true);
      }
      signUps.push({ index, popup, tab: await world.open(customerId) });
    }
    const answers = await Promise.all(
      signUps.map(({ popup, tab }) => world.claim(tab, { ...popup.finish, code: popup.code ?? '' })),
    );
    for (const [position, { status, body }] of answers.entries()) {
      expect(status).toBe(202);
      delivered.push({ round, index: signUps[position]?.index ?? -1, id: body.claim.id });
    }
    await world.settle();

    // The plain model: each number has one live claim, of the newest round that brought it; all others are over.
    for (const [index, popup] of first) {
      const mine = delivered.filter((one) => one.index === index);
      const claims = await Promise.all(
        mine.map(async (one) => ({ ...one, claim: await world.record(one.id) })),
      );
      const live = claims.filter((one) => isLive(one.claim));
      expect(live.map(({ claim }) => claim.status)).toEqual(['registered']);
      expect(live[0]?.round).toBe(Math.max(...mine.map((one) => one.round)));
      expect(live[0]?.claim.phoneNumberId).toBe(popup.phoneNumberId);
      for (const { claim } of claims.filter((one) => !isLive(one.claim))) {
        expect([claim.status, claim.reason?.code]).toEqual(['ended', 'replaced']);
      }
    }
  }
  const calls = world.sim
    .state()
    .phoneNumbers.filter(({ id }) => [...first.values()].some(({ phoneNumberId }) => phoneNumberId === id));
  expect(calls.map(({ registerCalls }) => registerCalls)).toEqual(calls.map(() => 1));
}

describe(`one customer's numbers, connected again and again (${runs} runs, seed ${seed})`, () => {
  it('have one live claim each, the newest, and cost one /register each', { timeout }, async () => {
    let world = await startWorld({ numbers: 3 });
    let inWorld = 0;
    try {
      await fc.assert(
        fc.asyncProperty(plan, async (rounds) => {
          if (inWorld === 20) {
            await world.close();
            world = await startWorld({ numbers: 3 });
            inWorld = 0;
          }
          inWorld += 1;
          await carryOut(world, rounds, `customer-${inWorld}`);
        }),
        { seed, numRuns: runs, endOnFailure: true },
      );
    } finally {
      await world.close();
    }
  });
});
