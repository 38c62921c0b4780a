import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { createEmbeddedSignup, type HostEvent } from '../../src/index.ts';
import { engines } from '../support/databases.ts';
import { canaries, startHost, type TestHost } from '../support/host.ts';

const minute = 60_000;
const hour = 60 * minute;

let host: TestHost;
afterEach(() => host.close());

const names = engines.map(({ name }) => name as 'SQLite' | 'PostgreSQL'); // the two names there are
const refused = (path: string) => ({
  match: { path },
  times: 'always' as const,
  fault: { kind: 'error' as const, status: 403, error: { code: 200, message: 'Permissions error' } },
});

/** Meta speaks, and the hours that follow. */
async function hearAndWait(ms: number, step = 10 * minute): Promise<void> {
  for (let waited = 0; waited < ms; waited += step) {
    host.pass(step);
    await host.signup.runDue();
  }
}

/** Accounts are heard of by the list alone: what a webhook adds is in test/recovery. */
async function silent(customerId: string): Promise<{ wabaId: string; phoneNumberId: string }> {
  const { numbers } = await host.open(customerId);
  const { wabaId = '', phoneNumberId = '' } = host.sim.signUp({ ids: numbers.map(({ id }) => id) });
  return { wabaId, phoneNumberId };
}

const all = { status: undefined, search: undefined, cursor: undefined, limit: 50 };
const claims = async () => (await host.signup.claims.list(all)).items;

describe.each(names)('a sign-up whose page said nothing, on %s', (engine) => {
  it.each(['given', 'refused'])(
    'is found by Meta’s list and registered, customer’s token %s',
    async (token) => {
      host = await startHost({ engine });
      if (token === 'refused') host.sim.setFaults([refused('/*/system_user_access_tokens')]);
      const { wabaId, phoneNumberId } = await silent('lucky-shrub');
      await hearAndWait(2 * hour);
      expect(await claims()).toMatchObject([
        { customerId: 'lucky-shrub', status: 'registered', wabaId, phoneNumberId, numberSource: 'pool' },
      ]);
      const kept = host.signup.accessToken(wabaId);
      if (token === 'given') {
        expect(host.sealed).toContain(await kept);
        // Meta wants the proof of the app's secret with it.
        const [asked] = host.sim.requests({ path: '/*/system_user_access_tokens' });
        expect(asked?.status).toBe(200);
      } else await expect(kept).rejects.toMatchObject({ code: 'account_unknown' });
      const secrets = [canaries.systemUserToken, ...host.sealed].filter((one) => one !== canaries.pin);
      expect(host.log.filter((line) => secrets.some((one) => line.includes(one)))).toEqual([]);
    },
  );

  it('of which nobody can tell the customer is given by an operator, without a token', async () => {
    const told: HostEvent[] = [];
    host = await startHost({
      engine,
      numbers: 1,
      on: { claimNeedsAttention: (event) => void told.push(event) },
    });
    host.sim.setFaults([refused('/*/system_user_access_tokens')]);
    await host.open('wind-and-wool');
    host.pass(2 * hour);
    const { phoneNumberId } = await silent('lucky-shrub');
    await hearAndWait(3 * hour);
    const [orphan] = await claims();
    expect(orphan).toMatchObject({
      customerId: '',
      status: 'needs_operator',
      phoneNumberId,
      reason: { code: 'several_customers', message: expect.stringMatching(/lucky-shrub.*assign/is) },
    });
    expect(told.map(({ claimId }) => claimId)).toEqual([orphan?.id]);
    const assign = (body: object) =>
      request(host.app).post(`/operator/claims/${orphan?.id}/assign`).send(body);
    expect((await assign({ wabaId: orphan?.wabaId })).status).toBe(400);
    expect((await assign({ customerId: 'lucky-shrub' })).status).toBe(200);
    await hearAndWait(hour);
    expect(await claims()).toMatchObject([
      { id: orphan?.id, customerId: 'lucky-shrub', status: 'registered', phoneNumberId },
    ]);
  });

  it('may be tried again by an operator although there is no token of the customer’s', async () => {
    host = await startHost({ engine });
    const locked = refused('/*/register');
    host.sim.setFaults([refused('/*/system_user_access_tokens'), locked]);
    await silent('lucky-shrub');
    await hearAndWait(2 * hour);
    const [claim] = await claims();
    expect(claim).toMatchObject({ status: 'needs_operator', sealedToken: undefined });
    host.sim.setFaults([]);
    await host.signup.claims.retry(claim?.id ?? '', 'mara');
    await hearAndWait(hour);
    expect(await claims()).toMatchObject([{ id: claim?.id, status: 'registered' }]);
  });
});

describe('many nodes that start at once', () => {
  it('mirror the pool once, and by hand each time', async () => {
    host = await startHost({ numbers: 2 });
    const lists = () => host.sim.requests({ path: '/*/preverified_numbers' }).length;
    const before = lists();
    const node = () =>
      createEmbeddedSignup({
        meta: host.sim.meta,
        database: host.database.address,
        secrets: [canaries.secret],
        customer: () => undefined,
        deps: {
          clock: { now: () => 0 },
          timer: { after: (ms, run) => afterShortWaits(ms, run) },
          logger: { debug() {}, info() {}, warn() {}, error() {} },
        },
      });
    const nodes = [await node(), await node(), await node(), await node()];
    await Promise.all(nodes.map((one) => one.start()));
    expect(lists() - before).toBe(1);
    await nodes[0]?.pool.sync();
    expect(lists() - before).toBe(2);
    for (const one of nodes) await one.close();
  });

  it('have the pool when the first of them has started', async () => {
    host = await startHost({ numbers: 0 });
    host.sim.seedNumbers({ count: 2 });
    await host.signup.start();
    expect((await host.signup.pool.list({ limit: 10 })).items).toHaveLength(2);
  });
});

/** Short waits (a database lock) are real; nobody waits for the rounds of the worker. */
function afterShortWaits(ms: number, run: () => void) {
  const handle = ms < 1_000 ? setTimeout(run, ms) : undefined;
  return { cancel: () => clearTimeout(handle) };
}
