import type { ResolvedOptions } from './config/resolve-options.ts';
import type { ClaimStep } from './domain/claim-steps.ts';
import { day, minute, second } from './domain/durations.ts';
import { deliverHostEvents } from './host-events/deliver-host-events.ts';
import { noteMissing, readNumbers } from './numbers/read-numbers.ts';
import { careForNumbers } from './pool/care-for-numbers.ts';
import { keepFresh, type RequestCode } from './pool/keep-fresh.ts';
import { syncPool, type SyncedPool } from './pool/sync-pool.ts';
import { warnOfLowPool } from './pool/warn-of-low-pool.ts';
import type { Cipher } from './ports/cipher.ts';
import type { Clock, Timer } from './ports/clock.ts';
import { errorFacts } from './ports/error-facts.ts';
import type { Graph } from './ports/graph.ts';
import type { Lane } from './ports/lane.ts';
import type { Logger } from './ports/logger.ts';
import type { PostJson } from './ports/post-json.ts';
import type { Random } from './ports/random.ts';
import type { Step } from './ports/step.ts';
import type { Store } from './ports/store.ts';
import { compareWhenDue } from './reconcile/compare-accounts.ts';
import { lookAtAccounts } from './reconcile/look-at-accounts.ts';
import { sweep } from './reconcile/sweep.ts';
import { attachNumber } from './registration/attach-number.ts';
import { checkIdentity } from './registration/check-identity.ts';
import { exchangeCode } from './registration/exchange-code.ts';
import { proveClaim } from './registration/prove-claim.ts';
import { registerNumber } from './registration/register-number.ts';
import { requestCodeStep, type AskForCode } from './registration/request-code-step.ts';
import { shareCredit } from './registration/share-credit.ts';
import { subscribeApp } from './registration/subscribe-app.ts';
import {
  releaseHoldsChore,
  remindChore,
  removeIdentitiesChore,
  tellOfChangesChore,
  type Chore,
} from './worker/chores.ts';
import { createWorker, type Worker } from './worker/create-worker.ts';
import { inTurns } from './worker/in-turns.ts';

/** What the background work is made of. */
export interface BackgroundDeps {
  graph: Graph;
  store: Store;
  cipher: Cipher;
  clock: Clock;
  timer: Timer;
  random: Random;
  logger: Logger;
  options: ResolvedOptions;
  /** How long the store lets a node be silent. Milliseconds. */
  leaseMs: number;
  post: PostJson;
  /** Has a code sent to a number of the pool. */
  requestCode: RequestCode;
  /** Has a code sent to the number of a claim. */
  askForCode: AskForCode;
  /** Hands in codes that came by text. */
  texts: Lane;
  /** When it is aborted nothing new is begun. */
  closing: AbortSignal;
}

/** Everything that goes on beside the requests. */
export interface Background {
  worker: Worker;
  /** Mirrors the pool now. @throws GraphError, StoreUnavailableError */
  sync(): Promise<SyncedPool>;
  /** Mirrors the pool if no node has done so lately. What fails is logged, and tried again by the worker. */
  mirror(): Promise<void>;
}

/**
 * How often one of all nodes does each of these, milliseconds. Meta's list of the pool changes when a popup is finished: often
 * enough for the next customer.
 */
const periods = {
  sync: 5 * minute,
  low: 5 * minute,
  care: 5 * second,
  read: 5 * second,
  note: day,
  compare: 15 * minute,
  sweep: minute,
} as const;

/** Puts the background work together: the steps of claims, telling the host, looks at accounts, and what is done in turns. */
export function createBackground(deps: BackgroundDeps): Background {
  const { store, clock, logger, options, closing: signal } = deps;
  const registration = { ...deps, meta: options.meta, textsReachUs: textsReachUs(options) };
  const steps: Record<ClaimStep, Step> = {
    exchange: exchangeCode(registration),
    prove: proveClaim(registration),
    attach: attachNumber(registration),
    attach_named: attachNumber(registration),
    subscribe: subscribeApp(registration),
    credit: shareCredit(registration),
    register: registerNumber(registration),
    code: requestCodeStep(registration),
    identity: checkIdentity(registration),
  };
  const { sync, care, warn } = healthOfPool(deps);
  const turn = (name: string, period: number, chore: () => Promise<void>) =>
    inTurns(period, { store, clock, logger, name }, chore);
  const mirror = turn('sync the pool', periods.sync, async () => void (await sync()));
  const reconcile = { ...deps, meta: options.meta, signal };
  // Apart, so that an address that does not answer holds up no function.
  const hostEvents = (['handler', 'http'] as const).map((destination) =>
    deliverHostEvents({ ...deps, on: options.on, events: options.events, destination, signal }),
  );
  const worker = createWorker({
    ...deps,
    steps,
    chores: [
      releaseHoldsChore({ store, clock }),
      remindChore({ store, clock }),
      tellOfChangesChore({ store, clock }),
      mirror,
      whenAnyIsDue(
        () => store.listNumbersToCareFor({ now: clock.now(), limit: 1 }),
        turn('care for numbers', periods.care, care),
      ),
      whenAnyIsDue(
        () => store.listNumbersToRead({ now: clock.now(), limit: 1 }),
        turn('read numbers', periods.read, readNumbers({ ...deps, signal })),
      ),
      turn('note missing numbers', periods.note, noteMissing({ store, clock, signal })),
      turn('remove identities', periods.note, removeIdentitiesChore({ store, clock, signal })),
      // Who has nobody to tell leaves the turn to a node that has.
      ...(isHeard(options) ? [turn('warn of a low pool', periods.low, () => warn())] : []),
      ...(options.recovery
        ? [turn('look for a reason to compare accounts', periods.compare, compareWhenDue(reconcile))]
        : []),
      turn('sweep', periods.sweep, sweep(reconcile)),
    ],
    accounts: lookAtAccounts(reconcile),
    hostEvents,
  });
  return { worker, sync, mirror };
}

/** A look costs little, a turn a write: so nobody takes one while no number is due. */
const whenAnyIsDue = (list: () => Promise<readonly unknown[]>, chore: Chore): Chore => {
  return async () => {
    if ((await list()).length > 0) await chore();
  };
};

/** Whether anybody hears from this node that numbers run out. */
const isHeard = ({ on, events }: ResolvedOptions): boolean =>
  on.poolLow !== undefined || events !== undefined;

/** Whether texts reach the kit, and it may ask for codes by itself. */
const textsReachUs = ({ sms, pool }: ResolvedOptions): boolean => sms !== undefined && pool.keepFresh;

/** What keeps the pool healthy. */
function healthOfPool(deps: BackgroundDeps) {
  const { store, clock, logger, options, closing } = deps;
  const pool = { ...deps, businessId: options.meta.businessId };
  const warn = warnOfLowPool({ store, clock, low: options.pool.low });
  const mirrored = syncPool(pool);
  return {
    warn,
    async sync() {
      const synced = await mirrored();
      // What was mirrored is mirrored; there is another look soon.
      await warn('sync').catch((error: unknown) =>
        logger.warn('nobody could look whether the pool is low', errorFacts(error)),
      );
      return synced;
    },
    care: careForNumbers({
      ...pool,
      signal: closing,
      keepFresh: textsReachUs(options)
        ? keepFresh({ ...pool, language: options.pool.codeLanguage })
        : undefined,
    }),
  };
}
