import type { PoolNumber } from '../../domain/pool-number.ts';
import type { WorkLease } from '../../ports/records.ts';
import type { IncomingClaim, OpenSession } from '../../ports/intake.ts';
import type { Store } from '../../ports/store.ts';

/** One sentence that every store must make true. Throws an AssertionError when it does not. */
export interface ContractCase {
  name: string;
  /** How long a lease lasts in this case, in milliseconds; 0 is over at once. */
  leaseMs?: number;
  run(store: Store): Promise<void>;
}

/** A fixed moment: 2026-01-01T00:00:00Z. */
export const t0 = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
const day = 24 * hour;

/** A verified number of the pool, the n-th; the later the n, the later it lapses. */
export function poolNumber(n: number, over: Partial<PoolNumber> = {}): PoolNumber {
  const digits = `1555010${String(n).padStart(4, '0')}`;
  return {
    id: String(1_000_000 + n),
    phoneNumber: `+${digits}`,
    displayPhoneNumber: `+1 555-010-${String(n).padStart(4, '0')}`,
    country: 'US',
    verificationStatus: 'VERIFIED',
    verifiedAt: t0 - day,
    verificationExpiresAt: t0 + 30 * day + n * hour,
    ownerBusinessId: '2000',
    ...over,
  };
}

/** A wish for one number. */
export function wish(customerId: string, over: Partial<OpenSession> = {}): OpenSession {
  return {
    id: `session-of-${customerId}`,
    customerId,
    country: undefined,
    wanted: 1,
    now: t0,
    launchUntil: t0 + hour,
    claimUntil: t0 + day,
    verifiedUntil: t0 + hour + day,
    ...over,
  };
}

/** Event and code of one launch. */
export function incoming(name: string, over: Partial<IncomingClaim> = {}): IncomingClaim {
  return {
    id: `claim-${name}`,
    workId: `work-${name}`,
    sessionId: `session-of-${name}`,
    customerId: name,
    now: t0,
    event: 'FINISH',
    eventData: { phone_number_id: '777', waba_id: '888' },
    sealedCode: 'sealed-code',
    codeMark: 'mark',
    redirectUri: undefined,
    runAt: t0,
    ...over,
  };
}

/** Records a claim and takes its work. */
export async function leased(
  store: Store,
  name: string,
  over: Partial<IncomingClaim> = {},
): Promise<WorkLease> {
  const { claim } = await store.recordClaim(incoming(name, over));
  const [lease] = await store.leaseWork({ now: t0, limit: 1, claimId: claim.id });
  if (lease === undefined) throw new Error(`the work of ${name} could not be leased`);
  return lease;
}

/** Ends the proof of a claim with the number `phoneNumberId`. */
export function proof(store: Store, lease: WorkLease, phoneNumberId: string, poolNumberId?: string) {
  return store.finishStep({
    lease,
    now: t0,
    event: 'proven',
    patch: { phoneNumberId, wabaId: '888', provenAt: t0, numberSource: 'pool', poolNumberId },
    history: { what: 'proven', who: 'kit', reason: undefined, traceId: undefined },
    next: { do: 'go', step: 'subscribe' },
  });
}
