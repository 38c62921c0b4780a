import type { IncomingClaim, OpenedSession, OpenSession, RecordedClaim } from '../ports/intake.ts';
import type { Store } from '../ports/store.ts';
import { createBatcher } from './batcher.ts';
import type { ImportOutcome } from '../ports/decisions.ts';
import type { HostEventDestinations } from '../ports/host-events.ts';
import { SessionUsedError, TooManyClaimsError } from '../ports/store-errors.ts';
import { claimHistory } from './claims/claim-history.ts';
import { listClaims } from './claims/list-claims.ts';
import { decide } from './claims/decide.ts';
import { findAccountOfAnother, findClaim, findClaimOfSession, findToken } from './claims/find-claim.ts';
import { importClaim } from './claims/import-claims.ts';
import { readPin, supplyPin } from './claims/pins.ts';
import { recordClaims, type RecordOutcome } from './claims/record-claims.ts';
import { remindUnregistered } from './claims/remind-unregistered.ts';
import type { Engine } from './engine/engine.ts';
import { finishHostEvent, leaseHostEvents } from './host-events/lease-host-events.ts';
import { listUndelivered, reviveHostEvent } from './host-events/undelivered.ts';
import { isSchemaCurrent, migrate } from './migrate.ts';
import { findPoolNumber } from './pool/find-pool-number.ts';
import { findHeldNumberTaken, keepHold } from './pool/held-numbers.ts';
import { mirrorPool } from './pool/mirror-pool.ts';
import { numbersStore } from './numbers-store.ts';
import { poolStore } from './pool/pool-store.ts';
import { recoveryStore } from './recovery-store.ts';
import { retriedOnUnique } from './retried-on-unique.ts';
import type { QueryDeps, Scope } from './scope.ts';
import { sealedStore } from './sealed/sealed-store.ts';
import { openSessions } from './sessions/open-sessions.ts';
import { recordSessionEvent } from './sessions/record-session-event.ts';
import { releaseHolds } from './sessions/release-holds.ts';
import { finishStep } from './work/finish-step.ts';
import { leaseWork, renewLease } from './work/lease-work.ts';
import {
  keepCreditAllocation,
  keepPin,
  keepToken,
  returnAttempt,
  spendAttempt,
  spendCode,
} from './work/spend.ts';

/** What a store is made of. */
export interface StoreDeps {
  engine: Engine;
  scope: Scope;
  now: () => number;
  /** `setImmediate`, or a test's own. */
  defer: (run: () => void) => void;
  /** How long a worker may be silent before another one takes its work. Milliseconds. */
  leaseMs: number;
  /** A new id, UUIDv7. */
  newId: () => string;
  /** Where the host wants to be told of which event. */
  destinations: HostEventDestinations;
}

