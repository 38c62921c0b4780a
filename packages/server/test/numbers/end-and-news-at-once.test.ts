import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountLease } from '../../src/ports/accounts.ts';
import type { Store } from '../../src/ports/store.ts';
import { createStore } from '../../src/store/create-store.ts';
import type { Engine } from '../../src/store/engine/engine.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { systemRandom } from '../../src/system/system-random.ts';
import { leased, t0 } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { manyInService } from './support/many-in-service.ts';

const isLong = process.env['TEST_LONG'] === '1';
const rounds = isLong ? 20 : 4;
const hour = 3_600_000;
/** Numbers of one account; their claims were made in the opposite order. */
const count = 60;

// SQLite has one writer, so nobody waits for anybody there.
describe.each(engines.filter(({ name }) => name === 'PostgreSQL'))('numbers on $name', ({ create }) => {
  let database: TestDatabase;
  let nodes: Store[] = [];
  let engine: Engine;
  /** Why transactions failed, also those that were done again. */
  let failures: unknown[] = [];
  beforeEach(async () => {
    database = await create();
    await (await openStore(database.address)).close();
    failures = [];
    const open = () =>
      openDatabase(database.address, {
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        onLostConnection: () => undefined,
      });
    engine = open();
    nodes = [open(), open()].map((one) =>
      createStore({
        engine: {
          ...one,
          write: (act) =>
            one.write(async (trx) => {
              try {
                return await act(trx);
              } catch (error) {
                failures.push(error);
                throw error;
              }
            }),
        },
        scope: { appId: '1', businessId: '2' },
        now: () => t0,
        defer: (run) => void setImmediate(run),
        leaseMs: 60_000,
        newId: systemRandom.id,
        destinations: () => ['handler'],
      }),
    );
  });
  afterEach(async () => {
    await Promise.all([...nodes, engine].map((one) => one.close()));
    await database.drop();
  });
  const two = (): [Store, Store] => {
    const [a, b] = nodes;
    if (a === undefined || b === undefined) throw new Error('no nodes');
    return [a, b];
  };
  const fill = (from: number) =>
    engine.migrating(async (trx) => {
      const all = manyInService('postgres', { from, count, accounts: 1, isBackwards: true });
      for (const statement of all) await sql.raw(statement).execute(trx);
    });
  const removed = async (wabaId: string): Promise<AccountLease> => {
    const [store] = two();
    const event = { kind: 'removed', wabaId, ownerBusinessId: undefined, at: t0 } as const;
    await store.recordWebhook({ now: t0, lookAt: t0, changes: [{ mark: `mark-${wabaId}`, event }] });
    const lease = (await store.leaseAccounts({ now: t0 + hour, limit: 20 })).find(
      (one) => one.wabaId === wabaId,
    );
    if (lease === undefined) throw new Error('no lease');
    return lease;
  };

  /** Does something while somebody else has the first of its numbers: whoever waits for the first has none of the others. */
  const untilFirstIsFree = async (first: string, act: () => Promise<unknown>) => {
    let ended: Promise<unknown> = Promise.resolve();
    await engine.write(async (trx) => {
      await sql`select * from signup_phone_numbers where phone_number_id = ${first} for update`.execute(trx);
      ended = act();
      const waiting = sql`select pid from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))`;
      while ((await waiting.execute(trx)).rows.length === 0) await new Promise(setImmediate);
      const { rows } = await sql`select 1 from signup_phone_numbers for update skip locked`.execute(trx);
      expect(rows).toHaveLength(count);
    });
    return { ended };
  };

  it('that leave with their account and of which there is news never wait for each other', async () => {
    const [one, other] = two();
    for (let round = 0; round < rounds; round += 1) {
      await fill(round * count);
      const wabaId = String(900_000_000_000_000 + round * count);
      const lease = await removed(wabaId);
      const news = [{ about: 'account' as const, wabaId, at: t0 }];
      const ending = { isOver: false };
      const end = one
        .endAccount({ lease, now: t0, kept: [], isLast: true })
        .finally(() => void (ending.isOver = true));
      const hearing = Array.from({ length: 3 }, async () => {
        do await other.recordNumberNews({ now: t0, readAt: t0, news });
        while (!ending.isOver);
      });
      await Promise.all([end, ...hearing]);
      expect(await end).toBe(count);
      expect((await one.findPhoneNumber(String(800_000_000_000_000 + round * count)))?.leftAt).toBe(t0);
    }
    expect(failures).toEqual([]);
  });

  it('that were not registered in time and of which there is news never wait for each other', async () => {
    const [one, other] = two();
    for (let round = 0; round < rounds; round += 1) {
      await fill(round * count);
      const wabaId = String(900_000_000_000_000 + round * count);
      await engine.write((trx) =>
        // The one with the greatest id is looked at first.
        sql`update signup_claims set status = 'registering', created_at = ${t0 - 2400 * hour},
          remind_at = ${t0} - phone_number_id::bigint % 1000 where live = 1`.execute(trx),
      );
      const news = [{ about: 'account' as const, wabaId, at: t0 }];
      const ending = { isOver: false };
      const end = one
        .remindUnregistered({ now: t0, limit: count })
        .finally(() => void (ending.isOver = true));
      const hearing = Array.from({ length: 3 }, async () => {
        do await other.recordNumberNews({ now: t0, readAt: t0, news });
        while (!ending.isOver);
      });
      await Promise.all([end, ...hearing]);
      expect(await end).toBe(count);
      expect((await one.findPhoneNumber(String(800_000_000_000_000 + round * count)))?.leftAt).toBe(t0);
    }
    expect(failures).toEqual([]);
  });

  it('that a server of an older version ended are locked in the order of their ids, as everybody does', async () => {
    const [store] = two();
    await fill(0);
    await engine.write((trx) => sql`update signup_claims set live = 0, status = 'ended'`.execute(trx));
    const sweep = await untilFirstIsFree('800000000000000', () =>
      store.noteMissingNumbers({ now: t0, limit: 10_000, after: { of: 'numbers', id: '' } }),
    );
    await sweep.ended;
    expect((await store.findPhoneNumber('800000000000000'))?.leftAt).toBe(t0);
    expect(failures).toEqual([]);
  });

  it.each([
    [1, 5],
    [5, 1],
  ])(
    'are locked in that order by a claim that takes over the number of the pool (from %i to %i)',
    async (from, to) => {
      const [store] = two();
      await fill(0);
      const idOf = (n: number) => String(800_000_000_000_000 + n);
      await engine.write(async (trx) => {
        const of = trx.updateTable('signup_claims');
        // A customer opens so many claims in days only.
        await of.set({ created_at: t0 - 2400 * hour }).execute();
        await of.set({ pool_number_id: '1000001' }).where('phone_number_id', '=', idOf(from)).execute();
        await of.set({ live: 0, status: 'ended' }).where('phone_number_id', '=', idOf(to)).execute();
      });
      const lease = await leased(store, 'ada');
      const patch = {
        wabaId: '888',
        phoneNumberId: idOf(to),
        phoneNumber: '+14155550001',
        poolNumberId: '1000001',
        provenAt: t0,
      };
      const taking = await untilFirstIsFree(idOf(Math.min(from, to)), () =>
        store.finishStep({ lease, now: t0, event: 'proven', patch, next: { do: 'done' } }),
      );
      expect(await taking.ended).toBe('saved');
      const [left, entered] = await Promise.all([from, to].map((n) => store.findPhoneNumber(idOf(n))));
      expect([left?.leftAt, entered?.leftAt]).toEqual([t0, undefined]);
      expect(failures).toEqual([]);
    },
  );
});
