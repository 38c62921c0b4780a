import type { Transaction } from 'kysely';
import { claimLimits } from '../../domain/claim-limits.ts';
import type { IncomingClaim } from '../../ports/intake.ts';
import type { QueryDeps, Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** A claim that was not taken. Milliseconds UTC. */
export interface TooMany {
  retryAt: number;
}

interface Opened {
  count: number;
  oldest: number;
}

/** How many new claims the customers of a batch may still open. A customer's are counted one batch after the other, on all nodes. */
export async function roomForNewClaims(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  incoming: readonly IncomingClaim[],
): Promise<{ take(claim: IncomingClaim): TooMany | undefined }> {
  const customerIds = [...new Set(incoming.map(({ customerId }) => customerId))];
  const now = Math.max(...incoming.map((one) => one.now));
  // First: a batch beside this one may hold the first claim of the same customer, and nobody sees it yet.
  if (customerIds.length > 0) await engine.lockNames(trx, customerIds);
  const opened = await countOpened(trx, scope, customerIds, now);
  return {
    take({ customerId, now: at }) {
      const known = opened.get(customerId);
      if (known !== undefined && known.count >= claimLimits.newClaims) {
        return { retryAt: known.oldest + claimLimits.window };
      }
      opened.set(customerId, { count: (known?.count ?? 0) + 1, oldest: known?.oldest ?? at });
      return undefined;
    },
  };
}

async function countOpened(
  trx: Transaction<Tables>,
  scope: Scope,
  customerIds: readonly string[],
  now: number,
): Promise<Map<string, Opened>> {
  if (customerIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('signup_claims')
    .select((eb) => [
      'customer_id',
      eb.fn.countAll<number>().as('count'),
      eb.fn.min<number>('created_at').as('oldest'),
    ])
    .where('customer_id', 'in', customerIds)
    .where('created_at', '>', now - claimLimits.window)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    // Numbers that were brought in from elsewhere, or by an operator, are nobody's sign-ups.
    .where('session_id', 'not like', 'import:%')
    .where('attach_number_id', 'is', null)
    .groupBy('customer_id')
    .execute();
  return new Map(rows.map(({ customer_id, count, oldest }) => [customer_id, { count, oldest }]));
}
