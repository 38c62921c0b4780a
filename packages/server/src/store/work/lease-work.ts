import { sql, type Transaction } from 'kysely';
import type { WorkLease } from '../../ports/records.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** When a lease that is taken or renewed now runs out, by the database's clock. */
export function leaseEnd({ engine, leaseMs }: QueryDeps) {
  return sql<number>`${engine.databaseNow} + ${sql.lit(leaseMs)}`;
}

/**
 * Takes rows of work that are due and not leased. Due goes by the business clock, the lease by the database's:
 * a node whose clock is wrong may come late, but cannot take what another one is at.
 */
export async function leaseWork(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  input: { now: number; limit: number; claimId?: string | undefined },
): Promise<WorkLease[]> {
  const { engine, scope } = deps;
  // As a CTE, because PostgreSQL may run a plain subquery more than once and lock more rows than it was asked for.
  const rows = await trx
    .with('due', (db) =>
      db
        .selectFrom('signup_work')
        .select('id')
        .where('app_id', '=', scope.appId)
        .where('business_id', '=', scope.businessId)
        .where('run_at', '<=', input.now)
        .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', engine.databaseNow)]))
        .$if(input.claimId !== undefined, (query) => query.where('claim_id', '=', input.claimId ?? ''))
        .orderBy('run_at')
        .limit(input.limit)
        .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked()),
    )
    .updateTable('signup_work')
    .set((eb) => ({
      lease_until: leaseEnd(deps),
      fence: eb('fence', '+', 1),
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
    .returning(['id', 'claim_id', 'step', 'attempts', 'fence', 'wakes'])
    .execute();
  return rows.map((row) => ({
    workId: row.id,
    claimId: row.claim_id,
    step: row.step,
    attempts: row.attempts,
    fence: row.fence,
    wakes: row.wakes,
  }));
}

/** Begins a lease anew, if it still holds. */
export async function renewLease(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  lease: WorkLease,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('signup_work')
    .set({ lease_until: leaseEnd(deps) })
    .where('id', '=', lease.workId)
    .where('fence', '=', lease.fence)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Whether the lease still holds: nobody has taken the work since. The claim's row is locked first, as everybody
 * does, so that two transactions cannot wait for each other.
 */
export async function holdsLease(
  trx: Transaction<Tables>,
  { engine }: QueryDeps,
  lease: WorkLease,
): Promise<boolean> {
  if (engine.kind === 'postgres') {
    await trx.selectFrom('signup_claims').select('id').where('id', '=', lease.claimId).forUpdate().execute();
  }
  const row = await trx
    .selectFrom('signup_work')
    .select('id')
    .where('id', '=', lease.workId)
    .where('fence', '=', lease.fence)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  return row !== undefined;
}
