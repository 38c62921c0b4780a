import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ownNumbers,
  startWorld,
  tell,
  type ClaimBody,
  type Popup,
  type Tab,
  type World,
} from './support/world.ts';

const long = process.env['TEST_LONG'] === '1';
/** For a machine that is busy with something else. */
const timeout = long ? 1_800_000 : 90_000;
const runs = long ? 600 : 30;
const seed = 20_260_101;
const second = 1_000;
const ownNumber = ownNumbers();

/** What the customer did in the popup. */
const kinds = ['pool', 'own', 'only_waba', 'coexistence', 'several'] as const;
type Kind = (typeof kinds)[number];

interface Plan {
  kind: Kind;
  /** Milliseconds after the popup's end at which each half is posted; once for every copy. */
  event: number[];
  code: number[];
  /** Before the popup's end. */
  cancelled: boolean;
  /** When the same customer opens another tab, milliseconds after the popup's end. */
  tab: number | undefined;
}

/** Delays around every patience: 20 s for the event, 30 s for the code, a minute for Meta's list; never on the edge itself. */
const delay = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 19_000 }),
  fc.integer({ min: 21_000, max: 29_000 }),
  fc.integer({ min: 31_000, max: 59_000 }),
  fc.integer({ min: 61_000, max: 200_000 }),
);
const plans: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom(...kinds),
  event: fc.array(delay, { maxLength: 3 }),
  code: fc.array(delay, { maxLength: 3 }),
  cancelled: fc.boolean(),
  tab: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
});

/** The plain model: where the claim of a plan ends, whatever order its halves came in. */
function expectedEnd({ kind, event, code }: Plan): string {
  if (code.length === 0 || Math.min(...code) > 30 * second) return 'needs_signup unknown';
  if (kind === 'pool') return 'registered pool';
  if (kind === 'own') return 'registered own';
  if (kind === 'coexistence') return 'coexistence own';
  if (kind === 'only_waba') return 'no_number none';
  // Two numbers on the account: without the event nobody knows which one is meant.
  return event.length > 0 ? 'registered own' : 'needs_operator unknown';
}

function popupOf(world: World, kind: Kind, tab: Tab): Popup {
  const person = tab.customerId;
  if (kind === 'pool') return world.popup({ ids: tab.numbers.map(({ id }) => id), person });
  if (kind === 'own') return world.popup({ ownNumber: ownNumber(), person });
  if (kind === 'only_waba') return world.popup({ outcome: 'only_waba', person });
  if (kind === 'coexistence') return world.popup({ outcome: 'coexistence', ownNumber: ownNumber(), person });
  const { wabaId } = world.popup({ ownNumber: ownNumber(), person });
  return world.popup({ ownNumber: ownNumber(), person, accountId: wabaId });
}

/** Carries a plan out, with a round of work after every step, and resolves to what came of it. */
async function carryOut(world: World, plan: Plan, customerId: string): Promise<string> {
  const tab = await world.open(customerId);
  if (plan.cancelled) await world.cancel(tab);
  const popup = popupOf(world, plan.kind, tab);
  const posts: { at: number; body: ClaimBody }[] = [
    ...plan.event.map((at) => ({ at, body: popup.finish })),
    ...plan.code.map((at) => ({ at, body: { code: popup.code ?? '' } })),
  ].sort((one, other) => one.at - other.at);
  const ids = new Set<string>();
  const seen = new Set<string>();
  let at = 0;
  let tabDue = plan.tab;
  for (const post of posts) {
    if (tabDue !== undefined && tabDue <= post.at) {
      await world.wait(tabDue - at);
      at = tabDue;
      await world.open(customerId);
      tabDue = undefined;
    }
    await world.wait(post.at - at);
    at = post.at;
    const half = 'code' in post.body ? 'code' : 'event';
    // The claim gave up waiting for a code: one that comes now is another popup's, whose event is news again.
    const isLate = half === 'code' && !seen.has('code') && at - (posts[0]?.at ?? at) > 30 * second;
    if (isLate) seen.delete('event');
    const { status, body } = await world.claim(tab, post.body);
    if (status !== (seen.has(half) ? 200 : 202)) throw new Error(`${half} answered ${status}`);
    seen.add(half);
    ids.add(body.claim.id);
    await world.signup.runDue();
  }
  await world.wait(31 * second);
  await world.settle();
  if (ids.size !== 1) throw new Error(`${ids.size} claims of one session`);
  const claim = await world.record([...ids][0] ?? '');
  if (claim.step !== undefined) throw new Error(`still at ${claim.step}`);
  // A code that comes after the claim gave up waiting is taken for another popup's, of which the event says nothing.
  const inTime = plan.code.every((code) => code <= 30 * second);
  if (plan.event.length > 0 && inTime && claim.event !== popup.finish.event) {
    throw new Error(`the event is kept as ${String(claim.event)}`);
  }
  return `${claim.status} ${claim.numberSource}`;
}

describe(`the halves of a claim, with random delays, copies and orders (${runs} runs, seed ${seed})`, () => {
  it('end where the plain model says, and Meta is asked once', { timeout }, async () => {
    const counts = new Map<string, number>();
    let world = await startWorld({ numbers: 60 });
    let inWorld = 0;
    try {
      await fc.assert(
        fc.asyncProperty(
          plans.filter(({ event, code }) => event.length + code.length > 0),
          async (plan) => {
            if (inWorld === 40) {
              await world.close();
              world = await startWorld({ numbers: 60 });
              inWorld = 0;
            }
            world.sim.clearRequests();
            const end = await carryOut(world, plan, `customer-${inWorld}`);
            inWorld += 1;
            expect(end).toBe(expectedEnd(plan));
            counts.set(end, (counts.get(end) ?? 0) + 1);
            expect([...world.doneAtMeta()].filter(([, count]) => count > 1)).toEqual([]);
            expect(world.doneAtMeta().get('exchange') ?? 0).toBeLessThanOrEqual(1);
          },
        ),
        { seed, numRuns: runs, endOnFailure: true },
      );
    } finally {
      await world.close();
    }
    // Every end was met, so that none of it went untested.
    tell('deliveries', Object.fromEntries(counts));
    expect(counts.size).toBe(6);
  });
});
