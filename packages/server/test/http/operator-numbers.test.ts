import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, hour } from '../../src/domain/durations.ts';
import { startPoolHost, type PoolHost } from '../pool/support/pool-host.ts';

let host: PoolHost;
beforeEach(async () => {
  host = await startPoolHost();
});
afterEach(() => host.close());

const written = '+1 (555) 010-0777';
const phoneNumber = '+15550100777';

async function addOne(): Promise<string> {
  const answer = await host.send('post', '/numbers', { phoneNumber: written });
  expect(answer.status).toBe(201);
  return String(answer.body.number.id);
}

async function verifyOne(): Promise<string> {
  const id = await addOne();
  expect((await host.send('post', `/numbers/${id}/code`, { method: 'SMS' })).status).toBe(200);
  const code = host.codeFor(phoneNumber);
  const answer = await host.send('post', `/numbers/${id}/verification`, { code });
  expect([answer.status, answer.body.number?.state]).toEqual([200, 'free']);
  return id;
}

describe('every step of Meta’s guide to pre-verified numbers, by HTTP', () => {
  it('creates a number', async () => {
    const answer = await host.send('post', '/numbers', { phoneNumber: written });
    expect(answer.status).toBe(201);
    const { id } = answer.body.number;
    expect(answer.headers['location']).toBe(`/operator/numbers/${id}`);
    expect(answer.body.number).toEqual({
      id: expect.stringMatching(/^\d+$/),
      phoneNumber,
      displayPhoneNumber: '+1 555-010-0777',
      country: 'US',
      state: 'unverified',
      verificationStatus: 'NOT_VERIFIED',
      next: { what: 'unverified_warning', at: new Date(host.now() + 75 * day).toISOString() },
      firstSeenAt: new Date(host.now()).toISOString(),
    });
    expect(host.sim.state().preverifiedNumbers).toMatchObject([{ id, phoneNumber }]);
    expect(host.calls()).toEqual(['POST /:id/add_phone_numbers', 'GET /:id']);
  });

  it('requests a code and verifies it', async () => {
    const id = await addOne();
    const asked = await host.send('post', `/numbers/${id}/code`, { method: 'SMS', language: 'en_US' });
    expect([asked.status, asked.body.number.state]).toEqual([200, 'unverified']);
    const code = host.codeFor(phoneNumber);
    const typed = `${code.slice(0, 3)}-${code.slice(3)}`;
    const answer = await host.send('post', `/numbers/${id}/verification`, { code: typed });
    expect(answer.status).toBe(200);
    expect(answer.body.number).toMatchObject({
      state: 'free',
      verificationStatus: 'VERIFIED',
      verifiedAt: new Date(host.now()).toISOString(),
      verificationExpiresAt: new Date(host.now() + 90 * day).toISOString(),
      daysLeft: 90,
      renewableFrom: new Date(host.now() + 45 * day).toISOString(),
      next: { what: 'renewable', at: new Date(host.now() + 45 * day).toISOString() },
    });
  });

  it('has the code told by a call, in another language', async () => {
    const id = await addOne();
    await host.send('post', `/numbers/${id}/code`, { method: 'VOICE', language: 'pt_BR' });
    expect(host.sim.inbox(phoneNumber)).toMatchObject([{ method: 'VOICE' }]);
    const [asked] = host.sim.requests({ path: `/${id}/request_code` });
    expect(JSON.stringify(asked)).toContain('pt_BR');
  });

  it('lists the pool and filters it', async () => {
    const id = await verifyOne();
    await host.send('post', '/numbers', { phoneNumber: '+1 555 010 0778' });
    const ids = async (query: string) => {
      const { body } = await host.get(`/numbers${query}`);
      return body.numbers.map((number: { id: string }) => number.id);
    };
    expect(await ids('')).toHaveLength(2);
    expect(await ids('?status=VERIFIED')).toEqual([id]);
    expect(await ids('?status=free')).toEqual([id]);
    expect(await ids('?status=unverified')).toHaveLength(1);
    expect(await ids('?status=lapsed')).toEqual([]);
    expect(await ids('?status=nonsense')).toEqual([]);
    expect(await ids('?search=0100777')).toEqual([id]);
    expect(await ids(`?search=${id}`)).toEqual([id]);
    expect((await ids('?sort=expires'))[0]).toBe(id);
    const first = (await host.get('/numbers?sort=expires&limit=1')).body;
    expect(first.numbers).toMatchObject([{ id }]);
    const second = (await host.get(`/numbers?sort=expires&limit=1&cursor=${first.nextCursor}`)).body;
    expect(second.numbers).toMatchObject([{ state: 'unverified' }]);
    expect(second.nextCursor).toBeUndefined();
  });

  it('shares the number, lists the partners, and ends the sharing', async () => {
    const id = await verifyOne();
    const { businessId } = host.sim.addPartner({ name: 'Wind & Wool' });
    expect((await host.send('put', `/numbers/${id}/partners/${businessId}`)).status).toBe(204);
    const { body } = await host.get(`/numbers/${id}/partners`);
    expect(body).toEqual({ partners: [{ businessId, name: 'Wind & Wool' }] });
    expect((await host.send('delete', `/numbers/${id}/partners/${businessId}`)).status).toBe(204);
    expect((await host.get(`/numbers/${id}/partners`)).body).toEqual({ partners: [] });
  });

  it('deletes the number', async () => {
    const id = await verifyOne();
    const answer = await host.send('delete', `/numbers/${id}`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(host.sim.state().preverifiedNumbers).toEqual([]);
    expect((await host.get(`/numbers/${id}`)).body.number).toMatchObject({
      state: 'gone',
      goneAt: new Date(host.now()).toISOString(),
    });
    expect((await host.send('delete', `/numbers/${id}`)).body.code).toBe('number_gone');
  });
});

describe('a number of the pool, shown to staff', () => {
  it('comes with what was asked of Meta about it, the newest first, and never with a code', async () => {
    const id = await verifyOne();
    const { body, text } = await host.get(`/numbers/${id}`);
    expect(body.calls).toMatchObject([
      { kind: 'verify_code', who: 'Nadia', outcome: 'done' },
      { kind: 'request_code', who: 'Nadia', outcome: 'done', method: 'SMS' },
      { kind: 'add', who: 'Nadia', outcome: 'done' },
    ]);
    expect(text).not.toContain(host.codeFor(phoneNumber));
  });

  it('says that it lapsed, and since when', async () => {
    const id = await verifyOne();
    host.pass(91 * day);
    const { number } = (await host.get(`/numbers/${id}`)).body;
    expect(number).toMatchObject({ state: 'lapsed', daysLeft: -1 });
    expect(number.next).toBeUndefined();
  });

  it.each(['0190', 'x', '1e3', '12345678901234567890123', '%00', '-1', '..%2fclaims'])(
    'is not found by the id %s, whatever is asked of it',
    async (id) => {
      const answers = [
        await host.get(`/numbers/${id}`),
        await host.get(`/numbers/${id}/partners`),
        await host.send('delete', `/numbers/${id}`),
        await host.send('post', `/numbers/${id}/code`, { method: 'SMS' }),
        await host.send('post', `/numbers/${id}/verification`, { code: '123456' }),
        await host.send('put', `/numbers/${id}/partners/1`),
        await host.send('delete', `/numbers/${id}/partners/1`),
      ];
      for (const { status, body } of answers) expect([status, body.code]).toEqual([404, 'not_found']);
      expect(host.calls()).toEqual([]);
    },
  );
});

describe('many numbers at once', () => {
  it('are each answered for, in order, and one that is wrong keeps no other from being added', async () => {
    const phoneNumbers = ['+1 555 010 0001', 'hello', '+1 (555) 010-0001', '0049 30 1234567', '911'];
    const { status, body } = await host.send('post', '/numbers', { phoneNumbers });
    expect(status).toBe(200);
    const [first] = body.results;
    expect(body.results).toMatchObject([
      { given: '+1 555 010 0001', phoneNumber: '+15550100001', outcome: 'added' },
      { given: 'hello', outcome: 'invalid', reason: { code: 'invalid_number' } },
      { given: '+1 (555) 010-0001', phoneNumber: '+15550100001', outcome: 'known', id: first.id },
      { phoneNumber: '+49301234567', outcome: 'added' },
      { given: '911', outcome: 'invalid' },
    ]);
    expect(host.sim.state().preverifiedNumbers).toHaveLength(2);
  });

  it('may be of one country, without calling codes', async () => {
    const phoneNumbers = ['030 1234567', '+1 555 010 0001'];
    const { body } = await host.send('post', '/numbers', { phoneNumbers, country: 'DE' });
    expect(body.results).toMatchObject([{ phoneNumber: '+49301234567' }, { phoneNumber: '+15550100001' }]);
  });

  it.each([
    ['an empty list', { phoneNumbers: [] }],
    ['101 of them', { phoneNumbers: Array.from({ length: 101 }, () => '+15550100001') }],
    ['a text', { phoneNumbers: '+15550100001' }],
    ['one and many', { phoneNumber: '+15550100001', phoneNumbers: ['+15550100002'] }],
    ['a number of JSON', { phoneNumber: 15550100001 }],
    ['a country that is none', { phoneNumber: '+15550100001', country: 'ZZ' }],
    ['a country in small letters', { phoneNumber: '+15550100001', country: 'us' }],
    ['a field that does not exist', { phoneNumber: '+15550100001', note: 'x' }],
    ['nothing', {}],
  ])('are refused as %s, and Meta is not asked', async (_what, body) => {
    const answer = await host.send('post', '/numbers', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect(host.calls()).toEqual([]);
  });
});

describe('one number', () => {
  it('that is in the pool already is answered with 200, and Meta is not asked', async () => {
    const id = await addOne();
    host.calls();
    const answer = await host.send('post', '/numbers', { phoneNumber: '001 555 010 0777' });
    expect([answer.status, answer.body.number.id]).toEqual([200, id]);
    expect(host.calls()).toEqual([]);
  });

  it.each(['hello', '911', '+1 555 010 0001 ext 5', ''])(
    'written as %j is refused with a sentence before Meta is asked',
    async (phone) => {
      const answer = await host.send('post', '/numbers', { phoneNumber: phone });
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
      expect(answer.body.issues).toEqual([{ path: 'phoneNumber', message: answer.body.detail }]);
      expect(host.calls()).toEqual([]);
    },
  );

  it('that is taken elsewhere is refused with a sentence, and when Meta throttles with the time to come back', async () => {
    const error = { code: 100, message: 'Invalid parameter' };
    host.sim.setFaults([
      { match: { path: '/*/add_phone_numbers' }, fault: { kind: 'error', status: 400, error } },
      {
        match: { path: '/*/add_phone_numbers' },
        times: 'always',
        fault: { kind: 'throttled', code: 4, regainMinutes: 7 },
      },
    ]);
    const refused = await host.send('post', '/numbers', { phoneNumber: written });
    expect([refused.status, refused.body.code]).toEqual([422, 'refused_by_meta']);
    expect(refused.body.detail).toContain('on no WhatsApp account yet');
    const throttled = await host.send('post', '/numbers', { phoneNumber: '+1 555 010 0778' });
    expect([throttled.status, throttled.body.code]).toEqual([502, 'upstream_failed']);
    expect(Number(throttled.headers['retry-after'])).toBeGreaterThan(60);
  });
});

describe('the overview', () => {
  it('shows at a glance what needs a hand', async () => {
    host.sim.seedNumbers({ count: 3 });
    const [first] = host.sim.state().preverifiedNumbers;
    await host.send('post', '/numbers', { phoneNumber: written });
    await host.send('post', '/numbers/sync');
    const nextExpiryAt = new Date(host.now() + 90 * day).toISOString();
    const fresh = await host.get('/overview');
    expect(fresh.body).toEqual({
      numbers: { unverified: 1, free: 3, held: 0, claimed: 0, lapsed: 0, gone: 0 },
      nextExpiryAt,
      lapsing: { count: 0, first: [] },
      dropping: { count: 0, first: [] },
    });
    host.pass(76 * day + hour);
    const later = (await host.get('/overview')).body;
    expect(later).toMatchObject({
      numbers: { unverified: 1, free: 3 },
      nextExpiryAt,
      lapsing: { count: 3 },
      dropping: { count: 1, first: [{ phoneNumber, at: nextExpiryAt }] },
    });
    expect(later.lapsing.first[0]).toEqual({
      id: first?.id,
      phoneNumber: '+15550100001',
      displayPhoneNumber: '+1 555-010-0001',
      at: nextExpiryAt,
    });
    host.pass(15 * day);
    expect((await host.get('/overview')).body).toMatchObject({
      numbers: { lapsed: 3, unverified: 1 },
      lapsing: { count: 0 },
      dropping: { count: 1 },
    });
  });
});

describe('a page of another site', () => {
  it('can have no number deleted, shared or unshared with the log-in of staff', async () => {
    const id = await verifyOne();
    host.calls();
    for (const [method, path] of [
      ['delete', `/numbers/${id}`],
      ['put', `/numbers/${id}/partners/1`],
      ['delete', `/numbers/${id}/partners/1`],
    ] as const) {
      const crossSite = await host.send(method, path).set('Sec-Fetch-Site', 'cross-site');
      expect([path, crossSite.status, crossSite.body.code]).toEqual([path, 403, 'origin_not_allowed']);
      const bare = request(host.app);
      const address = `/operator${path}`;
      const form = await (method === 'put' ? bare.put(address) : bare.delete(address))
        .set('Content-Type', 'text/plain')
        .send('{}');
      expect([path, form.status, form.body.code]).toEqual([path, 415, 'unsupported_media_type']);
    }
    expect(host.calls()).toEqual([]);
  });
});

describe('neither answers nor the log', () => {
  it('hold a code or a token, whatever was done', async () => {
    const id = await addOne();
    await host.send('post', `/numbers/${id}/code`, { method: 'SMS' });
    const code = host.codeFor(phoneNumber);
    const wrong = code === '271828' ? '314159' : '271828';
    const error = {
      code: 136025,
      message: `Verify code error ${wrong}`,
      error_user_msg: `${wrong} is wrong`,
    };
    host.sim.setFaults([{ match: { path: '/*/verify_code' }, fault: { kind: 'error', status: 400, error } }]);
    await host.send('post', `/numbers/${id}/verification`, {
      code: `${wrong.slice(0, 3)} ${wrong.slice(3)}`,
    });
    await host.send('post', `/numbers/${id}/verification`, { code: `${code}x` });
    host.sim.setFaults([{ match: { path: '/*/verify_code' }, fault: { kind: 'lost' } }]);
    await host.send('post', `/numbers/${id}/verification`, { code });
    await host.get(`/numbers/${id}`);
    await host.send('delete', `/numbers/${id}`);
    const said = host.said.join('\n');
    expect(said).toContain('VERIFIED');
    for (const secret of [code, wrong, 'CANARY']) expect(said).not.toContain(secret);
    expect(said).not.toContain(`${code.slice(0, 3)}-${code.slice(3)}`);
  });
});
