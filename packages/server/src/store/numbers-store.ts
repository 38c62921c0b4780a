import type { NumbersStore } from '../ports/numbers-store.ts';
import { createBatcher } from './batcher.ts';
import { findAccountCap, findAttachment, listClaimsOfAccount } from './claims/claims-of-account.ts';
import { openAttachment } from './claims/open-attachment.ts';
import { findIdentity } from './identities/find-identity.ts';
import { forgetIdentity } from './identities/forget-identity.ts';
import { recordIdentities, type HeardIdentities } from './identities/record-identities.ts';
import { removeIdentities } from './identities/remove-identities.ts';
import { retriedWhenGone } from './identities/retried-when-gone.ts';
import { tellOfUnheardChanges } from './identities/tell-of-unheard-changes.ts';
import { trustIdentity } from './identities/trust-identity.ts';
import { findPhoneNumber, listPhoneNumberChanges } from './phone-numbers/find-phone-number.ts';
import { noteMissingNumbers, noteNumbersOf } from './phone-numbers/note-missing-numbers.ts';
import { keepNumberRead, keepNumberUnread, listNumbersToRead } from './phone-numbers/read-numbers.ts';
import { recordNumberNews } from './phone-numbers/record-number-news.ts';
import { beginIdentityCheck, endIdentityCheck } from './phone-numbers/switch-identity-check.ts';
import { takeNumbersToRead } from './phone-numbers/take-numbers.ts';
import { retriedOnUnique } from './retried-on-unique.ts';
import type { QueryDeps } from './scope.ts';

/** The part of the store that knows numbers in service. What many webhooks say of customers goes through group commit. */
export function numbersStore(
  deps: QueryDeps,
  batching: { inFlight: number; defer: (run: () => void) => void },
): NumbersStore {
  const { engine } = deps;
  const breathe = () => new Promise<void>((resolve) => batching.defer(resolve));
  const recordBatch = createBatcher<HeardIdentities, undefined>({
    ...batching,
    key: ({ evidence }) => JSON.stringify(evidence),
    weight: ({ evidence }) => evidence.length,
    runBatch: (heard) =>
      retriedWhenGone(() =>
        retriedOnUnique(engine, () => engine.write((trx) => recordIdentities(trx, deps, heard))),
      ),
  });
  return {
    findPhoneNumber: (id) => engine.reading(() => findPhoneNumber(deps, id)),
    listPhoneNumberChanges: (input) => engine.reading(() => listPhoneNumberChanges(deps, input)),
    recordNumberNews: (input) => recordNumberNews({ ...deps, breathe }, input),
    listNumbersToRead: (input) => engine.reading(() => listNumbersToRead(deps, input)),
    takeNumbersToRead: (input) => takeNumbersToRead({ ...deps, breathe }, input),
    keepNumberRead: (input) => engine.write((trx) => keepNumberRead(trx, deps, input)),
    keepNumberUnread: (input) => engine.write((trx) => keepNumberUnread(trx, deps, input)),
    beginIdentityCheck: (input) => engine.write((trx) => beginIdentityCheck(trx, deps, input)),
    endIdentityCheck: (input) => engine.write((trx) => endIdentityCheck(trx, deps, input)),
    async noteMissingNumbers(input) {
      const slice = await noteMissingNumbers(deps, input);
      await breathe();
      return slice;
    },
    async noteNumberOf({ claimId, now }) {
      await engine.write((trx) => noteNumbersOf(trx, deps, [claimId], now));
    },

    recordIdentities: async (input) => {
      await recordBatch(input);
    },
    findIdentity: (input) => engine.reading(() => findIdentity(deps, input)),
    trustIdentity: (input) =>
      retriedWhenGone(() =>
        retriedOnUnique(engine, () => engine.write((trx) => trustIdentity(trx, deps, input))),
      ),
    forgetIdentity: (input) => engine.write((trx) => forgetIdentity(trx, deps, input)),
    tellOfUnheardChanges: (input) => tellOfUnheardChanges(deps, input),
    async removeIdentities(input) {
      const round = await removeIdentities(deps, input);
      await breathe();
      return round;
    },

    openAttachment: (input) =>
      retriedOnUnique(engine, () => engine.write((trx) => openAttachment(trx, deps, input))),
    findAttachment: (input) => engine.reading(() => findAttachment(deps, input)),
    listClaimsOfAccount: (wabaId) => engine.reading(() => listClaimsOfAccount(deps, wabaId)),
    findAccountCap: (wabaId, now) =>
      engine.reading(() => findAccountCap({ db: engine.read, scope: deps.scope }, { wabaId, now })),
  };
}
