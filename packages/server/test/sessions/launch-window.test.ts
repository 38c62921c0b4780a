import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../support/host.ts';

const minute = 60_000;

let host: TestHost;
afterEach(() => host.close());

const claim = (session: string, body: object) =>
  request(host.app).post('/signup/claims').set('Authorization', `Bearer ${session}`).send(body);
const cancel = (session: string) =>
  request(host.app)
    .post('/signup/session-events')
    .set('Authorization', `Bearer ${session}`)
    .send({ event: 'CANCEL' });

async function heldBy(): Promise<(string | undefined)[]> {
  return (await host.signup.pool.list({ limit: 10 })).items.map((number) => number.heldBy);
}

describe('a session whose hour is over', () => {
  it('holds no number any more: the next customer gets it, to the millisecond', async () => {
    host = await startHost({ numbers: 1 });
    const { numbers, expiresAt } = await host.open('lucky-shrub');
    host.pass(60 * minute - 1);
    expect((await host.open('wind-and-wool')).numbers).toEqual([]);
    host.pass(1);
    expect((await host.open('wind-and-wool')).numbers).toEqual(numbers);
    expect(new Date(expiresAt).getTime() % minute).toBe(0);
  });

  it('holds no number also when nobody asks: the background gives it back', async () => {
    host = await startHost({ numbers: 1 });
    await host.open('lucky-shrub');
    expect(await heldBy()).toEqual(['lucky-shrub']);
    host.pass(61 * minute);
    await host.signup.runDue();
    expect(await heldBy()).toEqual([undefined]);
  });

  it('delivers its claim all the same, and what it says of itself never sets a number aside again', async () => {
    host = await startHost({ numbers: 1 });
    const { session, numbers } = await host.open('lucky-shrub');
    // The popup was opened in time, and finished late.
    host.pass(90 * minute);
    const popup = host.sim.signUp({ ids: numbers.map(({ id }) => id) });
    expect((await cancel(session)).status).toBe(204);
    const looked = await request(host.app)
      .get('/signup/claims/01990000-0000-7000-8000-000000000001')
      .set('Authorization', `Bearer ${session}`);
    expect(looked.status).toBe(404);
    await host.signup.runDue();
    expect(await heldBy()).toEqual([undefined]);
    const answer = await claim(session, { code: popup.code, event: 'FINISH' });
    expect(answer.status).toBe(202);
    expect(await heldBy()).toEqual([undefined]);
    await host.settle();
    expect(await host.signup.claims.find(answer.body.claim.id)).toMatchObject({
      status: 'registered',
      numberSource: 'pool',
      phoneNumber: numbers[0]?.phoneNumber,
    });
  });

  it('does not lengthen the hold of the customer’s next session', async () => {
    host = await startHost({ numbers: 1 });
    const old = await host.open('lucky-shrub');
    host.pass(61 * minute);
    await host.open('wind-and-wool');
    await cancel(old.session);
    await claim(old.session, { event: 'FINISH' });
    expect(await heldBy()).toEqual(['wind-and-wool']);
    host.pass(59 * minute);
    expect((await host.open('silver-fern')).numbers).toEqual([]);
    host.pass(minute);
    expect((await host.open('silver-fern')).numbers).toHaveLength(1);
  });

  it('is launched again by renewing it, for another hour', async () => {
    host = await startHost({ numbers: 1 });
    const { session, numbers } = await host.open('lucky-shrub');
    host.pass(61 * minute);
    const renewed = await request(host.app)
      .post('/signup/sessions')
      .set('x-customer', 'lucky-shrub')
      .set('Authorization', `Bearer ${session}`)
      .send({});
    expect(renewed.body.numbers).toEqual(numbers);
    host.pass(59 * minute);
    expect((await host.open('wind-and-wool')).numbers).toEqual([]);
  });
});
