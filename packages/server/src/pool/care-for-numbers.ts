import { day, hour, minute } from '../domain/durations.ts';
import { isOurs } from '../domain/number-lifecycle.ts';
import { nextOf } from '../domain/number-next.ts';
import { dropToTell, expiryToTell } from '../domain/number-warnings.ts';
import type { Clock } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import type { Logger } from '../ports/logger.ts';
import type { NumberInCare } from '../ports/pool-store.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import type { Store } from '../ports/store.ts';
import type { KeptFresh } from './keep-fresh.ts';

/** What looking after the pool is made of. */
export interface CareForNumbersDeps {
  store: Pick<Store, 'listNumbersToCareFor' | 'finishCare' | 'tellOfExpiry' | 'tellOfUnverified'>;
  clock: Clock;
  logger: Logger;
  /** Our own portfolio. */
  businessId: string;
  /** Has codes sent, where texts reach us. `undefined`: people do that, and are told when it is time. */
  keepFresh: ((number: NumberInCare) => Promise<KeptFresh>) | undefined;
  /** Closing: nothing new is begun after it. */
  signal: AbortSignal;
}

/** Numbers at once, as read at once, and in one turn. */
const most = { atOnce: 8, slice: 100, perTurn: 1_000 } as const;

/** Milliseconds. */
const waits = {
  /** A text that was asked for comes and is handed in within that time: only then is anybody told. */
  text: 15 * minute,
  afterFailure: hour,
  /** What an older version wrote, which knows of no looks, is seen after so long. */
  longest: 7 * day,
} as const;

/**
 * Looks at numbers whose time has come: has codes sent, tells the host what lapses or is dropped, and says when to look again.
 * What breaks for one number never stops the others.
 *
 * @throws StoreUnavailableError
 */
export function careForNumbers(deps: CareForNumbersDeps): () => Promise<void> {
  const { store, clock, logger, signal } = deps;
  const look = lookAtNumber(deps);

  const careFor = async (number: NumberInCare): Promise<void> => {
    const careAt = await look(number).catch((error: unknown) => {
      if (error instanceof StoreUnavailableError) throw error;
      logger.error('a look at a number of the pool broke; it is tried again', {
        id: number.id,
        ...errorFacts(error),
      });
      return clock.now() + waits.afterFailure;
    });
    await store.finishCare({ id: number.id, seen: number.careAt, careAt });
  };

  return async () => {
    const done = new Set<string>();
    while (!signal.aborted && done.size < most.perTurn) {
      const due = await store.listNumbersToCareFor({ now: clock.now(), limit: most.slice });
      // What had news meanwhile is due again: in the next turn.
      const numbers = due.filter(({ id }) => !done.has(id));
      if (numbers.length === 0) return;
      for (const { id } of numbers) done.add(id);
      await someAtOnce(numbers, most.atOnce, signal, careFor);
    }
  };
}

/** One look. Resolves to the time of the next one, milliseconds UTC. */
function lookAtNumber(deps: CareForNumbersDeps): (number: NumberInCare) => Promise<number> {
  const { store, clock, businessId } = deps;
  return async (number) => {
    const now = clock.now();
    const ours = isOurs(number, businessId);
    const keepFresh = ours ? deps.keepFresh : undefined;
    const expiry = expiryToTell(number, number, now, keepFresh !== undefined);
    const dropped = ours ? dropToTell(number, number, now) : undefined;
    const { asked, again } = (await keepFresh?.(number)) ?? { asked: false, again: undefined };
    const times = [again, nextOf(number, now)?.at, latestLook(number.id, now)];
    if (asked) {
      // It may well be verified before anybody has read the warning.
      if (expiry !== undefined || dropped !== undefined) times.push(now + waits.text);
    } else {
      if (expiry !== undefined) await store.tellOfExpiry({ id: number.id, now, ...expiry });
      if (dropped !== undefined) await store.tellOfUnverified({ id: number.id, now, droppedAt: dropped });
    }
    return Math.max(now + minute, Math.min(...times.filter((time) => time !== undefined)));
  };
}

/** After most of a week, and not when all the others are looked at. */
function latestLook(id: string, now: number): number {
  return now + waits.longest - ((Number(id.slice(-4)) || 0) % 720) * minute;
}

/** Runs `job` for each of the items, a few at once. When one fails no further one is begun. */
async function someAtOnce<Item>(
  items: readonly Item[],
  atOnce: number,
  signal: AbortSignal,
  job: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (const item of left) {
      if (failed || signal.aborted) return;
      await job(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
