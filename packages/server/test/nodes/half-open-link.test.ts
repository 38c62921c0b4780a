import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { seedOfRun } from '../torture/support/kill-at-random.ts';
import { until, within } from '../torture/support/until.ts';
import {
  ask,
  deliver,
  goThroughPopup,
  newNodesLedger,
  openOnSome,
  signUpAll,
  type NodesLedger,
} from './support/customers-of-nodes.ts';
import { createNodesWorld, type NodesWorld } from './support/nodes-world.ts';
import { expectNodesKeptPromises, settle } from './support/promises-of-nodes.ts';

const isLong = process.env['TEST_LONG'] === '1';
const hurried = !isLong;
const claims = isLong ? 200 : 8;

/** What the kit gives a query, milliseconds. */
const queryPatience = 8_000;

/** A loaded machine is slow, and nothing here is about a second; milliseconds. */
const margin = 4_000;

let bundled: BundledProgram;
let world: NodesWorld;
const seed = seedOfRun();
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());
beforeEach(async () => {
  world = await createNodesWorld({
    file: bundled.file,
    nodes: [{ linked: true }, {}, {}, {}],
    server: inject('postgresUrl'),
    simulator: { numbers: 3 * claims + 20, seed },
  });
});
afterEach(() => world.close());

/** Asks the n-th node for a new session. Resolves to its answer and how long that took, milliseconds. */
async function timed(n: number, customerId: string): Promise<{ status: number; took: number }> {
  const began = performance.now();
  const { status } = await ask(world.node(n).url, '/signup/sessions', { customerId, body: {}, ms: 60_000 });
  return { status, took: performance.now() - began };
}

describe('a node whose link to PostgreSQL falls silent without being closed', () => {
  it(
    'answers 503 in time and recovers by itself, and the others go on at once',
    async () => {
      const ledger = newNodesLedger();
      const ready = async () => (await ask(world.node(0).url, '/signup/readyz', { customerId: 'x' })).status;
      await signUpAll(world, ledger, { claims, atOnce: 4, seed, name: 'before' });
      await world.disturb('the link of a node is silent', async () => {
        world.link(0).fallSilent();
        const silent = timed(0, 'silent');
        const others = await Promise.all([1, 2, 3].map((n) => timed(n, `other-${n}`)));
        for (const { status, took } of others) {
          expect(status).toBe(201);
          expect(took, 'milliseconds until another node answered').toBeLessThan(margin);
        }
        await signUpAll(world, ledger, { claims, atOnce: 8, seed: seed + 1_000, name: 'meanwhile' });
        const { status, took } = await silent;
        expect(status).toBe(503);
        expect(took, 'milliseconds until the silent node said no').toBeLessThan(queryPatience + margin);
      });
      world.link(0).resume();
      await until('the node is ready again', async () => (await ready().catch(() => 0)) === 200, {
        ms: 15_000,
      });
      await signUpAll(world, ledger, { claims, atOnce: 4, seed: seed + 2_000, name: 'after' });
      await settle(world, { hurried });
      const outcome = await expectNodesKeptPromises(world, ledger);
      process.stdout.write(`nodes: silent link: seed ${seed} ${JSON.stringify(outcome)}\n`);
      expect(outcome.unanswered).toBeGreaterThan(0);
      expect(outcome.registered).toBeGreaterThan(claims * 2);
    },
    isLong ? 300_000 : 60_000,
  );

  it('takes no customer with it whose claim it was writing: another node takes it over in the time of one query', async () => {
    const ledger = newNodesLedger();
    const customerId = 'ada';
    const opened = await openOnSome(world, ledger, 1, customerId);
    const popup = goThroughPopup(world, opened);
    const { session } = opened;
    const half = { ...popup.event, code: popup.code };
    await world.disturb('the link falls silent before a commit', async () => {
      // The insert is in the open transaction, and so are its locks.
      const silent = world.link(0).fallSilentBefore('signup_claim_history');
      const lost = ask(world.node(0).url, '/signup/claims', { customerId, session, body: half, ms: 60_000 });
      await silent;
      const began = performance.now();
      const bound = 2 * (queryPatience + margin);
      const took = () => performance.now() - began;
      const answered = deliver(world, ledger, 1, { customerId, session, half, popup }).then(took);
      const others = Promise.all(
        Array.from({ length: 6 }, (_, n) => signUpAt(1 + (n % 3), `other-${n}`, ledger)),
      ).then(took);
      // Of a test that fails they end after it.
      for (const late of [lost, answered, others]) late.catch(() => undefined);
      expect((await lost).status).toBe(503);
      // What that node holds locked is nobody else's trouble for longer than a query of its own would have been.
      const all = await within(bound, 'six others sign up at the other nodes', others);
      expect(all, 'milliseconds until six others had signed up').toBeLessThan(queryPatience + margin);
      const own = await within(bound, 'another node takes the claim', answered);
      expect(own, 'milliseconds until another node took the claim').toBeLessThan(queryPatience + margin);
    });
    world.link(0).resume();
    await settle(world, { hurried });
    const outcome = await expectNodesKeptPromises(world, ledger);
    expect(outcome.registered).toBe(7);
  }, 60_000);

  it('has its connections thrown away when the link is cut at last, and goes on with new ones', async () => {
    const ledger = newNodesLedger();
    world.link(0).fallSilent();
    const began = timed(0, 'silent');
    world.link(0).cut();
    expect((await began).took).toBeLessThan(queryPatience + margin);
    await until('the node answers', async () => (await timed(0, 'again')).status === 201, { ms: 15_000 });
    await signUpAll(world, ledger, { claims: 4, atOnce: 4, seed });
    await settle(world, { hurried });
    const outcome = await expectNodesKeptPromises(world, ledger);
    expect(outcome.registered).toBe(4);
  }, 60_000);
});

/** Signs up at one node alone. */
async function signUpAt(only: number, customerId: string, ledger: NodesLedger): Promise<void> {
  const opened = await openOnSome(world, ledger, { only }, customerId);
  const popup = goThroughPopup(world, opened);
  const { session } = opened;
  const half = { ...popup.event, code: popup.code };
  await deliver(world, ledger, { only }, { customerId, session, half, popup });
}
