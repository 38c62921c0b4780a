import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../support/host.ts';

let host: TestHost;
let session: string;
beforeEach(async () => {
  host = await startHost();
  ({ session } = await host.open('lucky-shrub'));
});
afterEach(() => host.close());

const finish = { event: 'FINISH', data: { phone_number_id: '1', waba_id: '2' } };
const claims = () => request(host.app).post('/signup/claims');
const authorized = () => claims().set('Authorization', `Bearer ${session}`);

/** A refusal is a problem with a code, and changes nothing here or at Meta. */
async function expectRefusal(answer: request.Response, status: number, code: string) {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.body).toMatchObject({ status, code });
  expect(answer.body.detail.length).toBeGreaterThan(10);
  expect(answer.body.requestId.length).toBeGreaterThan(10);
  expect((await host.signup.claims.list({ limit: 10 })).items).toEqual([]);
  await host.signup.runDue();
  expect(host.calls().filter((call) => !call.includes('preverified_numbers'))).toEqual([]);
}

describe('POST /claims refuses, stores nothing and sends nothing to Meta', () => {
  it('without a session', async () => {
    await expectRefusal(await claims().send(finish), 401, 'session_missing');
  });

  it('with an altered session', async () => {
    const [header, payload, signature] = session.split('.');
    const forged = Buffer.from(payload ?? '', 'base64url')
      .toString()
      .replace('lucky-shrub', 'wind-and-wool');
    const altered = [header, Buffer.from(forged).toString('base64url'), signature].join('.');
    await expectRefusal(
      await claims().set('Authorization', `Bearer ${altered}`).send(finish),
      401,
      'session_invalid',
    );
  });

  it('with a session of a server with other secrets', async () => {
    const other = await startHost({ secrets: ['another-secret-of-more-than-32-bytes-000'] });
    const foreign = await other.open('lucky-shrub');
    await other.close();
    await expectRefusal(
      await claims().set('Authorization', `Bearer ${foreign.session}`).send(finish),
      401,
      'session_invalid',
    );
  });

  it.each([
    ['nothing', ''],
    ['a letter', 'x'],
    ['three letters', 'a.b.c'],
    ['empty objects', 'e30.e30.'],
    ['5,000 letters', `${'A'.repeat(5000)}.e30.e30`],
  ])('with a session that is none: %s', async (_name, token) => {
    const answer = await claims().set('Authorization', `Bearer ${token}`).send(finish);
    await expectRefusal(answer, 401, token === '' ? 'session_missing' : 'session_invalid');
  });

  it('with an unsigned session of the right shape', async () => {
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'signup-session+jwt' })).toString(
      'base64url',
    );
    const token = [none, session.split('.')[1], ''].join('.');
    await expectRefusal(
      await claims().set('Authorization', `Bearer ${token}`).send(finish),
      401,
      'session_invalid',
    );
  });

  it('with a session that is over, after 24 hours and not before', async () => {
    host.pass(24 * 3_600_000 + 1000);
    await expectRefusal(await authorized().send(finish), 401, 'session_expired');
  });

  it('with another customer’s session', async () => {
    const answer = await authorized().set('x-customer', 'wind-and-wool').send(finish);
    await expectRefusal(answer, 403, 'session_of_another_customer');
  });

  it.each([
    [
      'an id that is a number',
      { event: 'FINISH', data: { phone_number_id: 123456789012345 } },
      'data.phone_number_id',
    ],
    ['an id with letters', { event: 'FINISH', data: { waba_id: '12ab' } }, 'data.waba_id'],
    ['an id that is too long', { event: 'FINISH', data: { waba_id: '1'.repeat(21) } }, 'data.waba_id'],
    ['an id that climbs', { event: 'FINISH', data: { waba_id: '../me' } }, 'data.waba_id'],
    ['an event that is no word', { event: 5 }, 'event'],
    ['an event that is no finish', { event: 'CANCEL' }, 'event'],
    ['data without an event', { code: 'x', data: {} }, 'data'],
    ['neither event nor code', {}, ''],
    ['an empty code', { code: '' }, 'code'],
    ['fields that are not of the contract', { ...finish, customerId: 'someone' }, ''],
    ['a list', [], ''],
  ])('with %s', async (_name, body, path) => {
    const answer = await authorized().send(body);
    await expectRefusal(answer, 400, 'invalid_request');
    expect(answer.body.issues[0].path).toBe(path);
  });

  it('without a body', async () => {
    await expectRefusal(await authorized(), 400, 'invalid_request');
  });

  it('with a body that is no JSON', async () => {
    const answer = await authorized().set('Content-Type', 'application/json').send('{"event":');
    await expectRefusal(answer, 400, 'malformed_json');
  });

  it('with a form, as a page of another site could send it', async () => {
    const answer = await authorized().type('form').send('event=FINISH');
    await expectRefusal(answer, 415, 'unsupported_media_type');
  });

  it('with JSON that says it is text', async () => {
    const answer = await authorized().set('Content-Type', 'text/plain').send(JSON.stringify(finish));
    await expectRefusal(answer, 415, 'unsupported_media_type');
  });

  it('with a body of 1 MB', async () => {
    const answer = await authorized().send({ ...finish, code: 'x'.repeat(1024 * 1024) });
    await expectRefusal(answer, 413, 'body_too_large');
  });

  it('from a page of an origin that is not allowed', async () => {
    const answer = await authorized().set('Origin', 'https://evil.example').send(finish);
    await expectRefusal(answer, 403, 'origin_not_allowed');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('from another site, when only the browser’s word for it tells', async () => {
    const answer = await authorized().set('Sec-Fetch-Site', 'cross-site').send(finish);
    await expectRefusal(answer, 403, 'origin_not_allowed');
  });
});

