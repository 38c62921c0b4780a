import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { seedOfRun } from '../torture/support/kill-at-random.ts';
import { isFinal } from '../torture/support/promises.ts';
import { until } from '../torture/support/until.ts';
import { countBy } from '../torture/support/what-is-on-disk.ts';
import {
  ask,
  deliver,
  goThroughPopup,
  newNodesLedger,
  openOnSome,
  signUpAll,
  type NodesLedger,
} from './support/customers-of-nodes.ts';
import { pause } from './support/faults.ts';
import { createNodesWorld, leaseMs, type NodesWorld } from './support/nodes-world.ts';
import { expectNodesKeptPromises, settle } from './support/promises-of-nodes.ts';

const isLong = process.env['TEST_LONG'] === '1';
const hurried = !isLong;
const stops = isLong ? 5 : 1;
/** Customers whose claims stand in one and the same call. */
const perWave = 4;
/** Longer than it takes to bring all of them there. */
const slow = { kind: 'slow', ms: 8_000 } as const;

let bundled: BundledProgram;
let world: NodesWorld | undefined;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());
afterEach(() => world?.close());

describe('a node that stands still for three lease times, and goes on', () => {
  it(
    'changes nothing of what the others finished, and registers no number again',
    async () => {
      const seed = seedOfRun();
      world = await createNodesWorld({
        file: bundled.file,
        nodes: [{}, {}, {}, {}],
        server: inject('postgresUrl'),
        simulator: { numbers: 40 * stops, seed },
      });
      const standing = world;
      const { sim, disk, node, pinsSent, codesSent } = world;
      const ledger = newNodesLedger();
      for (let stop = 0; stop < stops; stop += 1) {
        const stopped = stop % world.nodes.length;
        const customers: Promise<void>[] = [];
        const letIn = (wave: string) => {
          for (let n = 0; n < perWave; n += 1) {
            const customerId = `stop-${stop}-${wave}-${n}`;
            customers.push(signUpAt(standing, ledger, stopped, customerId));
          }
        };
        // Some stand in the call that registers, some in the one that asks what a token is worth, some in the exchange.
        sim.setFaults([
          { match: { path: '/*/register' }, times: 'always', fault: slow },
          { match: { path: '/debug_token' }, after: perWave, times: 'always', fault: slow },
          { match: { path: '/oauth/access_token' }, after: 2 * perWave, times: 'always', fault: slow },
        ]);
        const [pins, codes] = [pinsSent.size, codesSent.length];
        letIn('registering');
        await until('numbers are being registered', () => pinsSent.size > pins, { ms: 15_000 });
        letIn('proving');
        await until('codes are exchanged', () => codesSent.length >= codes + 2 * perWave, { ms: 15_000 });
        letIn('exchanging');
        await until('codes are being exchanged', () => codesSent.length >= codes + 3 * perWave, {
          ms: 15_000,
        });
        await Promise.all(customers);
        await world.disturb('a node stands still', async () => {
          node(stopped).stop();
          sim.setFaults([]);
          const since = performance.now();
          await settle(standing, { hurried });
          await until('three lease times have passed', () => performance.now() > since + 3 * leaseMs, {
            ms: 4 * leaseMs,
          });
        });
        const finished = await disk.claims();
        expect(finished.every(isFinal)).toBe(true);
        const calls = sim.requests().length;
        world.node(stopped).goOn();
        // It answers again: what it was at has gone on by then as far as it may.
        await signUpAll(world, ledger, { claims: 8, atOnce: 4, seed: seed + stop, name: `after-${stop}` });
        await settle(world, { hurried });
        expect(await disk.claims(), 'claims that others finished').toEqual(expect.arrayContaining(finished));
        const again = sim
          .requests()
          .slice(calls)
          .filter(
            ({ path, method }) => method !== 'GET' && finished.some((one) => isOf(path, one.phone_number_id)),
          );
        expect(again, 'calls for numbers that were finished before').toEqual([]);
      }
      const outcome = await expectNodesKeptPromises(world, ledger);
      process.stdout.write(`nodes: one stands still: seed ${seed} ${JSON.stringify(outcome)}\n`);
      // It stood still with codes that it had spent, and with numbers that it was about to register.
      expect(outcome.codeLost).toBeGreaterThan(0);
      expect(outcome.codeLost).toBeLessThanOrEqual(perWave * stops);
      expect(outcome.registered).toBeGreaterThan(outcome.codeLost);
    },
    isLong ? 1_200_000 : 60_000,
  );

  it(
    'leaves a claim alone that another one is at in that moment: nothing is done twice',
    async () => {
      const seed = seedOfRun();
      world = await createNodesWorld({
        file: bundled.file,
        nodes: [{}, {}, {}, {}],
        server: inject('postgresUrl'),
        simulator: { numbers: 20, seed },
      });
      const standing = world;
      const { sim, disk, node } = world;
      const ledger = newNodesLedger();
      // Its own answers are there when it wakes up; those of who took the claims over are still to come.
      const heldUp = (ms: number) => ({
        match: { path: '/debug_token' },
        times: perWave,
        fault: { kind: 'slow' as const, ms },
      });
      sim.setFaults([heldUp(leaseMs), heldUp(2 * leaseMs + 6_000)]);
      const quick = { every: 5, ms: 1.5 * leaseMs + 10_000 };
      const customers = Array.from({ length: perWave }, (_, n) => `customer-${n}`);
      await Promise.all(customers.map((customerId) => signUpAt(standing, ledger, 0, customerId)));
      const taken = async (times: number) => {
        const rows = await disk.query<{ fence: number }>(
          "select fence from signup_work where step = 'prove'",
        );
        return rows.filter(({ fence }) => fence >= times).length;
      };
      await until('all are being proven', async () => (await taken(1)) === perWave, quick);
      await world.disturb('a node stands still', async () => {
        node(0).stop();
        await until('others took its claims', async () => (await taken(2)) === perWave, quick);
      });
      const written = () => disk.query('select * from signup_claim_history order by claim_id, position');
      const before = await written();
      node(0).goOn();
      await until('it goes on', async () => {
        const { status } = await ask(node(0).url, '/signup/readyz', { customerId: 'x' });
        return status === 200;
      });
      // It has its answers, and a moment to do something with them.
      await pause(2_000);
      expect(await taken(2), `seed ${seed}: claims at which the others still are`).toBe(perWave);
      expect(await written(), `seed ${seed}: what was written about them`).toEqual(before);
      await settle(world, { hurried });
      const outcome = await expectNodesKeptPromises(world, ledger);
      process.stdout.write(`nodes: one wakes up amid a step: seed ${seed} ${JSON.stringify(outcome)}\n`);
      const writes = sim.requests().filter(({ path }) => /\/(subscribed_apps|register)$/.test(path));
      expect(
        [...countBy(writes, ({ method, path }) => `${method} ${path}`)].filter(([, count]) => count > 1),
        `seed ${seed}: what was done twice at Meta`,
      ).toEqual([]);
      const lines = await disk.query(
        'select claim_id, what, count(*)::int from signup_claim_history group by 1, 2 having count(*) > 1',
      );
      expect(lines, `seed ${seed}: what was written twice`).toEqual([]);
    },
    isLong ? 200_000 : 60_000,
  );
});

/** Signs up at one node alone, which takes the claim up at once. */
async function signUpAt(at: NodesWorld, ledger: NodesLedger, n: number, customerId: string): Promise<void> {
  const opened = await openOnSome(at, ledger, { only: n }, customerId);
  const popup = goThroughPopup(at, opened);
  const { session } = opened;
  const half = { ...popup.event, code: popup.code };
  await deliver(at, ledger, { only: n }, { customerId, session, half, popup });
}

function isOf(path: string, phoneNumberId: string | null): boolean {
  return phoneNumberId !== null && path.startsWith(`/${phoneNumberId}/`);
}
