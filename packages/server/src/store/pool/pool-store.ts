import type { PoolStore } from '../../ports/pool-store.ts';
import { finishCare, listNumbersToCareFor, tellOfExpiry, tellOfUnverified } from './care.ts';
import { findNumber, findNumberByPhone } from './find-number.ts';
import { keepNumber, markNumberGone } from './keep-number.ts';
import { listPool, type ListPoolDeps } from './list-pool.ts';
import { endNumberCall, listNumberCalls, spendNumberCall } from './number-calls.ts';
import { listCountries, noteCountries, warnOfLowPool } from './pool-levels.ts';
import { dropText, keepText, listTexts, spendText } from './texts.ts';
import { doubtNumber, releaseNumber, withholdNumber } from './withhold-number.ts';

/** The part of the store that keeps the pool healthy. */
export function poolStore(deps: ListPoolDeps): PoolStore {
  const { engine } = deps;
  return {
    findNumber: (id) => engine.reading(() => findNumber(deps, id)),
    findNumberByPhone: (phoneNumber) => engine.reading(() => findNumberByPhone(deps, phoneNumber)),
    listPool: (query) => listPool(deps, query),

    keepNumber: (input) => engine.write((trx) => keepNumber(trx, deps, input)),
    markNumberGone: (input) => engine.write((trx) => markNumberGone(trx, deps, input)),
    withholdNumber: (input) => engine.write((trx) => withholdNumber(trx, deps, input)),
    releaseNumber: (input) => engine.write((trx) => releaseNumber(trx, deps, input)),
    doubtNumber: (input) => engine.write((trx) => doubtNumber(trx, deps, input)),

    spendNumberCall: (input) => engine.write((trx) => spendNumberCall(trx, deps, input)),
    endNumberCall: (input) => engine.write((trx) => endNumberCall(trx, deps, input)),
    listNumberCalls: (input) => engine.reading(() => listNumberCalls(deps, input)),

    keepText: (input) => engine.write((trx) => keepText(trx, deps, input)),
    listTexts: (input) => engine.reading(() => listTexts(deps, input)),
    spendText: (input) => engine.write((trx) => spendText(trx, deps, input)),
    dropText: (input) => engine.write((trx) => dropText(trx, deps, input)),

    listNumbersToCareFor: (input) => engine.reading(() => listNumbersToCareFor(deps, input)),
    finishCare: (input) => engine.write((trx) => finishCare(trx, deps, input)),
    tellOfExpiry: (input) => engine.write((trx) => tellOfExpiry(trx, deps, input)),
    tellOfUnverified: (input) => engine.write((trx) => tellOfUnverified(trx, deps, input)),

    noteCountries: (countries) => engine.write((trx) => noteCountries(trx, deps, countries)),
    listCountries: () => engine.reading(() => listCountries(deps)),
    warnOfLowPool: (input) => engine.write((trx) => warnOfLowPool(trx, deps, input)),
  };
}
