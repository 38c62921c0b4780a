import { describe, expect, it } from 'vitest';
import { engines, openStore } from '../support/databases.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { sql } from 'kysely';
import type { Engine } from '../../src/store/engine/engine.ts';
import { until } from './support/until.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';

const hour = 3_600_000;

describe('a customer who comes while another node mirrors the pool', () => {
  // Found by killing hosts: a restarted host mirrors the pool just when the customers come back. SQLite has one writer at a
  // time, so only PostgreSQL can show it.
  it.each(engines.filter(({ name }) => name === 'PostgreSQL'))(
    'is given a number, on $name',
    async ({ create }) => {
      const database = await create();
      const store = await openStore(database.address);
      const other = openDatabase(database.address, {
        sleep: () => Promise.resolve(),
        onLostConnection: (error) => {
          throw error;
        },
      });
      try {
        const numbers = ['1', '2'].map((digit) => ({
          id: `100000${digit}`,
          phoneNumber: `+1555010000${digit}`,
          displayPhoneNumber: `+1 555-010-000${digit}`,
          country: 'US',
          verificationStatus: 'VERIFIED',
          verifiedAt: t0,
          verificationExpiresAt: t0 + 90 * 24 * hour,
          ownerBusinessId: undefined,
        }));
        await store.mirrorPool({ numbers, now: t0, complete: true });

        const { mirrored, opening } = await other.write(async (trx) => {
          // Keeps the mirror in the middle: it has written the first number and waits for the second.
          await trx
            .updateTable('signup_numbers')
            .set({ country: 'US' })
            .where('id', '=', '1000002')
            .execute();
          const mirroring = store.mirrorPool({ numbers, now: t0 + 1, complete: true });
          let isMirrored = false;
          void mirroring.finally(() => (isMirrored = true));
          await until('the mirror is in the middle', async () => isMirrored || (await waiting(other)) > 0);
          const session = store.openSession({
            id: 'session-1',
            customerId: 'customer-1',
            country: undefined,
            now: t0 + 2,
            launchUntil: t0 + hour,
            claimUntil: t0 + 24 * hour,
            verifiedUntil: t0 + 25 * hour,
            wanted: 1,
          });
          let isAnswered = false;
          void session.finally(() => (isAnswered = true));
          // It may answer at once or wait for the mirror.
          await until('the session is answered or waits', async () => {
            return isAnswered || (await waiting(other)) > (isMirrored ? 0 : 1);
          });
          return { mirrored: [mirroring], opening: [session] };
        });
        await Promise.all(mirrored);
        const [opened] = await Promise.all(opening);
        expect(opened?.numbers).toHaveLength(1);
      } finally {
        await other.close();
        await store.close();
        await database.drop();
      }
    },
  );
});

/** How many transactions wait for another one before they can touch this database's numbers. */
async function waiting({ read }: Engine): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(distinct pid)::int as waiting from pg_locks
    where not granted and exists (
      select 1 from pg_locks held
      where held.pid = pg_locks.pid and held.relation = 'signup_numbers'::regclass
    )`.execute(read);
  return rows[0]?.waiting ?? 0;
}
