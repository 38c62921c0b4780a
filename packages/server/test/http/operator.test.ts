import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../support/host.ts';

let host: TestHost;
let staffName: () => unknown;
beforeEach(async () => {
  staffName = () => 'Nadia';
  // What a host without TypeScript may return is tried below.
  host = await startHost({ operator: () => staffName() as string });
});
afterEach(() => host.close());

const get = (path: string) => request(host.app).get(`/operator${path}`);
const post = (path: string, body: object = {}) => request(host.app).post(`/operator${path}`).send(body);

/** A customer goes through the popup; their page delivers the event, and the code if it is wanted. */
async function deliver(withCode = true) {
  const opened = await host.open('lucky-shrub');
  const popup = host.sim.signUp({ ids: opened.numbers.map((number) => number.id) });
  const message = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object };
  const answer = await request(host.app)
    .post('/signup/claims')
    .set('Authorization', `Bearer ${opened.session}`)
    .send({ event: message.event, data: message.data, ...(withCode ? { code: popup.code } : {}) });
  return { opened, popup, message, id: String(answer.body.claim.id) };
}

const missing = '01890000-0000-7000-8000-000000000000';
/** Every route that changes something, with a body that is well formed. */
const changes: [path: string, body: object][] = [
  ['/numbers', { phoneNumber: '+1 555 010 0777' }],
  ['/numbers/sync', {}],
  ['/numbers/:id/code', { method: 'SMS' }],
  ['/numbers/:id/verification', { code: '123-456' }],
  ['/claims/:id/retry', {}],
  ['/claims/:id/dismiss', { reason: 'A test.' }],
  ['/claims/:id/end', {}],
  ['/claims/:id/assign', { customerId: 'wind-and-wool' }],
  ['/claims/:id/code', { method: 'SMS' }],
  ['/claims/:id/verification', { code: '123-456' }],
  ['/claims/:id/pin', { pin: '628405' }],
  ['/claims/:id/pin/reading', {}],
  ['/claims/import', { claims: [] }],
  ['/events/:id/redeliver', {}],
];

describe('the operator’s routes', () => {
  it('list the pool with who holds what', async () => {
    const { numbers } = await host.open('lucky-shrub');
    const { body } = await get('/numbers');
    expect(body.numbers).toHaveLength(3);
    const held = body.numbers.find((number: { state: string }) => number.state === 'held');
    expect(held).toMatchObject({ id: numbers[0]?.id, heldBy: 'lucky-shrub', verificationStatus: 'VERIFIED' });
  });

  it('show a claim with its history, who did what, in order', async () => {
    const { opened, popup } = await deliver();
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

  it('show what the page said as hearsay, until Meta has said what is true', async () => {
    const { id, popup, message } = await deliver();
    const before = (await get(`/claims/${id}`)).body;
    expect(before.hearsay).toEqual(message.data);
    expect(before.hearsay).toMatchObject({ phone_number_id: popup.phoneNumberId, waba_id: popup.wabaId });
    expect(before.claim.phoneNumberId).toBeUndefined();
    await host.settle();
    const after = (await get(`/claims/${id}`)).body;
    expect(after.hearsay).toBeUndefined();
    expect(after.claim.phoneNumberId).toBe(popup.phoneNumberId);
  });

  it('fetch the pool from Meta when asked', async () => {
    host.sim.seedNumbers({ count: 4 });
    const { body } = await post('/numbers/sync');
    expect(body).toEqual({ listed: 7, gone: 0, lapsed: 0, shared: 0 });
    expect((await get('/numbers')).body.numbers).toHaveLength(7);
  });

  it('say so when Meta refuses', async () => {
    const error = { code: 190, message: 'Invalid OAuth access token' };
    host.sim.setFaults([
      { match: { path: '/*/preverified_numbers' }, fault: { kind: 'error', status: 401, error } },
    ]);
    const answer = await post('/numbers/sync');
    expect(answer.status).toBe(502);
    expect(answer.body).toMatchObject({ code: 'upstream_failed' });
    expect(answer.body.detail).toContain('code 190');
    expect(answer.headers['retry-after']).toBeUndefined();
    expect((await get('/numbers')).body.numbers).toHaveLength(3);
  });

  it('say when to come back when Meta has had too many calls', async () => {
    host.sim.setFaults([
      {
        match: { path: '/*/preverified_numbers' },
        times: 'always',
        fault: { kind: 'throttled', code: 80008, regainMinutes: 7 },
      },
    ]);
    const answer = await post('/numbers/sync');
    expect([answer.status, answer.body.code]).toEqual([502, 'upstream_failed']);
    const seconds = Number(answer.headers['retry-after']);
    expect(Number.isInteger(seconds)).toBe(true);
    expect(seconds).toBeGreaterThanOrEqual(7 * 60);
    expect(seconds).toBeLessThan(8 * 60);
  });

  it.each([
    '/claims?status=nonsense',
    '/numbers?limit=0',
    '/numbers?limit=100000',
    '/claims?search=%00',
    '/claims?cursor=%00',
  ])('refuse %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('invalid_request');
  });

  it.each([missing, '0', '%00', 'x'.repeat(36), '..%2f..'])(
    'know no claim by the id %s, whatever is asked of it',
    async (id) => {
      expect((await get(`/claims/${id}`)).body.code).toBe('not_found');
      for (const [path, body] of changes.filter(([one]) => one.includes(':id'))) {
        const answer = await post(path.replace(':id', id), body);
        expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'not_found']);
      }
    },
  );

  it.each([
    ['/claims/:id/retry', { now: true }],
    ['/claims/:id/end', []],
    ['/claims/:id/dismiss', { reason: 5 }],
    ['/claims/:id/dismiss', { reason: '' }],
    ['/claims/:id/dismiss', { reason: 'x'.repeat(501) }],
    ['/claims/:id/dismiss', { reason: 'two\nlines' }],
    ['/claims/:id/dismiss', { why: 'a typing error' }],
    ['/claims/:id/pin/reading', { reason: 'none is asked for' }],
  ])('refuse POST %s with %j, and nothing has changed', async (path, body) => {
    const { id } = await deliver(false);
    const before = (await get(`/claims/${id}`)).text;
    const answer = await post(path.replace(':id', id), body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect(answer.body.issues.length).toBeGreaterThan(0);
    expect((await get(`/claims/${id}`)).text).toBe(before);
  });
});

