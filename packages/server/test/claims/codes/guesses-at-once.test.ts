import { afterEach, describe, expect, it } from 'vitest';
import { hour, minute } from '../../../src/domain/durations.ts';
import { startClaimByText, type ClaimByText } from '../../sms/support/claim-by-text.ts';
import { chanceOf } from '../../support/chance.ts';

let world: ClaimByText;
afterEach(() => world.close());

/** Most calls in any 12 hours. */
function mostIn12Hours(times: readonly number[]): number {
  return Math.max(0, ...times.map((end) => times.filter((at) => at <= end && at > end - 12 * hour).length));
}

describe('wrong codes for one claim, on two hosts with one PostgreSQL', () => {
  const hours = process.env['TEST_LONG'] === '1' ? 72 : 26;

  it(`are four in 12 hours at Meta, whoever hands them in at once, for ${hours} hours`, async () => {
    const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);
    const random = chanceOf(seed);
    world = await startClaimByText({ engine: 'PostgreSQL' });
    await world.settle();
    expect((await world.claim()).status).toBe('needs_verification');
    const { id, phoneNumber, signups } = world;
    let guess = 100_000;
    const wrong = (): string => {
      const real = new Set(world.sim.inbox(phoneNumber).map(({ code }) => code));
      do guess += 1;
      while (real.has(String(guess)));
      return String(guess);
    };
    const answers: string[] = [];
    const note = async (who: string, act: Promise<{ status: number }>) => {
      answers.push(`${who} ${(await act).status}`);
    };
    const text = async (node: number): Promise<void> => {
      const code = wrong();
      const body = `WhatsApp code ${code.slice(0, 3)}-${code.slice(3)}`;
      answers.push(`text ${await signups[node]?.pool.receiveText({ to: phoneNumber, body })}`);
      await signups[node]?.runDue();
    };
    for (let step = 0; step < hours * 2; step += 1) {
      const acts: (() => Promise<void>)[] = [0, 1].flatMap((node) => [
        () => note('customer', world.handIn(wrong(), node)),
        () => note('operator', world.send('post', `/claims/${id}/verification`, { code: wrong() }, node)),
        () => text(node),
      ]);
      await Promise.all([
        note('asked', world.ask({}, step % 2)),
        ...acts.toSorted(() => random.below(3) - 1).map((act) => act()),
      ]);
      world.pass(30 * minute + random.below(1_000));
    }
    const times = world.sim.requests({ path: '/*/verify_code' }).map(({ at }) => at);
    const where = `TEST_SEED=${seed}`;
    expect([where, mostIn12Hours(times)]).toEqual([where, 4]);
    // Each of the three had its turn, and was held back.
    expect(new Set(answers)).toEqual(
      new Set([...answers, 'customer 429', 'operator 429', 'text taken', 'text not_expected']),
    );
    expect(answers.filter((answer) => /^(customer|operator) 422$/.test(answer)).length).toBeGreaterThan(0);

    // It did the number no harm.
    world.pass(12 * hour);
    expect((await world.ask()).status).toBe(200);
    expect((await world.handIn(world.codeFor(phoneNumber), 1)).status).toBe(200);
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
  }, 120_000);
});
