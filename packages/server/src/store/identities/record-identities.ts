import type { Transaction } from 'kysely';
import type { IdentityEvidence } from '../../domain/customer-identity.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** What `recordIdentities` is told. */
export interface HeardIdentities {
  now: number;
  evidence: readonly IdentityEvidence[];
}

/** Keeps what many webhooks say about customers, in one transaction. */
export function recordIdentities(
  _trx: Transaction<Tables>,
  _deps: QueryDeps,
  _heard: readonly HeardIdentities[],
): Promise<undefined[]> {
  throw new Error('not built yet');
}
