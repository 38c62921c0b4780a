import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { seedOfRun } from '../torture/support/kill-at-random.ts';
import { isFinal } from '../torture/support/promises.ts';
import { until } from '../torture/support/until.ts';
import {
  deliver,
  goThroughPopup,
  newNodesLedger,
  openOnSome,
  signUpAll,
  type NodesLedger,
} from './support/customers-of-nodes.ts';
import { pause } from './support/faults.ts';
import { createNodesWorld, leaseMs, type NodesWorld, type NodeWish } from './support/nodes-world.ts';
import { expectNodesKeptPromises, settle } from './support/promises-of-nodes.ts';

const isLong = process.env['TEST_LONG'] === '1';
const claims = isLong ? 500 : 12;
const minutes = 60_000;
/** A code lives 30 seconds; a claim that nothing is wrong with takes one. Milliseconds. */
const codePatience = 8_000;

let bundled: BundledProgram;
const seed = seedOfRun();
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());

/** Does something in a world of these nodes. */
async function among(
  nodes: readonly NodeWish[],
  act: (world: NodesWorld, ledger: NodesLedger) => Promise<void>,
): Promise<void> {
  const server = inject('postgresUrl');
  const simulator = { numbers: claims + 20, seed };
  const world = await createNodesWorld({ file: bundled.file, nodes, server, simulator });
  try {
    await act(world, newNodesLedger());
  } finally {
    await world.close();
  }
}

const right: NodeWish = {};
const ahead: NodeWish = { clockAheadMs: 10 * minutes };
const behind: NodeWish = { clockAheadMs: -10 * minutes };
const onlyAnswering = { works: false };

/** Signs up with everything at the first node. Resolves to how the claim stands when it is final, or at the end of the patience. */
async function signUpAtFirst(world: NodesWorld, ledger: NodesLedger) {
  const customerId = 'ada';
  const opened = await openOnSome(world, ledger, { only: 0 }, customerId);
  const popup = goThroughPopup(world, opened);
  const { session } = opened;
  const half = { ...popup.event, code: popup.code };
  await deliver(world, ledger, { only: 0 }, { customerId, session, half, popup });
  const claim = async () => (await world.disk.claims()).find((one) => one.session_id === sessionOf(session));
  await until(
    'the claim is final',
    async () => {
      const found = await claim();
      return found !== undefined && isFinal(found);
    },
    { ms: codePatience },
  ).catch(() => undefined);
  const found = await claim();
  return { status: found?.status, reason: found?.reason_code };
}

/** The id that a session's text carries. */
function sessionOf(session: string): string {
  const [, payload = ''] = session.split('.');
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { jti: string }).jti; // as the kit signs it
}

const registered = { status: 'registered', reason: null };

describe('a fresh code', () => {
  it.each([
    ['a node that is right', 'one that is right', right, right],
    ['a node that is 10 minutes ahead', 'itself', ahead, undefined],
    ['a node that is 10 minutes behind', 'itself', behind, undefined],
    ['a node that is 10 minutes ahead', 'one that is right', ahead, right],
    ['a node that is 10 minutes behind', 'one that is right', behind, right],
    ['a node that is right', 'one that is 10 minutes ahead', right, ahead],
    ['a node that is right', 'one that is 10 minutes behind', right, behind],
  ])(
    'that %s received is exchanged by %s',
    async (_by, _then, receiving, exchanging) => {
      const nodes = exchanging === undefined ? [receiving] : [{ ...receiving, ...onlyAnswering }, exchanging];
      await among(nodes, async (world, ledger) => {
        expect(await signUpAtFirst(world, ledger), `seed ${seed}`).toEqual(registered);
      });
    },
    40_000,
  );
});

describe('nodes whose clocks are wrong by 10 minutes', () => {
  it('do not say that a code is missing that comes two seconds after its event', async () => {
    await among([{ ...right, ...onlyAnswering }, ahead], async (world, ledger) => {
      const customerId = 'ada';
      const opened = await openOnSome(world, ledger, { only: 0 }, customerId);
      const popup = goThroughPopup(world, opened);
      const { session } = opened;
      await deliver(world, ledger, { only: 0 }, { customerId, session, half: popup.event, popup });
      // Two of the other node's rounds: it has looked at the claim by then.
      await pause(2_000);
      const [claim] = await world.disk.claims();
      expect([claim?.status, claim?.reason_code]).toEqual(['received', null]);
    });
  }, 40_000);

  it('steal nothing from each other: leases go by the database’s clock', async () => {
    await among([right, ahead, behind, ahead], async (world, ledger) => {
      // Several lease times long, and only the right node knows of the claim when it begins.
      world.sim.setFaults([
        { match: { path: '/*/register' }, times: 'always', fault: { kind: 'slow', ms: 2.5 * leaseMs } },
      ]);
      const customers = Array.from({ length: 4 }, async (_, n) => {
        const customerId = `customer-${n}`;
        const opened = await openOnSome(world, ledger, { only: 0 }, customerId);
        const popup = goThroughPopup(world, opened);
        const { session } = opened;
        const half = { ...popup.event, code: popup.code };
        return deliver(world, ledger, { only: 0 }, { customerId, session, half, popup });
      });
      await Promise.all(customers);
      await until('numbers are being registered', () => world.pinsSent.size > 0);
      const during = () =>
        world.disk.query<{ id: string; fence: number }>(
          `select id, fence from signup_work where step = 'register' and lease_until is not null order by id`,
        );
      const before = await during();
      expect(before.length).toBeGreaterThan(0);
      await pause(1.5 * leaseMs);
      const fences = new Map((await during()).map(({ id, fence }) => [id, fence]));
      const kept = before.filter(({ id }) => fences.has(id));
      expect(kept.length).toBeGreaterThan(0);
      for (const { id, fence } of kept) expect(fences.get(id), 'times that the work was taken').toBe(fence);
      world.sim.setFaults([]);
      await settle(world, { hurried: !isLong });
    });
  }, 60_000);

  it('together carry every claim through that comes in at all of them at once', async () => {
    await among([right, ahead, behind, right], async (world, ledger) => {
      await signUpAll(world, ledger, { claims, atOnce: 4, seed });
      await settle(world, { hurried: false, ms: 60_000 });
      const outcome = await expectNodesKeptPromises(world, ledger);
      process.stdout.write(`nodes: wrong clocks: seed ${seed} ${JSON.stringify(outcome)}\n`);
      expect(outcome.registered).toBe(claims);
    });
  }, 90_000);
});
