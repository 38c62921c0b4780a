import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import type { Engine } from '../../src/store/engine/engine.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { poolNumber, t0, wish } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { until } from '../torture/support/until.ts';

const hour = 3_600_000;
const id = '1000001';

// SQLite has one writer at a time, so only PostgreSQL can have two transactions in the middle.
describe.each(engines.filter(({ name }) => name === 'PostgreSQL'))('a number on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  let other: Engine;
  beforeEach(async () => {
    database = await create();
    store = await openStore(database.address);
    other = openDatabase(database.address, {
      sleep: () => Promise.resolve(),
      onLostConnection: (error) => {
        throw error;
      },
    });
    await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
    await store.openSession(wish('ada'));
  });
  afterEach(async () => {
    await other.close();
    await store.close();
    await database.drop();
  });

  /** Starts both while somebody else has the number: the second comes after the first, and neither knows of the other. */
  const oneAfterTheOther = async <First, Second>(
    first: () => Promise<First>,
    second: () => Promise<Second>,
  ): Promise<[First, Second]> => {
    const begun = await other.write(async (trx) => {
      await trx.selectFrom('signup_numbers').select('id').where('id', '=', id).forUpdate().execute();
      const one = first();
      await until('the first waits for the number', async () => (await waiting(other)) === 1);
      const two = second();
      await until('the second waits for it as well', async () => (await waiting(other)) === 2);
      return { one, two };
    });
    return Promise.all([begun.one, begun.two]);
  };

  it('is not set aside for nobody when its customer has come again in between', async () => {
    const now = t0 + hour;
    const [opened, withheld] = await oneAfterTheOther(
      () => store.openSession(wish('ada', { now, launchUntil: now + hour })),
      () => store.withholdNumber({ id, now, until: now + hour, force: false }),
    );
    expect(opened.numbers.map((number) => number.id)).toEqual([id]);
    expect(withheld).toEqual({ withheld: false, why: 'held', until: now + hour });
    expect((await store.findNumber(id))?.heldBy).toBe('ada');
  });

  it('stays set aside for nobody when whoever held it cancels in between', async () => {
    const [withheld] = await oneAfterTheOther(
      () => store.withholdNumber({ id, now: t0, until: t0 + 9 * hour, force: true }),
      () =>
        store.recordSessionEvent({
          id: 'e1',
          sessionId: 'session-of-ada',
          at: t0,
          event: 'CANCEL',
          step: undefined,
          errorCode: undefined,
          errorMessage: undefined,
          metaSessionId: undefined,
          holdUntil: t0 + 1,
        }),
    );
    expect(withheld).toEqual({ withheld: true, until: t0 + 9 * hour });
    expect((await store.findNumber(id))?.heldUntil).toBe(t0 + 9 * hour);
  });
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
