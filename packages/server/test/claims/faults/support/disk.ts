import { openEngine } from '../../../support/open-engine.ts';

/** A claim's row of work. Times in milliseconds UTC. */
export interface WorkOnDisk {
  step: string;
  runAt: number;
  isLeased: boolean;
}

/** Looks into the database beside the hosts, through a connection of its own. */
export interface Disk {
  /** `undefined`: nothing is left to do for the claim. */
  work(claimId: string): Promise<WorkOnDisk | undefined>;
  /** Rows of work that somebody has a lease of. */
  leases(): Promise<number>;
  /** Twenty seconds in the life of the database's clock, without the wait: every lease runs out. */
  endLeases(): Promise<void>;
  /** No number that is in service by now is read any more. */
  endReads(): Promise<void>;
  /** Ids of claims, one for each that there is. */
  claims(): Promise<Set<string>>;
  /** Numbers that more than one live claim owns. */
  numbersWithTwoOwners(): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens it. The schema must be there. */
export function lookAtDisk(address: string): Disk {
  const engine = openEngine(address);
  const db = engine.read;
  return {
    async work(claimId) {
      const row = await db
        .selectFrom('signup_work')
        .select(['step', 'run_at', 'lease_until'])
        .where('claim_id', '=', claimId)
        .executeTakeFirst();
      return row && { step: row.step, runAt: row.run_at, isLeased: row.lease_until !== null };
    },
    async leases() {
      const rows = await db
        .selectFrom('signup_work')
        .select('id')
        .where('lease_until', 'is not', null)
        .execute();
      return rows.length;
    },
    endLeases: () =>
      engine.write(async (trx) => {
        await trx
          .updateTable('signup_work')
          .set({ lease_until: 0 })
          .where('lease_until', 'is not', null)
          .execute();
      }),
    endReads: () =>
      engine.write(async (trx) => {
        await trx
          .updateTable('signup_phone_numbers')
          .set({ left_at: 1 })
          .where('left_at', 'is', null)
          .execute();
      }),
    async claims() {
      const rows = await db.selectFrom('signup_claims').select('id').execute();
      return new Set(rows.map(({ id }) => id));
    },
    async numbersWithTwoOwners() {
      const live = await db
        .selectFrom('signup_claims')
        .select('phone_number_id')
        .where('live', '=', 1)
        .execute();
      const ids = live.map((row) => row.phone_number_id ?? 'a live claim without a number');
      return ids.filter((id, index) => ids.indexOf(id) !== index);
    },
    close: () => engine.close(),
  };
}
