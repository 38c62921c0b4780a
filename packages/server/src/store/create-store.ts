import type { IncomingClaim, OpenedSession, OpenSession, RecordedClaim, Store } from '../ports/store.ts';
import { createBatcher } from './batcher.ts';
import { claimHistory } from './claims/claim-history.ts';
import { listClaims } from './claims/list-claims.ts';
import { recordClaims } from './claims/record-claims.ts';
import { findClaim } from './claims/find-claim.ts';
import type { Engine } from './engine/engine.ts';
import { isSchemaCurrent, migrate } from './migrate.ts';
import { findPoolNumber } from './pool/find-pool-number.ts';
import { listPool } from './pool/list-pool.ts';
import { mirrorPool } from './pool/mirror-pool.ts';
import type { QueryDeps, Scope } from './scope.ts';
import { openSessions } from './sessions/open-sessions.ts';
import { recordSessionEvent } from './sessions/record-session-event.ts';
import { releaseHolds } from './sessions/release-holds.ts';
import { finishStep } from './work/finish-step.ts';
import { leaseWork, renewLease } from './work/lease-work.ts';
import { keepPin, keepToken, spendAttempt, spendCode } from './work/spend.ts';

/** What a store is made of. */
export interface StoreDeps {
  engine: Engine;
  scope: Scope;
  now: () => number;
  /** `setImmediate`, or a test's own. */
  defer: (run: () => void) => void;
  /** How long a worker may be silent before another one takes its work. Milliseconds. */
  leaseMs: number;
}

/** The kit's store over SQLite or PostgreSQL. Intake goes through group commit. */
export function createStore({ engine, scope, now, defer, leaseMs }: StoreDeps): Store {
  const deps: QueryDeps = { engine, scope, leaseMs };
  let closed: Promise<void> | undefined;
  const batching = { inFlight: engine.batchesInFlight, defer };

  const openSession = createBatcher<OpenSession, OpenedSession>({
    ...batching,
    key: (wish) => wish.id,
    runBatch: (wishes) => engine.write((trx) => openSessions(trx, deps, wishes)),
  });
  const recordClaim = createBatcher<IncomingClaim, RecordedClaim>({
    ...batching,
    key: ({ sessionId, event, eventData, codeMark }) =>
      JSON.stringify([sessionId, event, eventData, codeMark]),
    runBatch: (incoming) =>
      retriedOnUnique(engine, () => engine.write((trx) => recordClaims(trx, deps, incoming))),
  });

  return {
    migrate: async () => {
      await engine.checkDurability();
      await migrate(engine, now());
    },
    ping: async () => {
      if (!(await engine.reading(() => isSchemaCurrent(engine))))
        throw new Error('The schema is not the one of this version.');
    },
    close: () => (closed ??= engine.close()),

    mirrorPool: (input) => mirrorPool(deps, input),
    listPool: (query) => engine.reading(() => listPool(deps, query)),
    findPoolNumber: (input) => engine.reading(() => findPoolNumber(deps, input)),

    openSession,
    recordSessionEvent: (input) => engine.write((trx) => recordSessionEvent(trx, input)),
    releaseHolds: (input) => engine.write((trx) => releaseHolds(trx, deps, input)),

    recordClaim,
    findClaim: (id) => engine.reading(() => findClaim(deps, id)),
    listClaims: (query) => engine.reading(() => listClaims(deps, query)),
    claimHistory: (id) => engine.reading(() => claimHistory(deps, id)),

    leaseWork: (input) => engine.write((trx) => leaseWork(trx, deps, input)),
    renewLease: (input) => engine.write((trx) => renewLease(trx, deps, input.lease)),
    finishStep: (input) =>
      // Two nodes may prove the same number at once: the second is told by the index, and once more by the answer.
      retriedOnUnique(engine, () => engine.write((trx) => finishStep(trx, deps, input))),
    spendCode: (input) =>
      // Two sessions may bring one code at once: the index lets one of them spend it.
      retriedOnUnique(engine, () => engine.write((trx) => spendCode(trx, deps, input))),
    keepToken: (input) => engine.write((trx) => keepToken(trx, deps, input)),
    keepPin: (input) => engine.write((trx) => keepPin(trx, deps, input)),
    spendAttempt: (input) => engine.write((trx) => spendAttempt(trx, deps, input)),
  };
}

/** Runs an act again when another node wrote the same row in between: the second time it sees that row. */
async function retriedOnUnique<T>(engine: Engine, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!engine.isUniqueViolation(error)) throw error;
    return act();
  }
}
