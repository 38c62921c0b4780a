import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../support/host.ts';
import { signUp } from '../claims/steps/support/sign-up.ts';

let host: TestHost;
afterEach(() => host.close());

const free = async () => (await host.signup.pool.list({ limit: 9, status: 'free' })).items[0]?.id ?? '';
const put = (wabaId: string, body: object) =>
  request(host.app).post(`/operator/accounts/${wabaId}/phone-numbers`).send(body);

describe('POST /accounts/:wabaId/phone-numbers', () => {
  it('answers 202 with the claim and its address, then 200 with the same one', async () => {
    host = await startHost({ operator: () => 'Nadia' });
    const { wabaId } = await signUp(host);
    await host.settle();
    const body = { numberId: await free(), verifiedName: '  Lucky Shrub ' };
    const answer = await put(wabaId, body);
    expect(answer.status).toBe(202);
    const { id } = answer.body.claim;
    expect(answer.headers['location']).toBe(`/operator/claims/${id}`);
    expect(answer.body).toEqual({
      claim: {
        id,
        customerId: 'lucky-shrub',
        status: 'received',
        step: 'attach_named',
        phoneNumber: expect.stringMatching(/^\+1555/),
        displayPhoneNumber: expect.any(String),
        wabaId,
        numberSource: 'unknown',
        createdAt: expect.any(String),
      },
    });
    const shown = await request(host.app).get(answer.headers['location'] ?? '');
    expect(shown.body.history).toMatchObject([{ who: 'Nadia', status: 'received' }]);
    // Under way, a name that nobody would ever hear of is refused.
    const renamed = await put(wabaId, { ...body, verifiedName: 'Lucky Shrub Repairs' });
    expect([renamed.status, renamed.body.code]).toEqual([409, 'number_named_otherwise']);
    expect(renamed.body.detail).toContain(`as “Lucky Shrub” already: see the claim ${id}`);
    expect((await put(wabaId, body)).status).toBe(200);
    await host.settle();
    const again = await put(wabaId, body);
    expect([again.status, again.body.claim.id, again.body.claim.status]).toEqual([200, id, 'registered']);
    expect(
      host.sim.state().phoneNumbers.find((one) => one.id === again.body.claim.phoneNumberId),
    ).toMatchObject({
      verifiedName: 'Lucky Shrub',
    });
  });

  it('opens a claim that the customer’s routes know nothing of, be it by their sign-in or by a session', async () => {
    host = await startHost();
    const { wabaId } = await signUp(host);
    await host.settle();
    const { body } = await put(wabaId, { numberId: await free(), verifiedName: 'Lucky Shrub' });
    const { session } = await host.open('lucky-shrub');
    const address = `/signup/claims/${body.claim.id}`;
    const answers = await Promise.all(
      [{ 'x-customer': 'lucky-shrub' }, { authorization: `Bearer ${session}` }].flatMap((headers) => [
        request(host.app).get(address).set(headers),
        request(host.app).post(`${address}/code`).set(headers).send({ method: 'SMS', language: 'en_US' }),
        request(host.app).post(`${address}/verification`).set(headers).send({ code: '123456' }),
      ]),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect(host.sim.requests({ method: 'POST', path: '/*/request_code' })).toEqual([]);
  });

  it('refuses what it does not understand, and tells no secret', async () => {
    host = await startHost();
    const { wabaId } = await signUp(host);
    await host.settle();
    const numberId = await free();
    const cases: [object, string][] = [
      [{}, 'numberId'],
      [{ numberId, verifiedName: 7 }, 'verifiedName'],
      [{ numberId, verifiedName: 'Lucky Shrub', pin: '123456' }, ''],
    ];
    for (const [body, path] of cases) {
      const answer = await put(wabaId, body);
      expect(answer.status).toBe(400);
      expect(answer.body.issues[0].path).toBe(path);
    }
    const form = await request(host.app)
      .post(`/operator/accounts/${wabaId}/phone-numbers`)
      .type('form')
      .send({ numberId });
    expect(form.status).toBe(415);
    const other = await put('102290129340398', { numberId, verifiedName: 'Lucky Shrub' });
    expect([other.status, other.headers['content-type']]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    const taken = await put(wabaId, { numberId: '404', verifiedName: 'Lucky Shrub' });
    expect(taken.body).toMatchObject({ status: 404, code: 'not_found', requestId: expect.any(String) });
    for (const secret of host.sealed) {
      expect(other.text + taken.text + host.log.join(' ')).not.toContain(secret);
    }
  });
});
