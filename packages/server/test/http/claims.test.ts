import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../support/host.ts';

let host: TestHost;
beforeEach(async () => {
  host = await startHost();
});
afterEach(() => host.close());

const post = (session: string, body: object) =>
  request(host.app).post('/signup/claims').set('Authorization', `Bearer ${session}`).send(body);
const claimOf = async (id: string, customer: string) =>
  (await request(host.app).get(`/signup/claims/${id}`).set('x-customer', customer)).body.claim;

/** A customer goes through the popup and takes the number they were offered. */
async function signUp(customerId: string, over: Parameters<TestHost['sim']['signUp']>[0] = {}) {
  const opened = await host.open(customerId);
  const popup = host.sim.signUp({ ids: opened.numbers.map((number) => number.id), ...over });
  const message = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: Record<string, string> };
  return { opened, popup, finish: { event: message.event, data: message.data }, code: popup.code };
}

const workCalls = () =>
  host
    .calls()
    .filter((call) => !call.includes('preverified_numbers'))
    .map((call) => call.replace(/^GET \/:id$/, 'GET /:id'));

describe('POST /claims', () => {
  it('answers 202 once the claim is on disk, and the number ends registered and on record', async () => {
    const { opened, popup, finish, code } = await signUp('lucky-shrub');
    const answer = await post(opened.session, { ...finish, code });
    expect(answer.status).toBe(202);
    expect(answer.body.claim).toMatchObject({
      status: 'received',
      step: 'exchange',
      numberSource: 'unknown',
    });

    await host.settle();

    const claim = await claimOf(answer.body.claim.id, 'lucky-shrub');
    expect(claim).toMatchObject({
      status: 'registered',
      numberSource: 'pool',
      phoneNumber: opened.numbers[0]?.phoneNumber,
      phoneNumberId: popup.phoneNumberId,
      wabaId: popup.wabaId,
    });
    expect(claim.step).toBeUndefined();
    expect(new Date(claim.registeredAt).getTime()).toBeGreaterThan(0);
    expect(workCalls()).toEqual([
      'GET /oauth/access_token',
      'GET /debug_token',
      'GET /:id/phone_numbers',
      'POST /:id/subscribed_apps',
      'GET /:id',
      'POST /:id/register',
    ]);
    const [number] = host.sim.state().phoneNumbers;
    expect(number).toMatchObject({ hasPin: true, registerCalls: 1 });
  });

  it.each([
    ['the event first', ['event', 'code']],
    ['the code first', ['code', 'event']],
  ])('joins both halves, %s', async (_name, order) => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    const halves: Record<string, object> = { event: finish, code: { code } };
    const first = await post(opened.session, halves[order[0] ?? ''] ?? {});
    host.pass(500);
    const second = await post(opened.session, halves[order[1] ?? ''] ?? {});
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body.claim.id).toBe(first.body.claim.id);
    await host.settle();
    expect(await claimOf(first.body.claim.id, 'lucky-shrub')).toMatchObject({ status: 'registered' });
    expect(workCalls().filter((call) => call.includes('access_token'))).toHaveLength(1);
    expect(workCalls().filter((call) => call.includes('register'))).toHaveLength(1);
  });

  it('makes no call twice when the event comes while the code is being exchanged', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    host.sim.setFaults([{ match: { path: '/oauth/access_token' }, fault: { kind: 'slow', ms: 300 } }]);
    const { body } = await post(opened.session, { code });
    const working = host.signup.runDue();
    await expect.poll(() => workCalls().length + 1).toBeGreaterThan(0);
    await post(opened.session, finish);
    await working;
    await host.settle();
    expect(await claimOf(body.claim.id, 'lucky-shrub')).toMatchObject({ status: 'registered' });
    expect(workCalls().filter((call) => call === 'GET /:id')).toHaveLength(1);
    expect(workCalls().filter((call) => call.includes('register'))).toHaveLength(1);
  });

  it('is worked on while Meta still lists the pool at the start', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    host.sim.setFaults([{ match: { path: '/*/preverified_numbers' }, fault: { kind: 'slow', ms: 500 } }]);
    const starting = host.signup.start();
    await post(opened.session, { ...finish, code });
    await expect.poll(() => workCalls()).toContain('POST /:id/register');
    await starting;
  });

  it('gives a repeat 200 and the same claim, and Meta hears nothing twice', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    const first = await post(opened.session, { ...finish, code });
    const repeats = await Promise.all(
      Array.from({ length: 20 }, () => post(opened.session, { ...finish, code })),
    );
    expect(new Set(repeats.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(repeats.map((answer) => answer.body.claim.id))).toEqual(new Set([first.body.claim.id]));
    await host.settle();
    await post(opened.session, { ...finish, code });
    await host.settle();
    expect(workCalls()).toHaveLength(6);
  });

  it('finds the number by itself when the session log never came', async () => {
    const { opened, popup, code } = await signUp('lucky-shrub');
    const answer = await post(opened.session, { code });
    await host.settle();
    expect(await claimOf(answer.body.claim.id, 'lucky-shrub')).toMatchObject({
      status: 'registered',
      numberSource: 'pool',
      phoneNumberId: popup.phoneNumberId,
    });
  });

  it('asks for a new sign-up when the code never comes, and takes the next one up', async () => {
    const { opened, finish } = await signUp('lucky-shrub');
    const answer = await post(opened.session, finish);
    await host.settle();
    const waiting = await claimOf(answer.body.claim.id, 'lucky-shrub');
    expect(waiting).toMatchObject({ status: 'needs_signup', reason: { code: 'code_missing' } });
    expect(workCalls()).toEqual([]);

    const again = host.sim.signUp({ ownNumber: '+1 555 020 0001' });
    const message = JSON.parse(again.messages[0] ?? '{}') as { event: string; data: object };
    await post(opened.session, { event: message.event, data: message.data, code: again.code });
    await host.settle();
    expect(await claimOf(answer.body.claim.id, 'lucky-shrub')).toMatchObject({
      status: 'registered',
      phoneNumberId: again.phoneNumberId,
    });
  });

  it('never sends a code that is older than its 30 seconds', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    const answer = await post(opened.session, { ...finish, code });
    host.pass(31_000);
    await host.settle();
    expect(await claimOf(answer.body.claim.id, 'lucky-shrub')).toMatchObject({
      status: 'needs_signup',
      reason: { code: 'code_expired' },
    });
    expect(workCalls()).toEqual([]);
  });

  it('records a number of the customer’s own as their own', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub', { ownNumber: '+1 555 020 0001' });
    const answer = await post(opened.session, { ...finish, code });
    await host.settle();
    expect(await claimOf(answer.body.claim.id, 'lucky-shrub')).toMatchObject({
      status: 'registered',
      numberSource: 'own',
      phoneNumber: '+15550200001',
    });
  });

  it('does not offer a claimed number to the next customer', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    await post(opened.session, { ...finish, code });
    await host.settle();
    const next = await host.open('wind-and-wool');
    expect(next.numbers).toHaveLength(1);
    expect(next.numbers[0]?.id).not.toBe(opened.numbers[0]?.id);
  });
});

