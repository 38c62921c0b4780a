import { randomInt } from 'node:crypto';
import { chanceOf, type Chance } from '../../support/chance.ts';
import { deliveries, newLedger, signUpOnce, type Ledger } from './customer.ts';
import { expectPromisesKept, isFinal, lostItsCode, type Outcome } from './promises.ts';
import { createTortureWorld, type EngineName, type TortureWorld } from './torture-world.ts';
import { until, within } from './until.ts';
import { allPorts, type Trap } from './words.ts';

/** One round of killing. */
export interface Round {
  /** The bundled host. */
  file: string;
  engine: EngineName;
  seed: number;
  kills: number;
  claims: number;
  /**
   * Lets the last victims' leases run out in the database instead of waiting 20 seconds for them. Nobody else is alive
   * then, so nobody could tell the difference.
   */
  withoutWaiting: boolean;
}

/** What a round did. */
export interface RoundReport extends Outcome {
  engine: EngineName;
  seed: number;
  kills: number;
  claims: number;
  starts: number;
  /** Answers 200 and 202 to `POST /claims`. */
  answers: number;
  /** Requests of customers that were cut off and sent again. */
  cutOff: number;
  withoutNumber: number;
  /** From the last restart until the last claim was final, milliseconds. */
  settledAfter: number;
}

/** Customers at once. */
const atOnce = 10;

/** A number for `TORTURE_SEED`. */
export function seedOfRun(): number {
  return Number(process.env['TORTURE_SEED'] ?? randomInt(2 ** 31));
}

/** Customers sign up while their host is killed again and again; then everything must be as promised. */
export async function killAtRandom({
  file,
  engine,
  seed,
  kills,
  claims,
  withoutWaiting,
}: Round): Promise<RoundReport> {
  const chance = chanceOf(seed);
  const world = await createTortureWorld({ file, engine, simulator: { numbers: claims + atOnce, seed } });
  try {
    // Meta has its bad moments, too: what it did not do is done again, with the same PIN.
    world.sim.setFaults({ seed, rate: 0.05, kinds: ['error'], match: { path: '/*/register' } });
    const ledger = newLedger();
    const crowd = startCrowd(world, ledger, { claims, chance: chanceOf(seed + 1) });
    const interruptions = new Map<string, number>();
    const codesKilled = new Set<string>();
    for (let kill = 0; kill < kills; kill += 1) {
      crowd.letIn(Math.ceil(((kill + 1) * claims) / kills));
      await die(world, chance);
      for (const claim of await world.disk.claims()) {
        if (isFinal(claim)) continue;
        interruptions.set(claim.id, (interruptions.get(claim.id) ?? 0) + 1);
        if (lostItsCode(claim)) codesKilled.add(claim.id);
      }
      if (withoutWaiting && kill === kills - 1) await world.disk.endLeases();
      await world.start();
    }
    const restarted = performance.now();
    await within(160_000, 'all customers are answered', crowd.gone);
    await until('all claims are final', async () => (await world.disk.claims()).every(isFinal), {
      ms: 60_000,
      every: 100,
    });
    const settledAfter = Math.round(performance.now() - restarted);
    const outcome = await expectPromisesKept(world, ledger, { interruptions, codesKilled });
    return {
      engine,
      seed,
      kills,
      claims,
      starts: world.starts(),
      ...outcome,
      answers: ledger.answers,
      cutOff: ledger.repeated,
      withoutNumber: ledger.withoutNumber,
      settledAfter,
    };
  } catch (error) {
    throw new Error(`TORTURE_SEED=${seed}, ${engine}: ${String(error)}\n${world.host().log()}`, {
      cause: error,
    });
  } finally {
    await world.close();
  }
}

/** Kills the host: at a call to the outside, at any moment, or while it starts. */
async function die(world: TortureWorld, chance: Chance): Promise<void> {
  const host = world.host();
  const way = chance.below(10);
  if (way > 0) await host.started;
  if (way > 4) {
    const trap: Trap = {
      ports: chance.of([['meta'], ['cipher'], ['random'], allPorts]),
      at: 1 + chance.below(40),
      side: chance.of(['before', 'after']),
      act: 'die',
    };
    await host.set(trap);
  }
  // The moment is what is tested here: chance chooses it, nothing waits for it to be right. A trap that nobody steps into
  // ends the same way.
  const moment = way > 4 ? 2_000 : chance.below(400);
  await Promise.race([host.ended, new Promise((resolve) => setTimeout(resolve, moment))]);
  await host.kill();
}

/** Customers who sign up one after the other, several at once. */
interface Crowd {
  /** Lets customers in until so many have come in all. */
  letIn(upTo: number): void;
  /** Resolves when each of them was answered. */
  gone: Promise<void>;
}

function startCrowd(
  world: TortureWorld,
  ledger: Ledger,
  { claims, chance }: { claims: number; chance: Chance },
): Crowd {
  let allowed = 0;
  let next = 0;
  const failed = { is: false };
  const queue = async () => {
    while (next < claims && !failed.is) {
      if (next >= allowed) {
        await until('more customers are let in', () => next < allowed || next >= claims || failed.is, {
          ms: 600_000,
          every: 5,
        });
        continue;
      }
      const customerId = `customer-${next}`;
      next += 1;
      await signUpOnce(world, ledger, { customerId, delivery: chance.of(deliveries) });
    }
  };
  const gone = Promise.all(Array.from({ length: atOnce }, queue)).then(() => undefined);
  gone.catch(() => (failed.is = true));
  return { letIn: (upTo) => void (allowed = upTo), gone };
}
