import { deriveKeys } from '../../../src/config/derive-keys.ts';
import { Secret } from '../../../src/config/secret.ts';
import { pinCell } from '../../../src/domain/cells.ts';
import type { ClaimRow } from '../../../src/store/tables.ts';
import { createJoseCipher } from '../../../src/system/jose-cipher.ts';
import { hashOf } from './trapped-ports.ts';
import { openEngine } from '../../support/open-engine.ts';

/** What a test sees of a claim's row. */
export type ClaimOnDisk = Pick<
  ClaimRow,
  | 'id'
  | 'session_id'
  | 'customer_id'
  | 'status'
  | 'live'
  | 'phone_number_id'
  | 'reason_code'
  | 'code_received_at'
  | 'code_used_at'
  | 'sealed_token'
  | 'updated_at'
>;

/** Looks into the database beside the hosts, through a connection of its own. */
export interface Disk {
  claims(): Promise<ClaimOnDisk[]>;
  /** Rows of work that somebody still has a lease of. */
  leases(): Promise<number>;
  /**
   * Lets the leases of dead hosts run out: 20 seconds in the life of the database's clock, without the wait. Only for a
   * test that knows that every process but itself is dead or asleep.
   */
  endLeases(): Promise<void>;
  /** Attempts written before calls of `/register`, by number. */
  attempts(): Promise<Map<string, number>>;
  /** The hash of each number's PIN. */
  pins(): Promise<Map<string, string>>;
  close(): Promise<void>;
}

/** Opens it. The schema must be there. */
export async function lookAtDisk(address: string, secret: string): Promise<Disk> {
  const engine = openEngine(address);
  const cipher = await createJoseCipher(deriveKeys([new Secret(secret)], 'data'));
  const db = engine.read;
  return {
    claims: () =>
      db
        .selectFrom('signup_claims')
        .select(['id', 'session_id', 'customer_id', 'status', 'live', 'phone_number_id'])
        .select(['reason_code', 'code_received_at', 'code_used_at', 'sealed_token', 'updated_at'])
        .execute(),
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
    async attempts() {
      const rows = await db.selectFrom('signup_attempts').select('phone_number_id').execute();
      return countBy(rows, (row) => row.phone_number_id);
    },
    async pins() {
      const rows = await db.selectFrom('signup_pins').select(['phone_number_id', 'sealed_pin']).execute();
      const opened = rows.map(async (row): Promise<[string, string]> => [
        row.phone_number_id,
        hashOf(await cipher.open(row.sealed_pin, pinCell(row.phone_number_id))),
      ]);
      return new Map(await Promise.all(opened));
    },
    close: () => engine.close(),
  };
}

/** How many there are of each. */
export function countBy<T>(items: Iterable<T>, name: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(name(item), (counts.get(name(item)) ?? 0) + 1);
  return counts;
}