/** The kit's store over SQLite or PostgreSQL. Intake goes through group commit. */
export function createStore({ engine, scope, now, defer, leaseMs, newId, destinations }: StoreDeps): Store {
  const deps: QueryDeps = { engine, scope, leaseMs, newId, destinations };
  let closed: Promise<void> | undefined;
  const batching = { inFlight: engine.batchesInFlight, defer };

  const openSession = createBatcher<OpenSession, OpenedSession>({
    ...batching,
    key: (wish) => wish.id,
    runBatch: (wishes) => engine.write((trx) => openSessions(trx, deps, wishes)),
  });
  const recordClaim = createBatcher<IncomingClaim, RecordOutcome>({
    ...batching,
    key: ({ sessionId, event, eventData, codeMark }) =>
      JSON.stringify([sessionId, event, eventData, codeMark]),
    runBatch: (incoming) =>
      retriedOnUnique(engine, () => engine.write((trx) => recordClaims(trx, deps, incoming))),
  });

  return {
    ...poolStore({ ...deps, defer }),
    ...numbersStore(deps, batching),
    ...recoveryStore(deps, batching),
    ...sealedStore(deps),
    migrate: async () => {
      await engine.checkDurability();
      return migrate(engine, now());
    },
    ping: async () => {
      if (!(await engine.reading(() => isSchemaCurrent(engine))))
        throw new Error('The schema is not the one of this version.');
    },
    close: () => (closed ??= engine.close()),
    databaseTime: () => engine.databaseTime(),

    mirrorPool: (input) => mirrorPool(deps, input),
    findPoolNumber: (input) => engine.reading(() => findPoolNumber(deps, input)),

    openSession,
    recordSessionEvent: (input) => engine.write((trx) => recordSessionEvent(trx, deps, input)),
    releaseHolds: (input) => engine.write((trx) => releaseHolds(trx, deps, input)),

    recordClaim: async (incoming): Promise<RecordedClaim> => {
      const outcome = await recordClaim(incoming);
      if (outcome === 'other_code') throw new SessionUsedError();
      if ('retryAt' in outcome) throw new TooManyClaimsError(outcome.retryAt);
      return outcome;
    },
    findClaim: (id) => engine.reading(() => findClaim(deps, id)),
    listClaims: (query) => engine.reading(() => listClaims(deps, query)),
    claimHistory: (id) => engine.reading(() => claimHistory(deps, id)),
    findClaimOfSession: (id) => engine.reading(() => findClaimOfSession(deps, id)),
    findAccountOfAnother: (input) => engine.reading(() => findAccountOfAnother(deps, input)),
    findHeldNumberTaken: (input) => engine.reading(() => findHeldNumberTaken(deps, input)),
    findToken: (wabaId) => engine.reading(() => findToken(deps, wabaId)),

    decide: (input) => retriedOnUnique(engine, () => engine.write((trx) => decide(trx, deps, input))),
    supplyPin: (input) => engine.write((trx) => supplyPin(trx, deps, input)),
    readPin: (input) => engine.write((trx) => readPin(trx, deps, input)),
    async importClaims({ claims, ...by }) {
      const outcomes: ImportOutcome[] = [];
      for (const one of claims) {
        // One by one: a number that somebody claims at this moment must not undo the others.
        outcomes.push(
          await retriedOnUnique(engine, () => engine.write((trx) => importClaim(trx, deps, one, by))),
        );
      }
      return outcomes;
    },
    remindUnregistered: (input) => engine.write((trx) => remindUnregistered(trx, deps, input)),

    leaseHostEvents: (input) => engine.write((trx) => leaseHostEvents(trx, deps, input)),
    finishHostEvent: (input) => engine.write((trx) => finishHostEvent(trx, input)),
    listUndelivered: (query) => engine.reading(() => listUndelivered(deps, query)),
    reviveHostEvent: (input) => engine.write((trx) => reviveHostEvent(trx, deps, input)),

    leaseWork: (input) => engine.write((trx) => leaseWork(trx, deps, input)),
    renewLease: (input) => engine.write((trx) => renewLease(trx, deps, input.lease)),
    finishStep: (input) =>
      // Two nodes may prove the same number at once: the second is told by the index, and once more by the answer.
      retriedOnUnique(engine, () => engine.write((trx) => finishStep(trx, deps, input))),
    spendCode: (input) =>
      // Two sessions may bring one code at once: the index lets one of them spend it.
      retriedOnUnique(engine, () => engine.write((trx) => spendCode(trx, deps, input))),
    keepToken: (input) => engine.write((trx) => keepToken(trx, deps, input)),
    keepHold: (input) => engine.write((trx) => keepHold(trx, deps, input)),
    keepCreditAllocation: (input) => engine.write((trx) => keepCreditAllocation(trx, deps, input)),
    keepPin: (input) => engine.write((trx) => keepPin(trx, deps, input)),
    spendAttempt: (input) => engine.write((trx) => spendAttempt(trx, deps, input)),
    returnAttempt: (input) => engine.write((trx) => returnAttempt(trx, deps, input)),
  };
}
