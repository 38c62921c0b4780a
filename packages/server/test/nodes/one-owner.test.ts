import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { seedOfRun } from '../torture/support/kill-at-random.ts';
import { until } from '../torture/support/until.ts';
import {
  deliver,
  goThroughPopup,
  newNodesLedger,
  openOnSome,
  type SignedUp,
} from './support/customers-of-nodes.ts';
import { createNodesWorld, type NodesWorld } from './support/nodes-world.ts';
import { expectQuiet } from './support/promises-of-nodes.ts';

const isLong = process.env['TEST_LONG'] === '1';
const numbers = isLong ? 200 : 8;
const numbersAtOnce = 4;
const nodes = 4;

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());

/** Sessions of four customers of the host, each at another node, that all come with a good token for one account. */
async function rivals(world: NodesWorld, ledger: ReturnType<typeof newNodesLedger>, n: number) {
  const sessions: { customerId: string; session: string; popup: SignedUp; only: number }[] = [];
  let first: SignedUp | undefined;
  for (let only = 0; only < nodes; only += 1) {
    const customerId = `customer-${n}-${only}`;
    const person = `person-${n}`;
    const opened = await openOnSome(world, ledger, { only }, customerId);
    const { session } = opened;
    if (first === undefined) {
      first = goThroughPopup(world, opened, { person, ownNumber: `+1555020${String(n).padStart(4, '0')}` });
      sessions.push({ customerId, session, popup: first, only });
      continue;
    }
    // The same person, who is a customer of the host under four names: each popup brings a code of its own.
    const { code = '' } = world.sim.signUp({ outcome: 'app_only', person, accountId: first.wabaId });
    sessions.push({ customerId, session, popup: { ...first, code }, only });
  }
  return sessions;
}

describe('a number that four customers prove at four nodes at once', () => {
  it(
    'has one owner, one PIN and one registration',
    async () => {
      const seed = seedOfRun();
      const world = await createNodesWorld({
        file: bundled.file,
        nodes: Array.from({ length: nodes }, () => ({})),
        server: inject('postgresUrl'),
        simulator: { numbers: numbers * nodes + 20, seed },
      });
      try {
        // Between the look whether somebody owns the number and the write there is time enough for all of them to look.
        await world.disk.query(`create function take_time() returns trigger language plpgsql as
          $$ begin perform pg_sleep(0.5); return new; end $$`);
        await world.disk.query(`create trigger take_time before update on signup_claims for each row
          when (new.live = 1 and old.live = 0) execute function take_time()`);
        const ledger = newNodesLedger();
        for (let n = 0; n < numbers; n += numbersAtOnce) {
          const groups = [];
          for (let m = n; m < n + numbersAtOnce; m += 1) groups.push(...(await rivals(world, ledger, m)));
          await Promise.all(
            groups.map(({ customerId, session, popup, only }) =>
              deliver(
                world,
                ledger,
                { only },
                { customerId, session, half: { ...popup.event, code: popup.code }, popup },
              ),
            ),
          );
        }
        await until('nothing is left to do', async () => (await world.disk.work()).rows === 0, {
          ms: 60_000,
        });
        const claims = await world.disk.claims();
        expect(claims.length).toBe(numbers * nodes);
        expect(await world.disk.sharedNumbers(), `seed ${seed}: numbers with several live claims`).toEqual(
          [],
        );
        const owners = claims.filter(({ live, status }) => live === 1 && status === 'registered');
        expect(new Set(owners.map((one) => one.phone_number_id)).size).toBe(owners.length);
        expect(owners.length, `seed ${seed}: numbers that have their owner`).toBe(numbers);
        for (const [number, pins] of world.pinsSent) expect(pins.size, `PINs of ${number}`).toBe(1);
        const calls = world.sim.requests().filter(({ path }) => path.endsWith('/register'));
        expect(new Set(calls.map(({ path }) => path)).size, 'numbers registered more than once').toBe(
          calls.length,
        );
        expectQuiet(world);
      } finally {
        await world.close();
      }
    },
    isLong ? 600_000 : 60_000,
  );
});
