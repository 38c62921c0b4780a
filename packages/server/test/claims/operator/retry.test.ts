import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/databases.ts';
import { startHost, type TestHost } from '../../support/host.ts';
import {
  deliver,
  later,
  leftToOperator,
  otherNode,
  refusedForGood,
  refusedForNow,
  type Staff,
  staffOf,
} from './support/staff.ts';

const count = (host: TestHost, call: string) => host.calls().filter((one) => one === call).length;

describe.each(engines)('trying a claim again on $name', ({ name }) => {
  let host: TestHost;
  let staff: Staff;
  beforeEach(async () => {
    host = await startHost({ engine: name === 'SQLite' ? 'SQLite' : 'PostgreSQL' });
    staff = staffOf(host);
  });
  afterEach(() => host.close());

  it('proves it anew and carries it to the end, with the operator’s name in the history', async () => {
    const { id } = await leftToOperator(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'needs_operator', reason: { code: 'graph:100' } });
    const answer = await staff.post(`/claims/${id}/retry`);
    expect(answer.status).toBe(200);
    expect(answer.body.claim).toMatchObject({ id, status: 'received', step: 'prove' });
    expect(answer.body.claim.reason).toBeUndefined();
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'registered' });
    expect((await staff.history(id)).slice(-5)).toEqual([
      'meta: could not subscribe the app to the account',
      'operator: tried again',
      'kit: proven',
      'kit: app subscribed',
      'kit: registered',
    ]);
  });

  it('that waits for Meta makes it go on now, at the step where it is', async () => {
    host.sim.setFaults([refusedForNow('/*/subscribed_apps')]);
    const { id } = await deliver(host, 'lucky-shrub');
    await host.signup.runDue();
    host.sim.setFaults([]);
    const before = await staff.claim(id);
    expect(before).toMatchObject({ status: 'proven', step: 'subscribe' });
    await host.signup.runDue();
    expect((await staff.claim(id)).status).toBe('proven');

    const answer = await staff.post(`/claims/${id}/retry`);
    expect(answer.body.claim).toMatchObject({ status: 'proven', step: 'subscribe' });
    await host.signup.runDue();
    expect(await staff.claim(id)).toMatchObject({ status: 'registered' });
    expect(await staff.history(id)).toContain('operator: tried again now');
    expect(count(host, 'GET /debug_token')).toBe(1);
  });

  it('twice at the same moment has it tried once', async () => {
    const { id } = await leftToOperator(host);
    host.sim.clearRequests();
    const answers = await Promise.all(Array.from({ length: 8 }, () => staff.post(`/claims/${id}/retry`)));
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 8 }, () => 200));
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'registered' });
    expect(count(host, 'GET /debug_token')).toBe(1);
    expect(count(host, 'POST /:id/register')).toBe(1);
    const told = (await staff.history(id)).filter((line) => line.startsWith('operator:')).toSorted();
    expect(told).toEqual([
      'operator: tried again',
      ...Array.from({ length: 7 }, () => 'operator: tried again now'),
    ]);
  });

  it.each([
    ['the code is being exchanged', '/oauth/access_token', 'GET /oauth/access_token'],
    ['the number is being registered', '/*/register', 'POST /:id/register'],
  ])('while %s disturbs nobody, and Meta hears nothing twice', async (_name, path, call) => {
    host.sim.setFaults([{ match: { path }, fault: { kind: 'slow', ms: 300 } }]);
    const { id } = await deliver(host, 'lucky-shrub');
    const working = host.signup.runDue();
    await expect.poll(() => count(host, call), { interval: 5 }).toBe(1);
    const answer = await staff.post(`/claims/${id}/retry`);
    expect(answer.status).toBe(200);
    expect(answer.body.claim.status).not.toBe('registered');
    await working;
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'registered' });
    expect(count(host, call)).toBe(1);
    expect(count(host, 'POST /:id/register')).toBe(1);
  });

  it('never stands between a code and its exchange', async () => {
    const { id } = await deliver(host, 'lucky-shrub');
    await Promise.all([
      host.signup.runDue(),
      ...Array.from({ length: 5 }, () => staff.post(`/claims/${id}/retry`)),
    ]);
    // Not by a later round: the code would be older by then.
    expect(await staff.claim(id)).toMatchObject({ status: 'registered' });
  });
});

