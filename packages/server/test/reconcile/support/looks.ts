import { expect } from 'vitest';
import type { Claim } from '../../../src/ports/records.ts';
import { lookAtAccount } from '../../../src/reconcile/look-at-account.ts';
import type { AccountNumber } from '../../../src/ports/graph.ts';
import { claimWith, failure, now, numberWith } from '../../registration/support/step-world.ts';
import { hour, leaseWith, minute, type ReconcileWorld } from './reconcile-world.ts';

export const look = ({ deps }: ReconcileWorld, lease = leaseWith()) => lookAtAccount(deps)(lease);
export const later = leaseWith({ looks: 4 });
export const lastLook = leaseWith({ looks: 7, foundAt: now - 8 * hour, addedAt: now - 8 * hour });
export const settled = { settled: true, lookAgainAt: expect.any(Number) };
export const noPool = { findPoolNumber: () => Promise.resolve(undefined) };

/** A claim of ada's that has had its time. */
export const old = (over: Partial<Claim> = {}): Claim =>
  claimWith({
    customerId: 'ada',
    sessionId: 'session-of-ada',
    status: 'needs_signup',
    wabaId: undefined,
    sealedToken: undefined,
    codeReceivedAt: undefined,
    createdAt: now - 3 * minute,
    updatedAt: now - 3 * minute,
    ...over,
  });

/** A list that Meta refuses. */
export async function* failingList(
  kind: 'permission' | 'not_found' | 'auth' | 'unreachable',
): AsyncGenerator<AccountNumber> {
  await Promise.reject(failure({ kind }));
  yield numberWith();
}
