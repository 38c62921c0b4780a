import { expect } from 'vitest';
import { newLedger, signUpOnce, type Ledger } from './customer.ts';
import type { HostProcess } from './host-process.ts';
import { expectPromisesKept, isFinal, lostItsCode, type Suffered } from './promises.ts';
import { createTortureWorld, type EngineName, type TortureWorld } from './torture-world.ts';
import { until, within } from './until.ts';
import type { ClaimOnDisk } from './what-is-on-disk.ts';
import type { Port, Trap } from './words.ts';

/** Which calls, and what happens at each. */
export interface Table {
  /** The bundled host. */
  file: string;
  engine: EngineName;
  ports: readonly Port[];
  act: Trap['act'];
  sides: readonly Trap['side'][];
}

/** Enough for every case of the longest table. */
const numbers = 400;

/** Has one claim after the other interrupted, each at another call of the ports, and checks what became of them all. */
export async function throughEveryCall({ file, engine, ports, act, sides }: Table): Promise<void> {
  const world = await createTortureWorld({
    file,
    engine,
    simulator: { numbers },
  });
  try {
    const ledger = newLedger();
    const suffered: Suffering = { interruptions: new Map(), codesKilled: new Set() };
    // A first one, undisturbed, says which calls there are.
    await world.host().count(ports);
    await signUpOnce(world, ledger, { customerId: 'customer-0', delivery: 'together' });
    await until('the first claim is final', async () => (await world.disk.claims()).every(isFinal));
    const calls = await world.host().count([]);
    expect(calls.length).toBeGreaterThanOrEqual(ports.length === 1 ? 5 : 15);

    let interrupted = 0;
    for (const [index, call] of calls.entries()) {
      for (const side of sides) {
        const trap: Trap = { ports, at: index + 1, side, act };
        try {
          if (await oneClaim(world, ledger, suffered, { trap, name: `${side}-${index}` })) interrupted += 1;
        } catch (error) {
          throw new Error(`${engine}, ${act} ${side} call ${index + 1} of ${calls.length} (${call})`, {
            cause: error,
          });
        }
      }
    }
    // The clock is asked beside the claim as well, so its calls are not the same ones each time.
    expect(interrupted).toBeGreaterThanOrEqual(ports.includes('clock') ? 30 : calls.length * sides.length);
    const outcome = await expectPromisesKept(world, ledger, suffered);
    expect(outcome.codeLost, 'claims that lost their code').toBe(suffered.codesKilled.size);
    expect(outcome.codeLost).toBeGreaterThan(0);
    expect(outcome.registered).toBeGreaterThan(outcome.codeLost);
    process.stdout.write(
      `torture: ${engine}, ${act} at each of ${calls.length} calls (${sides.join(', ')}): ${JSON.stringify({ interrupted, ...outcome })}\n`,
    );
  } finally {
    await world.close();
  }
}

/** What {@link Suffered} is filled by. */
interface Suffering extends Suffered {
  interruptions: Map<string, number>;
  codesKilled: Set<string>;
}

/** Signs one customer up on a host with a trap, and has another host finish. Resolves to whether the trap sprang. */
async function oneClaim(
  world: TortureWorld,
  ledger: Ledger,
  { interruptions, codesKilled }: Suffering,
  { trap, name }: { trap: Trap; name: string },
): Promise<boolean> {
  const trapped = world.host();
  await trapped.set(trap);
  const customerId = `customer-${name}`;
  const mine = async () => (await world.disk.claims()).filter((claim) => claim.customer_id === customerId);
  let isAnswered = false;
  const signedUp = signUpOnce(world, ledger, { customerId, delivery: 'together' }).finally(() => {
    isAnswered = true;
  });
  signedUp.catch(() => undefined); // awaited below
  const sprang = () => !trapped.isAlive() || trapped.wentToSleep();
  await until('the trap springs, or the claim is final', async () => {
    return sprang() || (isAnswered && (await mine()).every(isFinal));
  });
  if (!sprang()) {
    await signedUp;
    return false;
  }
  if (trap.act === 'die') await trapped.ended;
  for (const claim of await mine()) {
    interruptions.set(claim.id, 1);
    if (lostItsCode(claim)) codesKilled.add(claim.id);
  }
  await world.disk.endLeases();
  await (
    await world.start()
  ).started;
  if (trap.act === 'sleep') await wakeUp(world, trapped, mine);
  await signedUp;
  await until('the claim is final', async () => (await mine()).every(isFinal));
  return true;
}

/** Wakes a host up whose claims another one took, and lets it finish what it was at. */
async function wakeUp(
  world: TortureWorld,
  sleeper: HostProcess,
  claims: () => Promise<ClaimOnDisk[]>,
): Promise<void> {
  await until('another host finished the claim', async () => (await claims()).every(isFinal));
  const finished = await claims();
  const seen = world.sim.requests().length;
  sleeper.signal('SIGCONT');
  await sleeper.count([]);
  sleeper.signal('SIGTERM');
  const ending = await within(15_000, 'a host that woke up stops', sleeper.ended);
  expect(ending).toEqual({ code: 0, signal: null });
  // What it was at when the lease ran out is written under a fence that is no longer its own.
  expect(await claims(), 'claims that another host finished').toEqual(expect.arrayContaining(finished));
  const since = world.sim.requests().slice(seen);
  const changing = since.filter(({ method, path }) => method !== 'GET' || path === '/oauth/access_token');
  expect(changing.length, 'what a host did to Meta after it woke up').toBeLessThanOrEqual(1);
}
