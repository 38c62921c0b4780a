import assert from 'node:assert/strict';
import type { NewAttachment } from '../../ports/numbers-store.ts';
import type { WorkLease } from '../../ports/records.ts';
import type { Store } from '../../ports/store.ts';
import { poolNumber, t0, wish } from './contract-case.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** The first number of the pool. */
export const id = '1000001';

/** The pool as Meta lists it. */
export const fill = (store: Store, numbers = [poolNumber(1)]) =>
  store.mirrorPool({ numbers, now: t0, complete: true });

/** An operator wants the first number on the account 888, which is ada's. */
export const attachment = (name = 'x', over: Partial<NewAttachment> = {}): NewAttachment => ({
  claimId: `attached-${name}`,
  workId: `work-of-${name}`,
  sessionId: `attach:attached-${name}`,
  customerId: 'ada',
  wabaId: '888',
  numberId: id,
  verifiedName: 'Lucky Shrub',
  token: { sealed: 'sealed-token', expiresAt: undefined },
  listed: [],
  now: t0,
  heldUntil: t0 + day,
  who: 'ann',
  ...over,
});

/** What comes of wanting it. */
export const outcomeOf = async (store: Store, name?: string, over?: Partial<NewAttachment>) =>
  (await store.openAttachment(attachment(name, over))).outcome;

/** Opens it, and takes its work. */
export async function opened(store: Store, name?: string, over?: Partial<NewAttachment>): Promise<WorkLease> {
  assert.equal(await outcomeOf(store, name, over), 'opened');
  const [lease] = await store.leaseWork({ now: over?.now ?? t0, limit: 1 });
  assert.ok(lease, 'its work is due');
  return lease;
}

/** The numbers that a page of the customer's is given then. */
export const given = async (store: Store, customerId: string, now = t0 + 1) =>
  (
    await store.openSession(
      wish(customerId, { now, launchUntil: now + hour, claimUntil: now + day, verifiedUntil: now + hour }),
    )
  ).numbers.map((number) => number.id);

/** The end of a step that leaves the claim to a person. */
export const needsOperator = (lease: WorkLease, givesNumberBack: boolean) =>
  ({
    lease,
    now: t0 + 2,
    event: 'operator_needed',
    reason: { code: 'no', message: 'No.' },
    givesNumberBack,
    next: { do: 'done' },
  }) as const;

/** An operator puts the claim aside, or ends it. */
export const decided = (claimId: string, now: number, event: 'dismissed' | 'ended') =>
  ({
    claimId,
    now,
    event,
    history: { what: event, who: 'ann', reason: undefined, traceId: undefined },
    work: { do: 'stop' },
  }) as const;

/** An operator has the claim tried again. */
export const retried = (claimId: string, now: number) =>
  ({
    claimId,
    now,
    event: 'retried',
    reason: null,
    history: { what: 'tried again', who: 'ann', reason: undefined, traceId: undefined },
    work: { do: 'go', step: 'attach_named', workId: `again-${claimId}` },
  }) as const;
