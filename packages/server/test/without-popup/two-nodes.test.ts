import { afterEach, describe, expect, it } from 'vitest';
import { startPoolHost, type PoolHost } from '../pool/support/pool-host.ts';
import { minute, name } from './support/account-world.ts';

describe.each(['SQLite', 'PostgreSQL'])('two operators at two nodes on one %s', (engine) => {
  let host: PoolHost;
  afterEach(() => host.close());

  it('who want one number at once have it put on one account, once', async () => {
    host = await startPoolHost({ nodes: 2, engine, numbers: 6, chance: 493_817 });
    const accounts = ['ada', 'bob'].map((customerId, n) => {
      const ownNumber = `+1 555 200 000${n}`;
      const { wabaId = '', phoneNumberId = '', businessId = '' } = host.sim.signUp({ ownNumber });
      // Room for all of them.
      host.sim.setBusinessVerified(businessId, true);
      return { customerId, wabaId, phoneNumberId, phoneNumber: ownNumber };
    });
    const [front, other = front] = host.signups;
    await front.claims.import(accounts, 'ann');
    const ids = host.sim.state().preverifiedNumbers.map(({ id }) => id);
    for (const [n, numberId] of ids.entries()) {
      // The same account, then two.
      const of = (node: number) => accounts[n % 2 === 0 ? 0 : node]?.wabaId ?? '';
      const number = { numberId, verifiedName: name };
      const ends = await Promise.allSettled([
        front.numbers.putOnAccount(of(0), 'ann', number),
        other.numbers.putOnAccount(of(1), 'bea', number),
        other.numbers.putOnAccount(of(1), 'bea', number),
      ]);
      const said = ends.map((end) =>
        end.status === 'fulfilled' ? end.value.outcome : (end.reason as { code?: string }).code,
      );
      expect([said.join(), said.filter((one) => one === 'opened').length]).toEqual([said.join(), 1]);
      for (const one of said) expect(['opened', 'known', 'number_held']).toContain(one);
      if (n % 2 === 0) expect(said).not.toContain('number_held');
    }
    await Promise.all(host.signups.map((signup) => signup.runDue()));
    for (let round = 0; round < 5; round += 1) {
      host.pass(minute);
      await Promise.all(host.signups.map((signup) => signup.runDue()));
    }
    const { items } = await front.claims.list({ limit: 50 });
    const attached = items.filter(({ toAttach }) => toAttach !== undefined);
    expect(attached).toHaveLength(ids.length);
    for (const { status } of attached) expect(status).toBe('registered');
    const added = host.sim.requests({ method: 'POST', path: '/*/phone_numbers' });
    expect(added).toHaveLength(ids.length);
  });
});