describe('what the browser says is not believed', () => {
  it('takes a pool number for what it is, even when the event says that it stays on the business app', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    const event = 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING';
    const answer = await post(opened.session, { event, data: finish.data, code });
    await host.settle();
    expect(await claimOf(answer.body.claim.id, 'lucky-shrub')).toMatchObject({
      status: 'registered',
      numberSource: 'pool',
    });
  });

  it('takes Meta’s word for whether a number is on the business app, not the event’s', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub', { ownNumber: '+1 555 020 0001' });
    const event = 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING';
    const answer = await post(opened.session, { event, data: finish.data, code });
    await host.settle();
    expect(await claimOf(answer.body.claim.id, 'lucky-shrub')).toMatchObject({
      status: 'registered',
      numberSource: 'own',
    });
  });

  it('sends a code once, whichever sessions bring it at once', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    const other = await host.open('wind-and-wool');
    await post(opened.session, { ...finish, code });
    await post(other.session, { ...finish, code });
    await host.settle();
    expect(workCalls().filter((call) => call.includes('access_token'))).toHaveLength(1);
    const { items } = await host.signup.claims.list({ limit: 10 });
    // Who spends it is a matter of moments; whose the number is is none.
    const registered = items.filter((claim) => claim.status === 'registered');
    expect(registered.every(({ customerId }) => customerId === 'lucky-shrub')).toBe(true);
  });

  it.each([
    ['the customer for whom the number was set aside', ['registered', 'needs_signup']],
    ['another customer', ['needs_signup', 'needs_operator']],
  ] as const)('sends a code once, for %s when they are first', async (first, statuses) => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    const other = await host.open('wind-and-wool');
    const sessions = [opened.session, other.session];
    if (first === 'another customer') sessions.reverse();
    for (const session of sessions) {
      await post(session, { ...finish, code });
      await host.settle();
    }
    expect(workCalls().filter((call) => call.includes('access_token'))).toHaveLength(1);
    const { items } = await host.signup.claims.list({ limit: 10 });
    const statusOf = (customer: string) => items.find(({ customerId }) => customerId === customer)?.status;
    expect([statusOf('lucky-shrub'), statusOf('wind-and-wool')]).toEqual(statuses);
  });

  it('rejects an account that the token does not cover, and asks nothing about it', async () => {
    const victim = await signUp('victim');
    const attacker = await signUp('attacker');
    const answer = await post(attacker.opened.session, {
      event: 'FINISH',
      data: victim.finish.data,
      code: attacker.code,
    });
    await host.signup.runDue();
    expect(await claimOf(answer.body.claim.id, 'attacker')).toMatchObject({
      status: 'rejected',
      reason: { code: 'account_not_granted' },
    });
    expect(workCalls()).toEqual(['GET /oauth/access_token', 'GET /debug_token']);

    const owner = await post(victim.opened.session, { ...victim.finish, code: victim.code });
    await host.settle();
    expect(await claimOf(owner.body.claim.id, 'victim')).toMatchObject({ status: 'registered' });
  });

  it('rejects a number that the customer’s account does not list', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    const forged = { ...finish.data, phone_number_id: '123456789012345' };
    const answer = await post(opened.session, { event: 'FINISH', data: forged, code });
    await host.settle();
    expect(await claimOf(answer.body.claim.id, 'lucky-shrub')).toMatchObject({
      status: 'rejected',
      reason: { code: 'number_not_listed' },
    });
  });

  it('leaves a pool number that was set aside for another customer to the operator', async () => {
    const other = await host.open('wind-and-wool');
    const [held] = other.numbers;
    const { opened, finish, code } = await signUp('lucky-shrub', { numberId: held?.id });
    const answer = await post(opened.session, { ...finish, code });
    await host.settle();
    expect(await claimOf(answer.body.claim.id, 'lucky-shrub')).toMatchObject({
      status: 'needs_operator',
      reason: { code: 'pool_number_of_another' },
    });
    expect(workCalls().some((call) => call.includes('register'))).toBe(false);
  });
});

describe('GET /claims/:id', () => {
  it('shows a claim by its session, and refuses a session that somebody else is signed in with', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    const { body } = await post(opened.session, { ...finish, code });
    const get = () =>
      request(host.app).get(`/signup/claims/${body.claim.id}`).set('X-Signup-Session', opened.session);
    expect((await get()).status).toBe(200);
    // `Authorization` may belong to the host's own log-in.
    expect((await get().set('Authorization', 'Bearer of-the-host')).status).toBe(200);
    expect((await get().set('x-customer', 'wind-and-wool')).body.code).toBe('session_of_another_customer');
  });

  it('answers alike for somebody else’s claim and for one that does not exist', async () => {
    const { opened, finish, code } = await signUp('lucky-shrub');
    const { body } = await post(opened.session, { ...finish, code });
    const get = (id: string) =>
      request(host.app).get(`/signup/claims/${id}`).set('x-customer', 'wind-and-wool');
    const theirs = await get(body.claim.id);
    const missing = await get('01890000-0000-7000-8000-000000000000');
    expect(theirs.status).toBe(404);
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' });
  });
});