describe('a page of another site cannot use the log-in of staff', () => {
  const forms: [name: string, type: string | undefined, body: string][] = [
    ['a form', 'application/x-www-form-urlencoded', 'customerId=wind-and-wool'],
    ['an upload', 'multipart/form-data; boundary=x', '--x--'],
    ['a form of plain text', 'text/plain', '{"customerId":"wind-and-wool"}'],
    ['JSON that is called text', 'text/plain; application/json', '{}'],
    ['a type that begins like JSON', 'application/jsonp', '{}'],
    ['an empty form', 'application/x-www-form-urlencoded', ''],
    ['nothing', undefined, ''],
  ];

  it.each(forms)('with %s: no route that changes something takes it', async (_name, type, body) => {
    const { id } = await deliver(false);
    const before = (await get(`/claims/${id}`)).text;
    host.sim.clearRequests();
    for (const [path] of changes) {
      const call = request(host.app).post(`/operator${path.replace(':id', id)}`);
      const answer = await (type === undefined ? call : call.set('Content-Type', type).send(body));
      expect([path, answer.status, answer.body.code]).toEqual([path, 415, 'unsupported_media_type']);
    }
    expect((await get(`/claims/${id}`)).text).toBe(before);
    expect(host.calls()).toEqual([]);
  });

  it('when the browser says where the request comes from, whatever it asks for', async () => {
    const { id } = await deliver(false);
    const before = (await get(`/claims/${id}`)).text;
    for (const [path, body] of changes) {
      const answer = await post(path.replace(':id', id), body).set('Sec-Fetch-Site', 'cross-site');
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'origin_not_allowed']);
    }
    for (const path of [
      '/claims',
      `/claims/${id}`,
      '/numbers',
      '/numbers/1',
      '/overview',
      '/events/undelivered',
    ]) {
      const answer = await get(path).set('Sec-Fetch-Site', 'cross-site');
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect((await get(`/claims/${id}`)).text).toBe(before);
  });

  it('and is never told by CORS that it could', async () => {
    const answer = await request(host.app)
      .options('/operator/claims/import')
      .set('Origin', 'https://evil.example')
      .set('Access-Control-Request-Method', 'POST');
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('while the host’s own page can, also with a button that sends no body', async () => {
    const { id } = await deliver(false);
    await host.settle();
    const answer = await request(host.app)
      .post(`/operator/claims/${id}/retry`)
      .set('Sec-Fetch-Site', 'same-origin');
    expect(answer.status).toBe(200);
    expect((await post(`/claims/${id}/dismiss`).set('Sec-Fetch-Site', 'same-site')).status).toBe(200);
  });
});

describe('an answer to staff', () => {
  it('is never kept by a browser or a proxy, also when it is a refusal', async () => {
    const { id } = await deliver();
    await host.settle();
    const answers = [
      await get('/claims'),
      await get(`/claims/${id}`),
      await get(`/claims/${missing}`),
      await get('/numbers'),
      await get('/numbers/1'),
      await get('/overview'),
      await get('/events/undelivered'),
      await get('/nothing'),
      await post(`/claims/${id}/pin/reading`),
      await post(`/claims/${id}/retry`),
      await post('/claims/import', { claims: [] }),
      await get('/claims').set('Sec-Fetch-Site', 'cross-site'),
    ];
    expect(answers.map(({ headers }) => headers['cache-control'])).toEqual(answers.map(() => 'no-store'));
  });
});

describe('who of the staff decides', () => {
  it.each([
    ['an empty name', ''],
    ['101 letters', 'x'.repeat(101)],
    ['a line break', 'Nadia\nkit'],
    ['a NUL', 'Nadia\0'],
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a promise', Promise.resolve('Nadia')],
  ])('cannot be %s: that is the host’s mistake, and nothing has changed', async (_name, name) => {
    const { id } = await deliver();
    await host.settle();
    const before = (await get(`/claims/${id}`)).text;
    staffName = () => name;
    for (const [path, body] of changes.filter(([one]) => one.includes('/claims/:id'))) {
      const answer = await post(path.replace(':id', id), body);
      expect([path, answer.status, answer.body.code]).toEqual([path, 500, 'internal_error']);
      expect(answer.body.detail).toContain('option operator must return a name');
    }
    expect((await get(`/claims/${id}`)).text).toBe(before);
  });

  it('is nobody when the host’s function throws: nothing of its words goes out', async () => {
    const { id } = await deliver(false);
    staffName = () => {
      throw new Error('CANARY of the host');
    };
    const answer = await post(`/claims/${id}/dismiss`);
    expect([answer.status, answer.body.code]).toEqual([500, 'internal_error']);
    expect(answer.text + host.log.join()).not.toContain('CANARY of the host');
  });

  it.each(['Nadia Özil', 'x'.repeat(100), 'nadia@bsp.example'])('can be %s', async (name) => {
    const { id } = await deliver(false);
    staffName = () => name;
    await post(`/claims/${id}/dismiss`);
    expect((await get(`/claims/${id}`)).body.history.at(-1)).toMatchObject({ who: name, what: 'dismissed' });
  });

  it('is called operator when the host does not say', async () => {
    const plain = await startHost();
    const opened = await plain.open('lucky-shrub');
    const { body } = await request(plain.app)
      .post('/signup/claims')
      .set('Authorization', `Bearer ${opened.session}`)
      .send({ event: 'FINISH', data: { phone_number_id: '1', waba_id: '2' } });
    await request(plain.app).post(`/operator/claims/${body.claim.id}/dismiss`).send({});
    const { history } = (await request(plain.app).get(`/operator/claims/${body.claim.id}`)).body;
    expect(history.at(-1)).toMatchObject({ who: 'operator' });
    await plain.close();
  });
});

describe('a customer who brings too many claims', () => {
  it('is told when to come back, to the second, and may come then', async () => {
    const claim = async () => {
      const { session } = await host.open('lucky-shrub');
      return request(host.app)
        .post('/signup/claims')
        .set('Authorization', `Bearer ${session}`)
        .send({ event: 'FINISH', data: { phone_number_id: '1', waba_id: '2' } });
    };
    let answer = await claim();
    for (let more = 0; more < 40 && answer.status === 202; more += 1) {
      host.pass(10_500);
      answer = await claim();
    }
    expect([answer.status, answer.body.code]).toEqual([429, 'too_many_claims']);
    const wait = answer.headers['retry-after'] ?? '';
    expect(wait).toMatch(/^[1-9]\d*$/);
    host.pass(Number(wait) * 1000);
    expect((await claim()).status).toBe(202);
  });
});
