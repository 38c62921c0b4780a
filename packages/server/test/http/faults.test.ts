import type { ScriptedFault } from '@embedded-signup-kit/simulator';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../support/host.ts';

let host: TestHost;
beforeEach(async () => {
  host = await startHost();
});
afterEach(() => host.close());

type Fault = ScriptedFault;
const refused = (code: number, status = 400): Fault['fault'] => ({
  kind: 'error',
  status,
  error: { code, message: `(#${code}) refused` },
});

/** A customer signs up while Meta has a bad day; resolves to the claim as it stands in the end. */
async function signUpDuring(faults: readonly Fault[]) {
  const opened = await host.open('lucky-shrub');
  const popup = host.sim.signUp({ ids: opened.numbers.map((number) => number.id) });
  const message = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object };
  host.sim.setFaults(faults);
  const answer = await request(host.app)
    .post('/signup/claims')
    .set('Authorization', `Bearer ${opened.session}`)
    .send({ ...message, type: undefined, code: popup.code });
  expect(answer.status).toBe(202);
  await host.settle();
  const { body } = await request(host.app).get(`/operator/claims/${answer.body.claim.id}`);
  return body as { claim: { status: string; reason?: { code: string } }; history: { what: string }[] };
}
const count = (call: string) => host.calls().filter((one) => one === call).length;

describe('the exchange of the code', () => {
  it.each<[string, Fault['fault'], string]>([
    ['is lost on the way back', { kind: 'lost' }, 'graph:unreachable'],
    ['never reaches Meta', { kind: 'reset' }, 'graph:unreachable'],
    ['is refused with a transient code', refused(2, 503), 'graph:2'],
  ])('that %s is not tried again: the customer is asked to sign up again', async (_name, fault, reason) => {
    const { claim } = await signUpDuring([{ match: { path: '/oauth/access_token' }, times: 9, fault }]);
    expect(claim).toMatchObject({ status: 'needs_signup', reason: { code: reason } });
    expect(count('GET /oauth/access_token')).toBe(1);
  });
});

describe('reads and the subscription', () => {
  it.each(['/debug_token', '/*/phone_numbers', '/*/subscribed_apps', '/*'])(
    'are made again when %s fails for a while',
    async (path) => {
      const faults: Fault[] = [
        { match: { path }, times: 1, fault: { kind: 'reset' } },
        { match: { path }, times: 1, fault: { kind: 'lost' } },
        { match: { path }, times: 1, fault: refused(2, 503) },
      ];
      expect((await signUpDuring(faults)).claim.status).toBe('registered');
      expect(count('POST /:id/register')).toBe(1);
    },
  );

  it('are left to the operator when Meta says no for good', async () => {
    const { claim } = await signUpDuring([
      { match: { path: '/*/subscribed_apps' }, times: 9, fault: refused(10, 403) },
    ]);
    expect(claim).toMatchObject({ status: 'needs_operator', reason: { code: 'graph:10' } });
    expect(count('POST /:id/subscribed_apps')).toBe(1);
  });
});

describe('the registration', () => {
  it('whose answer is lost is found out by reading, not by registering again', async () => {
    const { claim, history } = await signUpDuring([
      { match: { path: '/*/register' }, fault: { kind: 'lost' } },
    ]);
    expect(claim.status).toBe('registered');
    expect(count('POST /:id/register')).toBe(1);
    expect(history.map((entry) => entry.what)).toContain('found registered');
  });

  it('that never reached Meta is made again, with the same PIN and within the budget', async () => {
    const { claim } = await signUpDuring([
      { match: { path: '/*/register' }, times: 2, fault: { kind: 'reset' } },
    ]);
    expect(claim.status).toBe('registered');
    expect(count('POST /:id/register')).toBe(3);
  });

  it('spends at most 6 of Meta’s 10 calls in 72 hours, and goes on when the window has moved', async () => {
    const { claim } = await signUpDuring([
      { match: { path: '/*/register' }, times: 6, fault: { kind: 'reset' } },
    ]);
    for (let hour = 0; hour < 71; hour += 1) {
      host.pass(3_600_000);
      await host.signup.runDue();
    }
    expect(count('POST /:id/register')).toBe(6);
    expect(claim.status).toBe('registering');
    host.pass(5 * 3_600_000);
    await host.settle();
    expect(count('POST /:id/register')).toBe(7);
    const [done] = (await host.signup.claims.list({ limit: 1 })).items;
    expect(done?.status).toBe('registered');
  });

  it.each<[string, number, string]>([
    ['a PIN that is not ours', 133005, 'needs_operator'],
    ['a one-time code first', 133006, 'needs_verification'],
  ])('that wants %s stops at once', async (_name, code, status) => {
    const { claim } = await signUpDuring([
      { match: { path: '/*/register' }, times: 9, fault: refused(code) },
    ]);
    expect(claim.status).toBe(status);
    expect(count('POST /:id/register')).toBe(1);
  });

  it('waits out Meta’s lock of 72 hours', async () => {
    const { claim } = await signUpDuring([
      { match: { path: '/*/register' }, times: 1, fault: refused(133016) },
    ]);
    expect(claim).toMatchObject({ status: 'registering', reason: { code: 'graph:133016' } });
    host.pass(71 * 3_600_000);
    await host.settle();
    expect(count('POST /:id/register')).toBe(1);
    host.pass(2 * 3_600_000);
    await host.settle();
    expect(count('POST /:id/register')).toBe(2);
  });
});
