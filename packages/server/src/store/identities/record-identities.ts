import type { Transaction } from 'kysely';
import {
  identityStanding,
  nobody,
  withEvidence,
  type CustomerIdentity,
  type IdentityEvidence,
} from '../../domain/customer-identity.ts';
import { changeIdOf } from '../../ports/change-id.ts';
import { isHeard, tellHostBesideClaims } from '../host-events/tell-host.ts';
import type { IdentityRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import {
  customerOf,
  keyOf,
  lockIdentities,
  readIdentities,
  toIdentity,
  withIdentity,
  writeIdentities,
  type Customer,
} from './identity-rows.ts';
import type { ChangeData } from './tell-of-unheard-changes.ts';

/** What `recordIdentities` is told. */
export interface HeardIdentities {
  now: number;
  evidence: readonly IdentityEvidence[];
}

/** Keeps what many webhooks say about customers, in one transaction. Its results are in their order. */
export async function recordIdentities(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  heard: readonly HeardIdentities[],
): Promise<undefined[]> {
  const all = byCustomer(heard.flatMap(({ evidence }) => evidence));
  const known = await readIdentities(trx, deps, all);
  // What is no news now is none later either, whatever others write meanwhile: a repeated webhook locks and writes nothing.
  const fresh = all.filter(({ evidence, ...customer }) => {
    const identity = identityOf(known.get(keyOf(customer)));
    return after(identity, evidence) !== identity;
  });
  if (fresh.length > 0) await keep(trx, deps, fresh, Math.max(...heard.map(({ now }) => now)));
  return heard.map(() => undefined);
}

type Heard = Customer & {
  /** As Meta wrote it last. */
  waId: string;
  evidence: readonly IdentityEvidence[];
};

async function keep(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  fresh: readonly Heard[],
  now: number,
): Promise<void> {
  const locked = await lockIdentities(trx, deps, fresh);
  const written: IdentityRow[] = [];
  for (const { evidence, waId, ...customer } of fresh) {
    const row = locked.get(keyOf(customer));
    if (row === undefined) throw new Error('recordIdentities: a row that was made is missing');
    const before = toIdentity(row);
    const identity = after(before, evidence);
    if (identity === before) continue;
    const data = changeOf({ before, identity, phoneNumberId: row.phone_number_id, waId });
    const isTold = data !== undefined && isHeard(deps, 'identityChanged');
    if (isTold) await tellHostBesideClaims(trx, deps, { type: 'identityChanged', now, data });
    // Where nobody hears of it, it is kept for a node where somebody does.
    const untold = data === undefined || isTold ? row.untold : JSON.stringify(data);
    written.push({ ...withIdentity(row, identity), untold });
  }
  await writeIdentities(trx, written);
}

/** What the host is told of a change, if it is one: the next one is only after the host has vouched for the customer. */
function changeOf({
  before,
  identity,
  phoneNumberId,
  waId,
}: {
  before: CustomerIdentity;
  identity: CustomerIdentity;
  phoneNumberId: string;
  waId: string;
}): ChangeData | undefined {
  const standing = identityStanding(identity);
  if (standing.standing !== 'changed' || identityStanding(before).standing === 'changed') return undefined;
  const { how, messageId, changedAt } = standing;
  const changeId = changeIdOf({ phoneNumberId, waId }, identity);
  return { phoneNumberId, waId, how, messageId, changedAt: new Date(changedAt).toISOString(), changeId };
}

/** The evidence of each customer, under their `wa_id` as Meta wrote it last. */
function byCustomer(evidence: readonly IdentityEvidence[]): Heard[] {
  const customers = new Map<string, Heard & { evidence: IdentityEvidence[] }>();
  for (const one of evidence) {
    const customer = customerOf(one.phoneNumberId, one.waId);
    const of = customers.get(keyOf(customer));
    if (of === undefined) {
      customers.set(keyOf(customer), { ...customer, waId: one.waId, evidence: [one] });
    } else {
      of.evidence.push(one);
      of.waId = one.waId;
    }
  }
  return [...customers.values()];
}

/** The very same object when nothing of it is news. */
const after = (identity: CustomerIdentity, evidence: readonly IdentityEvidence[]): CustomerIdentity =>
  evidence.reduce(withEvidence, identity);

const identityOf = (row: IdentityRow | undefined): CustomerIdentity =>
  row === undefined ? nobody : toIdentity(row);
