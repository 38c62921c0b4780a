import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/databases.ts';
import { startHost, type TestHost } from '../../support/host.ts';
import { deliver, later, leftToOperator, refusedForNow, type Staff, staffOf } from './support/staff.ts';

/** What Meta was asked beside the list of the pool, which is fetched every few minutes. */
const aboutClaims = (host: TestHost) => host.calls().filter((call) => !call.includes('preverified'));

describe.each(engines)('an operator’s word on $name', ({ name }) => {
  let host: TestHost;
  let staff: Staff;
  beforeEach(async () => {
    host = await startHost({
      engine: name === 'SQLite' ? 'SQLite' : 'PostgreSQL',
      operator: (req) => req.get('x-staff') ?? 'operator',
    });
    staff = staffOf(host);
  });
  afterEach(() => host.close());

  it('puts a claim aside, keeps why, and leaves no work', async () => {
    const { id } = await deliver(host, 'lucky-shrub', {}, { code: false });
    await later(host);
    const answer = await staff
      .post(`/claims/${id}/dismiss`, { reason: 'They moved to another provider.' })
      .set('x-staff', 'Nadia');
    expect(answer.status).toBe(200);
    expect(answer.body.claim).toMatchObject({ status: 'dismissed', reason: { code: 'dismissed' } });
    // The customer's page shows the claim's reason; the operator's words are not for them.
    expect(answer.text).not.toContain('another provider');
    expect((await staff.lines(id)).at(-1)).toMatchObject({
      who: 'Nadia',
      what: 'dismissed',
      status: 'dismissed',
      reason: 'They moved to another provider.',
    });
    host.sim.clearRequests();
    await later(host);
    expect((await staff.claim(id)).step).toBeUndefined();
    expect((await staff.claim(id)).status).toBe('dismissed');
  });

  it('ends a registered claim, and its number is offered to nobody', async () => {
    const { id } = await deliver(host, 'lucky-shrub');
    await later(host);
    const answer = await staff.post(`/claims/${id}/end`).set('x-staff', 'Nadia');
    expect(answer.body.claim).toMatchObject({ status: 'ended', reason: { code: 'ended' } });
    expect((await staff.history(id)).at(-1)).toBe('Nadia: ended');
    const offered = await Promise.all(['a', 'b', 'c'].map((customer) => host.open(customer)));
    const taken = answer.body.claim.phoneNumber as string;
    expect(offered.flatMap(({ numbers }) => numbers.map((number) => number.phoneNumber))).not.toContain(
      taken,
    );
  });

  it.each([
    ['Meta registers its number', '/*/register', 'POST /:id/register'],
    ['Meta is asked for proof', '/debug_token', 'GET /debug_token', 'GET /:id/phone_numbers'],
    ['the app is being subscribed', '/*/subscribed_apps', 'POST /:id/subscribed_apps'],
  ])(
    'stands when it comes while %s: the worker does not bring the claim back',
    async (_name, path, call, last = call) => {
      host.sim.setFaults([{ match: { path }, fault: { kind: 'slow', ms: 300 } }]);
      const { id } = await deliver(host, 'lucky-shrub');
      const working = host.signup.runDue();
      await expect.poll(() => host.calls(), { interval: 5 }).toContain(call);
      const verb = (await staff.claim(id)).status === 'received' ? 'dismiss' : 'end';
      const over = verb === 'end' ? 'ended' : 'dismissed';
      const answer = await staff.post(`/claims/${id}/${verb}`);
      expect(answer.body.claim).toMatchObject({ status: over });
      await working;
      await later(host);
      expect(await staff.claim(id)).toMatchObject({ status: over });
      expect((await staff.claim(id)).step).toBeUndefined();
      expect((await staff.history(id)).at(-1)).toBe(`operator: ${over}`);
      // The step may end what it was at; no other is begun after the word.
      expect(aboutClaims(host).at(-1)).toBe(last);
    },
  );

  it('of one who dismisses stands against one who retries at the same moment', async () => {
    const { id } = await leftToOperator(host);
    const [retried, dismissed] = await Promise.all([
      staff.post(`/claims/${id}/retry`),
      staff.post(`/claims/${id}/dismiss`),
    ]);
    expect(dismissed.status).toBe(200);
    expect([200, 409]).toContain(retried.status);
    host.sim.clearRequests();
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'dismissed' });
    expect(aboutClaims(host)).toEqual([]);
  });

  it('that ends a claim is heard once: the second hears that it is over', async () => {
    const { id } = await deliver(host, 'lucky-shrub');
    await later(host);
    const answers = await Promise.all(Array.from({ length: 5 }, () => staff.post(`/claims/${id}/end`)));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      200, 409, 409, 409, 409,
    ]);
    expect((await staff.history(id)).filter((line) => line === 'operator: ended')).toHaveLength(1);
  });
});

describe('an operator’s word', () => {
  let host: TestHost;
  let staff: Staff;
  beforeEach(async () => {
    host = await startHost();
    staff = staffOf(host);
  });
  afterEach(() => host.close());

  it('does not dismiss what is registered, nor end what is not proven, and says what to do instead', async () => {
    const registered = await deliver(host, 'lucky-shrub');
    await later(host);
    const dismissed = await staff.post(`/claims/${registered.id}/dismiss`);
    expect(dismissed.body).toMatchObject({ code: 'claim_not_allowed', status: 409 });
    expect(dismissed.body.detail).toContain('It allows: end.');

    const waiting = await deliver(host, 'wind-and-wool', {}, { code: false });
    await later(host);
    const before = await staff.history(waiting.id);
    const ended = await staff.post(`/claims/${waiting.id}/end`);
    expect(ended.body).toMatchObject({ code: 'claim_not_allowed', status: 409 });
    expect(ended.body.detail).toContain('It allows: retry, assign, dismiss.');
    expect(await staff.history(waiting.id)).toEqual(before);
  });

  it('ends a claim that waits for Meta, and Meta is asked no more', async () => {
    host.sim.setFaults([refusedForNow('/*/register')]);
    const { id } = await deliver(host, 'lucky-shrub');
    await host.signup.runDue();
    expect(await staff.claim(id)).toMatchObject({ status: 'registering', step: 'register' });
    await staff.post(`/claims/${id}/end`);
    host.sim.setFaults([]);
    host.sim.clearRequests();
    await later(host);
    expect(await staff.claim(id)).toMatchObject({ status: 'ended' });
    expect(aboutClaims(host)).toEqual([]);
  });
});
