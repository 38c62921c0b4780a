import type { Store } from '../ports/store.ts';
import { accountCases } from './contract/account-cases.ts';
import { attachmentAccountCases } from './contract/attachment-account-cases.ts';
import { attachmentCases } from './contract/attachment-cases.ts';
import { attachmentDoubtCases } from './contract/attachment-doubt-cases.ts';
import { attachmentHoldCases } from './contract/attachment-hold-cases.ts';
import { boundCases } from './contract/bound-cases.ts';
import { claimCases } from './contract/claim-cases.ts';
import { codeCases } from './contract/code-cases.ts';
import { decisionCases } from './contract/decision-cases.ts';
import { deletionCases } from './contract/deletion-cases.ts';
import { givenNumberCases } from './contract/given-number-cases.ts';
import { holdCases } from './contract/hold-cases.ts';
import { hostEventCases } from './contract/host-event-cases.ts';
import { identityCases } from './contract/identity-cases.ts';
import { identityLifetimeCases } from './contract/identity-lifetime-cases.ts';
import { identityCheckCases } from './contract/identity-check-cases.ts';
import { numberCallCases } from './contract/number-call-cases.ts';
import { numberCareCases } from './contract/number-care-cases.ts';
import { numberReadCases } from './contract/number-read-cases.ts';
import { numberTakeCases } from './contract/number-take-cases.ts';
import { numberWarningCases } from './contract/number-warning-cases.ts';
import { ownerCases } from './contract/owner-cases.ts';
import { phoneNumberCases } from './contract/phone-number-cases.ts';
import { poolCases } from './contract/pool-cases.ts';
import { poolFilterCases } from './contract/pool-filter-cases.ts';
import { poolLevelCases } from './contract/pool-level-cases.ts';
import { poolListCases } from './contract/pool-list-cases.ts';
import { recoveryCases } from './contract/recovery-cases.ts';
import { sealedCases } from './contract/sealed-cases.ts';
import { sessionCases } from './contract/session-cases.ts';
import { sweepCases } from './contract/sweep-cases.ts';
import { textCases } from './contract/text-cases.ts';
import { withholdCases } from './contract/withhold-cases.ts';
import { workCases } from './contract/work-cases.ts';

/** One sentence about stores, ready for any test runner. */
export interface StoreContractCase {
  name: string;
  run(): Promise<void>;
}

/**
 * Everything a store must do, as a list of sentences. A store that makes them all true can carry the kit.
 *
 * @param open makes an empty, migrated store that tells a handler of every event; each case gets its own and closes it
 * @example
 * for (const { name, run } of storeContract(openMyStore)) it(name, run);
 */
export function storeContract(open: (options: { leaseMs: number }) => Promise<Store>): StoreContractCase[] {
  return [
    ...poolCases,
    ...poolListCases,
    ...poolFilterCases,
    ...numberCallCases,
    ...textCases,
    ...numberCareCases,
    ...numberWarningCases,
    ...poolLevelCases,
    ...sessionCases,
    ...holdCases,
    ...withholdCases,
    ...deletionCases,
    ...claimCases,
    ...codeCases,
    ...ownerCases,
    ...givenNumberCases,
    ...boundCases,
    ...workCases,
    ...decisionCases,
    ...hostEventCases,
    ...accountCases,
    ...recoveryCases,
    ...sealedCases,
    ...sweepCases,
    ...attachmentCases,
    ...attachmentAccountCases,
    ...attachmentHoldCases,
    ...attachmentDoubtCases,
    ...phoneNumberCases,
    ...numberReadCases,
    ...numberTakeCases,
    ...identityCases,
    ...identityLifetimeCases,
    ...identityCheckCases,
  ].map(({ name, leaseMs, run }) => ({
    name,
    async run() {
      const store = await open({ leaseMs: leaseMs ?? 60_000 });
      try {
        await run(store);
      } finally {
        await store.close();
      }
    },
  }));
}
