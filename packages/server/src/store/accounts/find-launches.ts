import type { NumberLaunch } from '../../ports/accounts.ts';
import type { QueryDeps } from '../scope.ts';

/** Far more than a number is ever set aside between two sign-ups. */
const most = 1_000;

/** Everybody for whom a number of the pool was set aside: one entry for each customer, the newest first. */
export async function findLaunches({ engine }: QueryDeps, poolNumberId: string): Promise<NumberLaunch[]> {
  const holds = await engine.read
    .selectFrom('signup_holds')
    .innerJoin('signup_sessions', 'signup_sessions.id', 'signup_holds.session_id')
    .select([
      'signup_holds.customer_id',
      'signup_holds.session_id',
      'signup_holds.held_at',
      'signup_sessions.claim_until',
    ])
    .where('signup_holds.number_id', '=', poolNumberId)
    .orderBy('signup_holds.held_at', 'desc')
    .limit(most)
    .execute();
  const launches = new Map<string, NumberLaunch>();
  for (const hold of holds) {
    const newer = launches.get(hold.customer_id);
    launches.set(hold.customer_id, {
      customerId: hold.customer_id,
      sessionId: newer?.sessionId ?? hold.session_id,
      // Between two holds of one customer a popup may have stayed open: all of that time is theirs.
      heldAt: hold.held_at,
      claimUntil: Math.max(newer?.claimUntil ?? 0, hold.claim_until),
    });
  }
  return [...launches.values()];
}
