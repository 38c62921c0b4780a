import { day, hour, minute } from '../domain/durations.ts';
import { isOurs } from '../domain/number-lifecycle.ts';
import { nextOf } from '../domain/number-next.ts';
import { dropToTell, expiryToTell, mayWaitUntil, type DueExpiry } from '../domain/number-warnings.ts';
import { orderOfNeed } from '../domain/own-code-requests.ts';
import type { Clock } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import type { Logger } from '../ports/logger.ts';
import type { NumberInCare } from '../ports/pool-store.ts';
import { someAtOnce } from '../ports/some-at-once.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import type { Store } from '../ports/store.ts';
import type { KeepFresh, KeptFresh } from './keep-fresh.ts';

/** What looking after the pool is made of. */
export interface CareForNumbersDeps {
  store: Pick<Store, 'listNumbersToCareFor' | 'finishCare' | 'tellOfExpiry' | 'tellOfUnverified'>;
  clock: Clock;
  logger: Logger;
  /** Our own portfolio. */
  businessId: string;
  /** Has codes sent, where texts reach us. `undefined`: people do that, and are told when it is time. */
  keepFresh: KeepFresh | undefined;
  /** Closing: nothing new is begun after it. */
  signal: AbortSignal;
}

/** Numbers at once, and in one turn. */
const most = { atOnce: 8, perTurn: 1_000 } as const;

/** Milliseconds. */
const waits = {
  /** What could not be told is tried again: another node may have somebody to tell. */
  untold: hour,
  /** A text that was asked for comes and is handed in within that time: only then is anybody told. */
  text: 15 * minute,
  afterFailure: hour,
  /** What an older version wrote, which knows of no looks, is seen after so long. */
  longest: 7 * day,
} as const;

/**
 * Looks at numbers whose time has come: has codes sent, tells the host what lapses or is dropped, and says when to look again.
 * Codes are asked for by need: for what customers would lose first, and for what was asked for in vain after the others.
 * What breaks for one number never stops the others.
 *
 * @throws StoreUnavailableError
 */
export function careForNumbers(deps: CareForNumbersDeps): () => Promise<void> {
  const { store, clock, logger, signal } = deps;
  const look = lookAtNumber(deps);

  /** @returns whether there has been a look: a retry is left for later in the turn */
  const careFor = async (number: NumberInCare, turn: { retries: boolean }): Promise<boolean> => {
    const careAt = await look(number, turn).catch((error: unknown) => {
      if (error instanceof StoreUnavailableError) throw error;
      logger.error('a look at a number of the pool broke; it is tried again', {
        id: number.id,
        ...errorFacts(error),
      });
      return clock.now() + waits.afterFailure;
    });
    if (careAt === undefined) return false;
    await store.finishCare({ id: number.id, seen: number.careAt, careAt });
    return true;
  };

  return async () => {
    const now = clock.now();
    const due = await store.listNumbersToCareFor({ now, limit: most.perTurn });
    const { renewals, others } = orderOfNeed(due, now);
    for (const numbers of [renewals, others]) {
      const done = new Set<string>();
      await someAtOnce(numbers, most.atOnce, signal, async (number) => {
        if (await careFor(number, { retries: false })) done.add(number.id);
      });
      const again = numbers.filter(({ id }) => !done.has(id));
      await someAtOnce(again, most.atOnce, signal, async (number) => {
        await careFor(number, { retries: true });
      });
    }
  };
}

/** One look. Resolves to the time of the next one, milliseconds UTC; `undefined`: later in this turn. */
function lookAtNumber(
  deps: CareForNumbersDeps,
): (number: NumberInCare, turn: { retries: boolean }) => Promise<number | undefined> {
  const { store, clock, businessId } = deps;

  /** @returns whether the host was told */
  const tell = async (number: NumberInCare, { now, expiry, dropped }: ToTell): Promise<boolean> => {
    // Asking for a code may have brought news, and other nodes bring some at any time.
    const told = { id: number.id, now, seen: number };
    if (expiry !== undefined && !(await store.tellOfExpiry({ ...told, ...expiry }))) return false;
    return dropped === undefined || store.tellOfUnverified({ ...told, droppedAt: dropped });
  };

  return async (number, turn) => {
    const now = clock.now();
    const ours = isOurs(number, businessId);
    const keepFresh = ours ? deps.keepFresh : undefined;
    const expiry = expiryToTell(number, number, now, keepFresh !== undefined);
    const dropped = ours ? dropToTell(number, number, now) : undefined;
    const kept: KeptFresh = (await keepFresh?.(number, turn)) ?? { what: 'not_asked', again: undefined };
    if (kept.what === 'retry') return undefined;
    const next = nextOf(number, now, businessId)?.at;
    const times = [kept.again, next, latestLook(number.id, now)];
    if (expiry !== undefined || dropped !== undefined) {
      // It may well be verified before anybody has read the warning.
      if (kept.what === 'asked') times.push(now + waits.text);
      else if (kept.what === 'not_asked' || kept.again >= mayWaitUntil(number, expiry, next, now)) {
        if (!(await tell(number, { now, expiry, dropped }))) times.push(now + waits.untold);
      }
    }
    return Math.max(now + minute, Math.min(...times.filter((time) => time !== undefined)));
  };
}

/** What the host is to be told of a number at a moment. Milliseconds UTC. */
interface ToTell {
  now: number;
  expiry: DueExpiry | undefined;
  dropped: number | undefined;
}

/** After most of a week, and not when all the others are looked at. */
function latestLook(id: string, now: number): number {
  return now + waits.longest - ((Number(id.slice(-4)) || 0) % 720) * minute;
}
