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

/**
 * How many new claims the customers of a batch may still open. Those who have opened some lately are counted one batch
 * after the other, on all nodes; for the others, who are nearly all, that would be a wait for nothing.
 */
export async function roomForNewClaims(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  incoming: readonly IncomingClaim[],
): Promise<{ take(claim: IncomingClaim): TooMany | undefined }> {
  const wanted = new Map<string, number>();
  for (const { customerId } of incoming) wanted.set(customerId, (wanted.get(customerId) ?? 0) + 1);
  const now = Math.max(...incoming.map((one) => one.now));
  let opened = await countOpened(trx, scope, [...wanted.keys()], now);
  const busy = [...wanted].filter(([id, count]) => count > 1 || opened.has(id)).map(([id]) => id);
  if (busy.length > 0) {
    await engine.lockNames(trx, busy);
    opened = new Map([...opened, ...(await countOpened(trx, scope, busy, now))]);
  }
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
