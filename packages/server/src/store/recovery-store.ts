import type { RecoveryStore } from '../ports/recovery-store.ts';
import { createBatcher } from './batcher.ts';
import { endAccount } from './accounts/end-account.ts';
import { findLaunches } from './accounts/find-launches.ts';
import { forgetHeard } from './accounts/first-heard.ts';
import { hastenVanished } from './accounts/hasten-vanished.ts';
import { finishAccount, leaseAccounts, renewAccount } from './accounts/lease-accounts.ts';
import { noteAccounts } from './accounts/note-accounts.ts';
import { recordWebhooks, type HeardWebhook } from './accounts/record-webhook.ts';
import { findClaimsNaming, findClaimsOfNumber, findOwner, hasClaimOn } from './claims/find-claim.ts';
import { recoverClaim } from './claims/recover-claim.ts';
import { reviveStuck } from './claims/revive-stuck.ts';
import { warnOfTokens } from './claims/warn-of-tokens.ts';
import { retriedOnUnique } from './retried-on-unique.ts';
import type { QueryDeps } from './scope.ts';
import { hasSilentSessions } from './sessions/has-silent-sessions.ts';
import { returnTurn, takeTurn } from './turns.ts';

/** The part of the store that knows customers' accounts. Webhooks go through group commit. */
export function recoveryStore(
  deps: QueryDeps,
  batching: { inFlight: number; defer: (run: () => void) => void },
): RecoveryStore {
  const { engine } = deps;
  const recordWebhook = createBatcher<HeardWebhook, { fresh: number }>({
    ...batching,
    key: ({ changes }) => changes.map(({ mark }) => mark).join(' '),
    weight: ({ changes }) => changes.length,
    runBatch: (heard) =>
      retriedOnUnique(engine, () => engine.write((trx) => recordWebhooks(trx, deps, heard))),
  });
  return {
    recordWebhook,
    noteAccounts: (input) => engine.write((trx) => noteAccounts(trx, deps, input)),
    leaseAccounts: (input) => engine.write((trx) => leaseAccounts(trx, deps, input)),
    renewAccount: (input) => engine.write((trx) => renewAccount(trx, deps, input.lease)),
    finishAccount: (input) => engine.write((trx) => finishAccount(trx, deps, input)),
    endAccount: (input) => engine.write((trx) => endAccount(trx, deps, input)),
    findOwner: (phoneNumberId) => engine.reading(() => findOwner(deps, phoneNumberId)),
    findClaimsOfNumber: (phoneNumberId) => engine.reading(() => findClaimsOfNumber(deps, phoneNumberId)),
    hasClaimOn: (wabaId) => engine.reading(() => hasClaimOn(deps, wabaId)),
    findLaunches: (poolNumberId) => engine.reading(() => findLaunches(deps, poolNumberId)),
    findClaimsNaming: (input) => engine.reading(() => findClaimsNaming(deps, input)),
    // The browser may come back with the same session at this moment.
    recoverClaim: (input) =>
      retriedOnUnique(engine, () => engine.write((trx) => recoverClaim(trx, deps, input))),
    hastenVanished: (input) => engine.write((trx) => hastenVanished(trx, deps, input)),
    hasSilentSessions: (input) => engine.reading(() => hasSilentSessions(deps, input)),
    reviveStuck: (input) => engine.write((trx) => reviveStuck(trx, deps, input)),
    warnOfTokens: (input) => engine.write((trx) => warnOfTokens(trx, deps, input)),
    forgetHeard: (input) => engine.write((trx) => forgetHeard(trx, input)),
    takeTurn: (input) => engine.write((trx) => takeTurn(trx, deps, input)),
    returnTurn: (input) => engine.write((trx) => returnTurn(trx, deps, input)),
  };
}