describe('trying a claim again', () => {
  let host: TestHost;
  let staff: Staff;
  beforeEach(async () => {
    host = await startHost();
    staff = staffOf(host);
  });
  afterEach(() => host.close());

  it('asks for another sign-up again when there is neither token nor code', async () => {
    const { id } = await deliver(host, 'lucky-shrub', {}, { code: false });
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'needs_signup' });
    const answer = await staff.post(`/claims/${id}/retry`);
    expect(answer.body.claim).toMatchObject({ status: 'received', step: 'exchange' });
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'needs_signup', reason: { code: 'code_missing' } });
  });

  it('asks Meta again about one that proof refused', async () => {
    const { id } = await deliver(host, 'lucky-shrub', {}, { data: { phone_number_id: '1', waba_id: '2' } });
    await later(host);
    expect((await staff.claim(id)).status).toBe('rejected');
    host.sim.clearRequests();
    await staff.post(`/claims/${id}/retry`);
    await later(host);
    expect((await staff.claim(id)).status).toBe('rejected');
    expect(count(host, 'GET /debug_token')).toBe(1);
  });

  it.each([
    ['registered', {}],
    ['coexistence', { outcome: 'coexistence', ownNumber: '+1 555 020 0001' }],
  ] as const)('is refused when it is %s, and says what can be done instead', async (status, signUp) => {
    const { id } = await deliver(host, 'lucky-shrub', signUp);
    await later(host);
    const answer = await staff.post(`/claims/${id}/retry`);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'claim_not_allowed',
      detail: `A claim that is ${status} does not allow: retry. It allows: end.`,
    });
    expect((await staff.claim(id)).status).toBe(status);
  });

  it('is refused once it is over', async () => {
    const { id } = await leftToOperator(host);
    await staff.post(`/claims/${id}/end`);
    const answer = await staff.post(`/claims/${id}/retry`);
    expect(answer.status).toBe(409);
    expect(answer.body.detail).toBe('A claim that is ended does not allow: retry. It is over.');
  });

  it.each(['retry', 'assign'])('(%s) is begun at once, whenever the worker would look next', async (verb) => {
    const { id } = await leftToOperator(host);
    await host.signup.start();
    await staff.post(`/claims/${id}/${verb}`, verb === 'assign' ? { customerId: 'lucky-shrub' } : {});
    await expect.poll(async () => (await staff.claim(id)).status).toBe('registered');
  });

  it('is begun at once also when the claim only waited', async () => {
    host.sim.setFaults([refusedForNow('/*/subscribed_apps')]);
    const { id } = await deliver(host, 'lucky-shrub');
    await host.signup.runDue();
    host.sim.setFaults([]);
    await host.signup.start();
    await staff.post(`/claims/${id}/retry`);
    await expect.poll(async () => (await staff.claim(id)).status).toBe('registered');
  });

  it('takes up a claim whose work is gone, at the step that its status asks for', async () => {
    host.sim.setFaults([refusedForNow('/*/register')]);
    const { id } = await deliver(host, 'lucky-shrub');
    await host.signup.runDue();
    host.sim.setFaults([]);
    const store = otherNode(host);
    const [lease] = await store.leaseWork({ now: Date.UTC(2030, 0), limit: 1, claimId: id });
    if (lease === undefined) throw new Error('the work could not be leased');
    await store.finishStep({ lease, now: Date.UTC(2026, 0), next: { do: 'done' } });
    await store.close();
    expect((await staff.claim(id)).step).toBeUndefined();
    const answer = await staff.post(`/claims/${id}/retry`);
    expect(answer.body.claim).toMatchObject({ status: 'registering', step: 'register' });
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'registered' });
  });

  it('fails in the same way, and says so, while Meta goes on refusing', async () => {
    const { id } = await leftToOperator(host);
    host.sim.setFaults([refusedForGood('/*/subscribed_apps')]);
    await staff.post(`/claims/${id}/retry`);
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'needs_operator', reason: { code: 'graph:100' } });
  });
});