describe('the other routes', () => {
  it('open no session for nobody', async () => {
    const answer = await request(host.app).post('/signup/sessions').send({});
    await expectRefusal(answer, 401, 'unauthenticated');
  });

  it('take no ids and no unknown fields from a page’s prefill', async () => {
    for (const prefill of [
      { business: { id: '5' } },
      { preVerifiedPhone: { ids: ['1'] } },
      { solutionID: '5' },
    ]) {
      const answer = await request(host.app)
        .post('/signup/sessions')
        .set('x-customer', 'lucky-shrub')
        .send({ prefill });
      await expectRefusal(answer, 400, 'invalid_request');
    }
  });

  it('say that an address or a method does not exist', async () => {
    await expectRefusal(await request(host.app).get('/signup/nothing'), 404, 'not_found');
    await expectRefusal(await request(host.app).get('/signup/sessions'), 404, 'not_found');
  });

  it.each(['/signup/claims/%E0%A4%A', '/signup/claims/a%00b', '/operator/claims/a%00b'])(
    'say that %s is nothing',
    async (path) => {
      const answer = await request(host.app).get(path).set('x-customer', 'lucky-shrub');
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    },
  );

  it('know nobody when the host says null, and a customer by a number', async () => {
    const careless = (answer: unknown) => startHost({ customer: () => answer as string }); // what a host without TypeScript could return
    const nobody = await careless(null);
    expect((await request(nobody.app).post('/signup/sessions').send({})).status).toBe(401);
    await nobody.close();
    const numbered = await careless(42);
    expect((await request(numbered.app).post('/signup/sessions').send({})).status).toBe(201);
    await numbered.close();
  });

  it('keep an unknown event of the session log, and refuse one that is no word', async () => {
    const send = (body: object) =>
      request(host.app).post('/signup/session-events').set('Authorization', `Bearer ${session}`).send(body);
    expect((await send({ event: 'SOMETHING_NEW', data: { extra: { deep: true } } })).status).toBe(204);
    await expectRefusal(await send({ event: 'two words' }), 400, 'invalid_request');
  });

  it('answer 500 with a request id when the host’s own code breaks, and say where only in the log', async () => {
    const broken = await startHost({
      customer: () => {
        throw new Error('CANARY: the database password is hunter2');
      },
    });
    const answer = await request(broken.app).post('/signup/sessions').send({});
    await broken.close();
    expect(answer.status).toBe(500);
    expect(answer.body).toMatchObject({ code: 'internal_error' });
    const line = broken.log.find((one) => one.includes(answer.body.requestId));
    expect(line).toContain('refusals.test.ts');
    expect(answer.text + broken.log.join()).not.toContain('CANARY');
  });
});
