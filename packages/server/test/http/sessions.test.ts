import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../support/host.ts';

let host: TestHost;
afterEach(() => host.close());

describe('POST /sessions', () => {
  it('answers with everything that the page needs, the held number inside the extras', async () => {
    host = await startHost({ launch: { extras: { featureType: '' } } });
    const opened = await host.open('lucky-shrub');
    const [number] = opened.numbers;
    expect(opened.version).toBe(1);
    expect(new Date(opened.expiresAt).getTime()).toBe(Date.UTC(2026, 0, 1, 1));
    expect(opened.launch).toEqual({
      appId: host.sim.appId,
      configId: host.sim.configId,
      graphVersion: 'v26.0',
      sdkUrl: `${host.sim.url}/en_US/sdk.js`,
      dialogOrigins: [host.sim.url],
      extras: { featureType: '', setup: { preVerifiedPhone: { ids: [number?.id] } } },
    });
    expect(number?.phoneNumber).toMatch(/^\+\d+$/);
    expect(opened.claims).toEqual([]);
  });

  it('gives the same number again after a reload, and renews under the same id', async () => {
    host = await startHost();
    const first = await host.open('lucky-shrub');
    host.pass(50 * 60_000);
    const renewed = await request(host.app)
      .post('/signup/sessions')
      .set('x-customer', 'lucky-shrub')
      .set('Authorization', `Bearer ${first.session}`)
      .send({});
    expect(renewed.status).toBe(201);
    expect(renewed.body.numbers).toEqual(first.numbers);
    expect(renewed.body.expiresAt > first.expiresAt).toBe(true);
    expect(jti(renewed.body.session)).toBe(jti(first.session));
    expect(jti((await host.open('lucky-shrub')).session)).not.toBe(jti(first.session));
  });

  it('does not renew somebody else’s session, but opens a new one', async () => {
    host = await startHost();
    const theirs = await host.open('lucky-shrub');
    const mine = await request(host.app)
      .post('/signup/sessions')
      .set('x-customer', 'wind-and-wool')
      .set('Authorization', `Bearer ${theirs.session}`)
      .send({});
    expect(mine.status).toBe(201);
    expect(jti(mine.body.session)).not.toBe(jti(theirs.session));
    expect(mine.body.numbers[0].id).not.toBe(theirs.numbers[0]?.id);
  });

  it('launches without preVerifiedPhone when the pool is empty, whatever the host configured', async () => {
    const extras = { setup: { preVerifiedPhone: { ids: ['1'] }, business: { name: 'x' } } };
    host = await startHost({ numbers: 1, launch: { extras } });
    await host.open('lucky-shrub');
    const second = await host.open('wind-and-wool');
    expect(second.numbers).toEqual([]);
    expect(second.launch.extras).toEqual({ setup: { business: { name: 'x' } } });
  });

  it('merges prefill from the host, from the customer and from the page, the page last', async () => {
    host = await startHost({
      launch: { extras: { setup: { business: { name: 'from the host', website: 'https://host.example' } } } },
      customer: () => ({
        id: 'lucky-shrub',
        prefill: { business: { name: 'from the customer', email: 'ada@lucky.example' } },
        solutionId: '42',
        configId: '777',
      }),
    });
    const { launch, numbers } = await host.open('x', { prefill: { business: { name: 'from the page' } } });
    expect(launch.configId).toBe('777');
    expect(launch.extras).toEqual({
      setup: {
        business: { name: 'from the page', website: 'https://host.example', email: 'ada@lucky.example' },
        solutionID: '42',
        preVerifiedPhone: { ids: [numbers[0]?.id] },
      },
    });
  });

  it('tells of the customer’s open claims', async () => {
    host = await startHost();
    const opened = await host.open('lucky-shrub');
    await request(host.app)
      .post('/signup/claims')
      .set('Authorization', `Bearer ${opened.session}`)
      .send({ event: 'FINISH', data: { waba_id: '1' } });
    const again = await host.open('lucky-shrub');
    expect(again.claims).toMatchObject([{ status: 'received' }]);
    expect((await host.open('wind-and-wool')).claims).toEqual([]);
  });
});

describe('POST /session-events', () => {
  it('frees the held number ten minutes after CANCEL, not at once', async () => {
    host = await startHost({ numbers: 1 });
    const { session } = await host.open('lucky-shrub');
    const cancel = await request(host.app)
      .post('/signup/session-events')
      .set('Authorization', `Bearer ${session}`)
      .send({ event: 'CANCEL', data: { current_step: 'PHONE_NUMBER_SETUP' } });
    expect(cancel.status).toBe(204);
    host.pass(9 * 60_000);
    expect((await host.open('wind-and-wool')).numbers).toHaveLength(0);
    host.pass(60_000);
    expect((await host.open('wind-and-wool')).numbers).toHaveLength(1);
  });
});

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    request(host.app)
      .options('/signup/sessions')
      .set('Origin', origin)
      .set('Access-Control-Request-Method', 'POST');

  it('may call when they are allowed, with credentials, and are named exactly', async () => {
    host = await startHost({ allowedOrigins: ['https://bsp.example'] });
    const answer = await preflight('https://bsp.example');
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://bsp.example',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'Retry-After',
      vary: 'Origin',
    });
  });

  it.each([
    'https://bsp.example.evil.example',
    'https://evilbsp.example',
    'http://bsp.example',
    'https://bsp.example:444',
    'https://BSP.example.',
    'null',
    '*',
  ])('get nothing as %s', async (origin) => {
    host = await startHost({ allowedOrigins: ['https://bsp.example'] });
    const answer = await preflight(origin);
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['vary']).toContain('Origin');
  });
});

describe('health', () => {
  it('says that the process lives and that it may be given requests', async () => {
    host = await startHost();
    expect((await request(host.app).get('/signup/healthz')).status).toBe(200);
    expect((await request(host.app).get('/signup/readyz')).body).toEqual({ status: 'ready' });
  });
});

function jti(token: string): unknown {
  const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return typeof payload === 'object' && payload !== null && 'jti' in payload ? payload.jti : undefined;
}
