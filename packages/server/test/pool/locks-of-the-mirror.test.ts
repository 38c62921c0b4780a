import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { poolNumber, t0 } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

const [first, second] = [poolNumber(1), poolNumber(2)];

/** Sessions lock the numbers of their customers by id: whoever locks in another order waits for them while they wait for it. */
describe.each(engines.filter(({ name }) => name === 'PostgreSQL'))('the mirror on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  let session: pg.Client;
  beforeEach(async () => {
    database = await create();
    store = await openStore(database.address);
    // In this order on the disk as well.
    await store.mirrorPool({ numbers: [second], now: t0, complete: true });
    await store.mirrorPool({ numbers: [second, first], now: t0 + 1, complete: true });
    session = new pg.Client({ connectionString: database.address });
    await session.connect();
  });
  afterEach(async () => {
    await session.end();
    await store.close();
    await database.drop();
  });

  /** Has a session lock the first number, and then the second, while the mirror is at both. */
  async function lockBoth(mirror: () => Promise<unknown>): Promise<void> {
    await session.query('begin');
    await session.query(`select id from signup_numbers where id = '${first.id}' for update`);
    const mirrored = mirror();
    await expect
      .poll(async () => {
        const { rowCount } = await session.query(
          `select 1 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))`,
        );
        return rowCount;
      })
      .toBe(1);
    const locked = await session.query(
      `select id from signup_numbers where id = '${second.id}' for update skip locked`,
    );
    await session.query('commit');
    await mirrored;
    expect(locked.rowCount).toBe(1);
  }

  it('locks numbers by their ids when it writes what is new, however Meta orders its list', async () => {
    const later = [second, first].map((number) => ({
      ...number,
      verificationExpiresAt: t0 + 89 * 86_400_000,
    }));
    await lockBoth(() => store.mirrorPool({ numbers: later, now: t0 + 2, complete: true }));
  });

  it('locks numbers by their ids when it marks them gone', async () => {
    await lockBoth(() => store.mirrorPool({ numbers: [], now: t0 + 2, complete: true }));
    expect((await store.findNumber(second.id))?.goneAt).toBe(t0 + 2);
  });
});
