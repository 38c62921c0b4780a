import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../support/host.ts';

let host: TestHost;
beforeEach(async () => {
  host = await startHost();
});
afterEach(() => host.close());

const get = (path: string) => request(host.app).get(`/operator${path}`);

describe('the operator’s routes', () => {
  it('list the pool with who holds what', async () => {
    const { numbers } = await host.open('lucky-shrub');
    const { body } = await get('/numbers');
    expect(body.numbers).toHaveLength(3);
    const held = body.numbers.find((number: { state: string }) => number.state === 'held');
    expect(held).toMatchObject({ id: numbers[0]?.id, heldBy: 'lucky-shrub', verificationStatus: 'VERIFIED' });
  });

  it('show a claim with its history, who did what, in order', async () => {
    const opened = await host.open('lucky-shrub');
    const popup = host.sim.signUp({ ids: opened.numbers.map((number) => number.id) });
    const message = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object };
    await request(host.app)
      .post('/signup/claims')
      .set('Authorization', `Bearer ${opened.session}`)
      .send({ event: message.event, data: message.data, code: popup.code });
    await host.settle();
    const { body } = await get('/claims?status=registered');
    expect(body.claims).toHaveLength(1);
    expect(body.claims[0]).toMatchObject({ customerId: 'lucky-shrub', wabaId: popup.wabaId });
    const one = await get(`/claims/${body.claims[0].id}`);
    expect(
      one.body.history.map((entry: { who: string; what: string }) => `${entry.who}: ${entry.what}`),
    ).toEqual([
      'customer: event and code received',
      'kit: code exchanged',
      'kit: proven',
      'kit: app subscribed',
      'kit: registered',
    ]);
    const { body: pool } = await get(`/numbers?search=${opened.numbers[0]?.phoneNumber.slice(-4)}`);
    expect(pool.numbers).toMatchObject([{ state: 'claimed', claimedBy: 'lucky-shrub' }]);
  });

  it('fetch the pool from Meta when asked', async () => {
    host.sim.seedNumbers({ count: 4 });
    const { body } = await request(host.app).post('/operator/numbers/sync');
    expect(body).toEqual({ listed: 7, gone: 0 });
    expect((await get('/numbers')).body.numbers).toHaveLength(7);
  });

  it('say so when Meta refuses', async () => {
    const error = { code: 190, message: 'Invalid OAuth access token' };
    host.sim.setFaults([
      { match: { path: '/*/preverified_numbers' }, fault: { kind: 'error', status: 401, error } },
    ]);
    const answer = await request(host.app).post('/operator/numbers/sync');
    expect(answer.status).toBe(502);
    expect(answer.body).toMatchObject({ code: 'upstream_failed' });
    expect(answer.body.detail).toContain('code 190');
    expect((await get('/numbers')).body.numbers).toHaveLength(3);
  });

  it.each(['/claims?status=nonsense', '/numbers?limit=0', '/numbers?limit=100000'])(
    'refuse %s',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(400);
      expect(answer.body.code).toBe('invalid_request');
    },
  );
});
