import type { ClaimView, SessionAnswer } from '@embedded-signup-kit/protocol';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/durations.ts';
import { startHost, type TestHost } from '../support/host.ts';

describe('the claims that POST /sessions answers', () => {
  let host: TestHost;
  beforeEach(async () => {
    host = await startHost();
  });
  afterEach(() => host.close());

  const customer = 'lucky-shrub';
  /** The page opens a session, with the older one that it kept. */
  async function reload(session?: string, who = customer): Promise<[id: string, status: string][]> {
    const call = request(host.app).post('/signup/sessions').set('x-customer', who);
    if (session !== undefined) call.set('Authorization', `Bearer ${session}`);
    const answer = await call.send({});
    expect(answer.status).toBe(201);
    return (answer.body as SessionAnswer).claims.map(({ id, status }) => [id, status]); // as the route answers
  }
  /** A customer goes through the popup with a number of their own. */
  async function deliver(
    ownNumber: string,
    outcome: 'finish' | 'coexistence' | 'only_waba' = 'finish',
  ): Promise<{ session: string; claim: ClaimView }> {
    const { session } = await host.open(customer);
    const popup = host.sim.signUp(outcome === 'only_waba' ? { outcome } : { ownNumber, outcome });
    const { event, data } = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object };
    const { body } = await request(host.app)
      .post('/signup/claims')
      .set('Authorization', `Bearer ${session}`)
      .send({ event, data, code: popup.code });
    return { session, claim: body.claim };
  }

  it('have the one that the older session brought, once, while it is open and after it was finished', async () => {
    const { session, claim } = await deliver('+15550201001');
    expect(await reload(session)).toEqual([[claim.id, 'received']]);
    await host.settle();
    expect(await reload(session)).toEqual([[claim.id, 'registered']]);
    // Only the page that brought it wants to know.
    expect(await reload()).toEqual([]);
  });

  it.each([
    ['coexistence', 'coexistence'],
    ['only_waba', 'no_number'],
  ] as const)('have it when it ended as %s', async (outcome, status) => {
    const { session, claim } = await deliver('+15550201001', outcome);
    await host.settle();
    expect(await reload(session)).toEqual([[claim.id, status]]);
  });

  it('have it when an operator put an end to it', async () => {
    const { session, claim } = await deliver('+15550201001');
    await host.settle();
    await host.signup.claims.end(claim.id, 'Nadia');
    expect(await reload(session)).toEqual([[claim.id, 'ended']]);
  });

  it('have it in its place: the newest last', async () => {
    host.sim.setFaults([{ match: { path: '/*/register' }, times: 'always', fault: { kind: 'reset' } }]);
    const first = await deliver('+15550201001');
    const second = await deliver('+15550201002');
    const third = await deliver('+15550201003');
    await host.settle();
    await host.signup.claims.end(second.claim.id, 'Nadia');
    const [one, two, three] = [first, second, third].map(({ claim }) => claim.id);
    expect(await reload()).toEqual([
      [one, 'registering'],
      [three, 'registering'],
    ]);
    expect(await reload(second.session)).toEqual([
      [one, 'registering'],
      [two, 'ended'],
      [three, 'registering'],
    ]);
  });

  it('are of nobody else: a claim that was given to another customer is theirs', async () => {
    const { session, claim } = await deliver('+15550201001', 'only_waba');
    await host.settle();
    await host.signup.claims.assign(claim.id, 'Nadia', { customerId: 'wind-and-wool' });
    expect(await reload(session)).toEqual([]);
    expect(await reload(session, 'wind-and-wool')).toMatchObject([[claim.id, expect.any(String)]]);
    await host.settle();
    expect(await reload(session, 'wind-and-wool')).toEqual([]);
  });

  it('are the open ones alone when the older session is over', async () => {
    const { session } = await deliver('+15550201001');
    await host.settle();
    host.pass(day);
    expect(await reload(session)).toEqual([]);
  });
});
