import type { Claim, PoolRecord, WorkLease } from '../../../src/ports/records.ts';
import type { AccountNumber, Graph } from '../../../src/ports/graph.ts';
import { graphError } from '../../../src/ports/graph-errors.ts';
import type { GraphErrorFacts } from '../../../src/ports/graph-error.ts';
import type { Store } from '../../../src/ports/store.ts';
import type { RegistrationDeps } from '../../../src/registration/deps.ts';

export const now = 1_767_225_600_000;

/** A part that has only what a test gave it; whatever else is called fails by its name. */
export function only<T extends object>(name: string, given: Partial<T>): T {
  return new Proxy(given, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (value === undefined) throw new Error(`${name}.${String(key)} is not expected here`);
      return value;
    },
  }) as T; // everything that is missing throws
}

/** What a step is made of, with a store and a Graph of the test's own. */
export function depsWith(
  graph: Partial<Graph>,
  store: Partial<Store>,
  options: Partial<RegistrationDeps['options']> = {},
): RegistrationDeps {
  return {
    graph: only<Graph>('graph', graph),
    store: only<Store>('store', store),
    cipher: { seal: (plain) => Promise.resolve(plain), open: (sealed) => Promise.resolve(sealed) },
    clock: { now: () => now },
    // Nobody waits in these tests: what is due is run at once.
    timer: { after: (_ms, run) => (run(), { cancel: () => undefined }) },
    random: { id: () => 'id', below: () => 0 },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    meta: { appId: '1' },
    options: {
      creditLine: undefined,
      webhookOverride: undefined,
      identityCheck: false,
      attachWhenNoNumber: true,
      ...options,
    },
  };
}

/** A proven claim of a customer, or what a test makes of it. */
export const claimWith = (over: Partial<Claim> = {}): Claim => ({
  id: 'claim-1',
  sessionId: 'session-1',
  customerId: 'lucky-shrub',
  status: 'received',
  step: undefined,
  event: 'FINISH_ONLY_WABA',
  eventData: {},
  wabaId: '8',
  phoneNumberId: undefined,
  phoneNumber: undefined,
  displayPhoneNumber: undefined,
  numberSource: 'unknown',
  poolNumberId: undefined,
  reason: undefined,
  sealedCode: undefined,
  codeReceivedAt: now,
  codeUsedAt: now,
  redirectUri: undefined,
  sealedToken: 'token',
  tokenExpiresAt: undefined,
  createdAt: now,
  updatedAt: now,
  provenAt: undefined,
  registeredAt: undefined,
  registerBy: undefined,
  assignedAt: undefined,
  assignedWabaId: undefined,
  assignedPhoneNumberId: undefined,
  creditAllocationId: undefined,
  recoveredAt: undefined,
  toAttach: undefined,
  ...over,
});

export const leaseOf = (step: string, attempts = 1): WorkLease => ({
  workId: 'work-1',
  claimId: 'claim-1',
  step,
  attempts,
  fence: 1,
  wakes: 0,
});

/** A number on an account, verified and not registered yet. */
export const numberWith = (over: Partial<AccountNumber> = {}): AccountNumber => ({
  id: '7',
  displayPhoneNumber: '+1 555-010-0001',
  verificationStatus: 'VERIFIED',
  platformType: 'NOT_APPLICABLE',
  status: 'PENDING',
  onBusinessApp: undefined,
  ...over,
});

export const poolNumber: PoolRecord = {
  id: '1000001',
  phoneNumber: '+15550100001',
  displayPhoneNumber: '+1 555-010-0001',
  country: 'US',
  verificationStatus: 'VERIFIED',
  verifiedAt: undefined,
  verificationExpiresAt: undefined,
  ownerBusinessId: undefined,
  heldBy: 'lucky-shrub',
  heldUntil: now + 1,
  claimId: undefined,
  claimedBy: undefined,
  claimedAt: undefined,
  goneAt: undefined,
  lastListedAt: undefined,
  syncedAt: now,
  firstSeenAt: now,
};

/** An answer of Meta's that is no good. */
export const failure = (facts: Partial<GraphErrorFacts> & Pick<GraphErrorFacts, 'kind'>) =>
  graphError('Meta refused.', { action: 'do it', ...facts });

/** A list of Meta's, on one page. */
export async function* listOf<T>(items: readonly T[]): AsyncGenerator<T> {
  await Promise.resolve();
  yield* items;
}
