import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { numberCallBudgets } from '../../src/domain/number-call-budgets.ts';
import { engines } from '../support/databases.ts';
import { numbered, startPoolHost, type PoolHost } from './support/pool-host.ts';

const rounds = process.env['TEST_LONG'] === '1' ? 100 : 10;

describe.each(engines.map(({ name }) => name))('two nodes on one %s', (engine) => {
  let host: PoolHost;
  beforeEach(async () => {
    host = await startPoolHost({ nodes: 2, engine });
  });
  afterEach(() => host.close());

  const pool = (node: number) => (host.signups[node] ?? host.signups[0]).pool;
  const atMeta = () => host.sim.state().preverifiedNumbers;
  const seen = (path: string) => host.sim.requests({ path }).length;

  it('that add the same numbers at the same time make one object of each, by one call', async () => {
    const phoneNumbers = Array.from({ length: rounds * 2 }, (_, n) => numbered(n));
    const [first, second] = await Promise.all([
      pool(0).add(phoneNumbers, { who: 'Nadia' }),
      pool(1).add([...phoneNumbers].reverse(), { who: 'Omar' }),
    ]);
    expect(atMeta()).toHaveLength(phoneNumbers.length);
    expect(seen('/*/add_phone_numbers')).toBe(phoneNumbers.length);
    const other = [...second].reverse();
    for (const [n, one] of first.entries()) {
      expect(new Set([one.outcome, other[n]?.outcome])).toEqual(new Set(['added', 'known']));
      expect(one.id).toBe(other[n]?.id);
    }
  });

  it('ask for one code between them', async () => {
    const [added] = await pool(0).add([numbered(777)], { who: 'Nadia' });
    const asked = Array.from({ length: 8 }, (_, n) =>
      pool(n % 2).requestCode(String(added?.id), 'Nadia', { method: 'SMS' }),
    );
    const ends = await Promise.allSettled(asked);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends) {
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'too_many_codes' });
    }
    expect(seen('/*/request_code')).toBe(1);
  });

  it('hand in as many wrong codes as one does', async () => {
    const [added] = await pool(0).add([numbered(777)], { who: 'Nadia' });
    const ends = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) =>
        pool(n % 2).submitCode(String(added?.id), 'Nadia', `00000${n % 10}`),
      ),
    );
    expect(ends.map(({ status }) => status)).not.toContain('fulfilled');
    expect(seen('/*/verify_code')).toBe(numberCallBudgets.verify_code.calls);
  });

  it('never delete a number that a customer is given', async () => {
    let given = 0;
    let deleted = 0;
    for (let round = 0; round < rounds; round += 1) {
      host.sim.seedNumbers({ count: 1 });
      await pool(0).sync();
      const id = String(atMeta().at(-1)?.id);
      const remove = () =>
        pool(0)
          .delete(id, 'Nadia')
          .catch((error: unknown) => expect(error).toMatchObject({ code: 'number_held' }));
      const open = async (): Promise<string[]> => {
        const { body } = await host.customer('/sessions', `customer-${round}`, 1);
        return body.numbers.map((number: { id: string }) => number.id);
      };
      const [ids] =
        round % 2 === 0
          ? await Promise.all([open(), remove()])
          : ((await Promise.all([remove(), open()])).reverse() as [string[], unknown]); // in the order of the other branch
      const isThere = atMeta().some((number) => number.id === id);
      expect([round, ids.includes(id)]).toEqual([round, isThere]);
      if (isThere) given += 1;
      else deleted += 1;
      if (isThere) await pool(0).delete(id, 'Nadia', { force: true });
    }
    expect(given + deleted).toBe(rounds);
  });
});
