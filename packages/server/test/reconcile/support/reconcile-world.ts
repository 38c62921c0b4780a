import type { AccountLease, RecoveredClaim } from '../../../src/ports/accounts.ts';
import type { Decision } from '../../../src/ports/decisions.ts';
import type { AccountNumber, Graph } from '../../../src/ports/graph.ts';
import type { Claim } from '../../../src/ports/records.ts';
import type { Store } from '../../../src/ports/store.ts';
import type { ReconcileDeps } from '../../../src/reconcile/deps.ts';
import { listOf, now, numberWith, only, poolNumber } from '../../registration/support/step-world.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** An account that Meta told of by webhook, at its first look. */
export const leaseWith = (over: Partial<AccountLease> = {}): AccountLease => ({
  wabaId: '8',
  ownerBusinessId: '9',
  foundAt: now - 90 * second,
  addedAt: now - 90 * second,
  removedAt: undefined,
  removedNumbers: [],
  settledAt: undefined,
  looks: 1,
  fence: 1,
  wakes: 1,
  ...over,
});

/** A launch of ada's, open at the time of the sign-up. */
export const adas = {
  customerId: 'ada',
  sessionId: 'session-of-ada',
  heldAt: now - 5 * minute,
  claimUntil: now + day,
};

export interface ReconcileWorld {
  deps: ReconcileDeps;
  /** What the store was told to recover. */
  recovered: RecoveredClaim[];
  /** What was decided about claims beside that. */
  decided: Decision[];
  /** Tokens with which the account was read, in order. */
  readWith: (string | undefined)[];
  log: string[];
}

/** Account 8 lists number 7, which is of the pool, and ada alone launched with it; nobody has claimed anything. */
export function reconcileWorld(
  given: { graph?: Partial<Graph>; store?: Partial<Store>; numbers?: AccountNumber[] } = {},
): ReconcileWorld {
  const recovered: RecoveredClaim[] = [];
  const decided: Decision[] = [];
  const readWith: (string | undefined)[] = [];
  const log: string[] = [];
  const note = (message: string) => void log.push(message);
  const listed = given.graph?.listAccountNumbers ?? (() => listOf(given.numbers ?? [numberWith()]));
  const nothing = () => Promise.resolve(undefined);
  const deps: ReconcileDeps = {
    graph: only<Graph>('graph', {
      recoverToken: () => Promise.resolve('token-of-meta'),
      inspectToken: () => Promise.resolve({ valid: true, appId: '1', wabaIds: ['8'], expiresAt: 5 }),
      ...given.graph,
      listAccountNumbers(wabaId, token) {
        readWith.push(token);
        return listed(wabaId, token);
      },
    }),
    store: only<Store>('store', {
      findToken: nothing,
      findOwner: nothing,
      findAttachment: () => Promise.resolve(undefined),
      findAccountOfAnother: () => Promise.resolve(undefined),
      findClaim: nothing,
      findClaimOfSession: nothing,
      findClaimsNaming: () => Promise.resolve([]),
      findClaimsOfNumber: () => Promise.resolve([]),
      hasClaimOn: () => Promise.resolve(false),
      findPoolNumber: () => Promise.resolve({ number: poolNumber, heldByCustomer: false }),
      findLaunches: () => Promise.resolve([adas]),
      recoverClaim(input) {
        recovered.push(input);
        return Promise.resolve('recovered');
      },
      decide(input) {
        decided.push(input);
        return Promise.resolve('saved');
      },
      ...given.store,
    }),
    cipher: {
      seal: (plain, cell) => Promise.resolve(`${cell}:${plain}`),
      open: (sealed) => Promise.resolve(`opened ${sealed}`),
    },
    clock: { now: () => now },
    random: { id: () => 'new-id', below: () => 0 },
    logger: { debug: note, info: note, warn: note, error: note },
    meta: { appId: '1' },
    options: { recovery: true },
  };
  return { deps, recovered, decided, readWith, log };
}

/** A store in which these are all the claims. */
export function claimsAre(...claims: Claim[]): Partial<Store> {
  return {
    findClaim: (id) => Promise.resolve(claims.find((one) => one.id === id)),
    findClaimOfSession: (id) => Promise.resolve(claims.find((one) => one.sessionId === id)),
    findClaimsNaming: ({ wabaId }) =>
      Promise.resolve(
        claims.filter(
          ({ eventData, status }) =>
            eventData.waba_id === wabaId && (status === 'received' || status === 'needs_signup'),
        ),
      ),
    findClaimsOfNumber: (id) => Promise.resolve(claims.filter((one) => one.phoneNumberId === id)),
    hasClaimOn: (wabaId) =>
      Promise.resolve(claims.some((one) => one.wabaId === wabaId && one.customerId !== '')),
  };
}
