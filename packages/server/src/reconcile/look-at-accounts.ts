import { hour, minute, second } from '../domain/durations.ts';
import type { AccountLease } from '../ports/accounts.ts';
import type { Timer } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import { GraphError } from '../ports/graph-error.ts';
import { laneOfLeases, type Lane } from '../ports/lane.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import type { ReconcileDeps } from './deps.ts';
import { lookAtAccount } from './look-at-account.ts';
import type { LookEnd } from './look-end.ts';

/** What looking at accounts in the background is made of. */
export interface LookAtAccountsDeps extends ReconcileDeps {
  timer: Timer;
  /** How long the store lets a node be silent. Milliseconds. */
  leaseMs: number;
  /** Closing: nothing new is begun after it. */
  signal: AbortSignal;
}

/** Accounts at once: each makes one call to Meta at a time, and claims, whose codes live 30 seconds, want the connections. */
const mostAtOnce = 4;

/** After a look that failed: twice as long each time. Milliseconds. */
const backOff = { first: 30 * second, longest: 30 * minute, forGood: 6 * hour } as const;

/** Tries after which a refusal that Meta has no kinder word for is taken for its last one. */
const mostRefusals = 10;

/** Makes the lane of looks at accounts that are due; several may share one database. A look that breaks never stops the others, and is tried again. */
export function lookAtAccounts(deps: LookAtAccountsDeps): Lane {
  const { store, clock, logger, signal } = deps;
  const look = lookAtAccount(deps);
  const afterFailure = (lease: AccountLease, error: unknown): LookEnd => {
    const { wabaId, looks, settledAt } = lease;
    const now = clock.now();
    const settled = settledAt !== undefined;
    const isMetas = error instanceof GraphError;
    const facts = { wabaId, looks, ...(isMetas ? { reason: error.reason } : errorFacts(error)) };
    const isPassing = isMetas || error instanceof StoreUnavailableError;
    if (isPassing) logger.warn('an account could not be looked at; it is tried again', facts);
    else logger.error('a look at an account broke; it is tried again', facts);
    const isForGood = isMetas && error.retry === 'never' && looks > mostRefusals;
    const longest = isForGood ? backOff.forGood : backOff.longest;
    const wait = Math.min(longest, backOff.first * 2 ** Math.min(looks - 1, 20));
    const chance = deps.random.below(Math.floor(wait / 2));
    const retryAt = isMetas ? (error.retryAt ?? 0) : 0;
    return { lookAgainAt: Math.max(retryAt, now + wait + chance), settled };
  };

  const lookAt = async (lease: AccountLease): Promise<void> => {
    const beat = keepAlive(deps, lease);
    let end: LookEnd;
    try {
      // Leased while closing began: another node may have it at once.
      end = signal.aborted
        ? { lookAgainAt: clock.now(), settled: lease.settledAt !== undefined }
        : await look(lease).catch((error: unknown) => afterFailure(lease, error));
    } finally {
      beat.stop();
    }
    if (end === 'fenced') return;
    await store.finishAccount({ lease, now: clock.now(), ...end });
  };

  return laneOfLeases({
    lease: (limit) => store.leaseAccounts({ now: clock.now(), limit }),
    work: lookAt,
    mostAtOnce,
    onUnended: (error) => logger.warn('the end of a look could not be written', errorFacts(error)),
    onUntaken: (error) => logger.warn('accounts could not be taken', errorFacts(error)),
    signal,
  });
}

/** Renews the lease while a look goes on: Meta may be slow, and an account may have many numbers. */
function keepAlive({ store, timer, leaseMs }: LookAtAccountsDeps, lease: AccountLease): { stop: () => void } {
  let stopped = false;
  const renew = async (): Promise<void> => {
    // The database may be away for a moment: the lease can outlast that.
    const holds = await store.renewAccount({ lease }).catch(() => true);
    if (holds && !stopped) next = timer.after(leaseMs / 3, () => void renew());
  };
  let next = timer.after(leaseMs / 3, () => void renew());
  return {
    stop: () => {
      stopped = true;
      next.cancel();
    },
  };
}
