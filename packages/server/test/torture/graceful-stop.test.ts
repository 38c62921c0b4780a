import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { chanceOf } from '../support/chance.ts';
import { newLedger, send, signUpOnce, type Sender } from './support/customer.ts';
import { seedOfRun } from './support/kill-at-random.ts';
import { expectPromisesKept, isFinal } from './support/promises.ts';
import { createTortureWorld, type EngineName } from './support/torture-world.ts';
import { until, within } from './support/until.ts';

const isLong = process.env['TEST_LONG'] === '1';
/** On each engine. */
const stops = isLong ? 50 : 2;
/** What a stop may take; milliseconds. */
const longest = 10_000;
const atOnce = 8;

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/host.ts', import.meta.url));
});
afterAll(() => bundled.remove());

describe('a host that is stopped by SIGTERM under load', () => {
  it.concurrent.each<{ engine: EngineName }>([{ engine: 'SQLite' }, { engine: 'PostgreSQL' }])(
    'answers every request it accepted, leaves no lease, and the next one finishes all claims, on $engine',
    ({ engine }) => stopAgainAndAgain(engine),
    isLong ? 1_800_000 : 120_000,
  );
});

async function stopAgainAndAgain(engine: EngineName): Promise<void> {
  const seed = seedOfRun();
  const chance = chanceOf(seed);
  const numbers = stops * 100;
  const world = await createTortureWorld({ file: bundled.file, engine, simulator: { numbers, seed } });
  const ledger = newLedger();
  const brokenOff: number[] = [];
  /** Notes a request that gets no answer, by the port of its end of the connection. */
  const noting: Sender = (url, request) => {
    let from = 0;
    return send(url, request, (port) => (from = port)).catch((error: unknown) => {
      brokenOff.push(from);
      throw error;
    });
  };
  const over = { is: false };
  let next = 0;
  const queue = async () => {
    while (!over.is && next < numbers - atOnce) {
      next += 1;
      await signUpOnce(world, ledger, { customerId: `customer-${next}`, delivery: 'together', send: noting });
    }
  };
  let slowest = 0;
  try {
    // Calls to Meta take long enough that a stop meets some of them.
    world.sim.setFaults({ seed, rate: 0.5, kinds: ['slow'] });
    const load = Promise.all(Array.from({ length: atOnce }, queue));
    load.catch(() => undefined); // awaited below
    for (let stop = 0; stop < stops; stop += 1) {
      const host = world.host();
      await host.started;
      const before = ledger.answers;
      const enough = 5 + chance.below(30);
      await until('the host is at work', () => ledger.answers >= before + enough);
      const begun = performance.now();
      host.signal('SIGTERM');
      const ending = await within(longest, 'a host that was told to stop ends', host.ended);
      slowest = Math.max(slowest, performance.now() - begun);
      expect({ ...ending, log: ending.code === 0 ? '' : host.log() }).toEqual({
        code: 0,
        signal: null,
        log: '',
      });
      expect(await world.disk.leases(), 'leases of a host that has ended').toBe(0);
      expect(
        brokenOff.filter((port) => world.accepted.has(port)),
        'requests accepted and not answered',
      ).toEqual([]);
      expect(ledger.failures, 'requests that were answered by an error').toEqual([]);
      brokenOff.length = 0;
      world.accepted.clear();
      await world.start();
    }
    over.is = true;
    await within(160_000, 'all customers are answered', load);
    await until('all claims are final', async () => (await world.disk.claims()).every(isFinal));
    // Nobody died: no code may be lost, and nothing is done twice at Meta.
    const outcome = await expectPromisesKept(world, ledger, {
      interruptions: new Map(),
      codesKilled: new Set(),
    });
    expect(outcome.registered).toBe(ledger.answered.size);
    process.stdout.write(
      `torture: ${engine}, ${stops} stops by SIGTERM, the slowest ${Math.round(slowest)} ms, ${ledger.answers} answers, ${JSON.stringify(outcome)}\n`,
    );
  } catch (error) {
    throw new Error(`TORTURE_SEED=${seed}, ${engine}: ${String(error)}\n${world.host().log()}`, {
      cause: error,
    });
  } finally {
    over.is = true;
    await world.close();
  }
}
