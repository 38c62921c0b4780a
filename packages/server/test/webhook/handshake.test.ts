import { once } from 'node:events';
import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { startHost } from '../support/host.ts';
import { startIntake, us, type Intake } from './support/intake.ts';

let intake: Intake;
beforeEach(() => {
  intake = startIntake();
});

const shake = (query: string | Record<string, string>, { app } = intake) =>
  request(app).get(`/signup/webhook?${new URLSearchParams(query).toString()}`);
const metas = {
  'hub.mode': 'subscribe',
  'hub.challenge': '1158201444',
  'hub.verify_token': us.verifyToken,
};

describe('Meta’s handshake', () => {
  it('is answered by the challenge and nothing else', async () => {
    const { status, text, headers } = await shake(metas);
    expect([status, text]).toEqual([200, '1158201444']);
    expect(headers['content-type']).toMatch(/^text\/plain(;|$)/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('is answered as text whatever the challenge is', async () => {
    const challenge = '<script>alert("é")</script>';
    const { text, headers } = await shake({ ...metas, 'hub.challenge': challenge });
    expect(text).toBe(challenge);
    expect(headers['content-type']).toMatch(/^text\/plain(;|$)/);
  });

  it('takes a token of any characters', async () => {
    const verifyToken = 'a token+with %41 & é=?';
    const odd = startIntake({ verifyToken });
    expect((await shake({ ...metas, 'hub.verify_token': verifyToken }, odd)).status).toBe(200);
  });

  it.each<[string, string | Record<string, string>]>([
    ['nothing', ''],
    ['another token', { ...metas, 'hub.verify_token': 'CANARY-guess' }],
    ['an empty token', { ...metas, 'hub.verify_token': '' }],
    ['a part of the token', { ...metas, 'hub.verify_token': us.verifyToken.slice(0, -1) }],
    ['more than the token', { ...metas, 'hub.verify_token': `${us.verifyToken}x` }],
    ['the token in other letters', { ...metas, 'hub.verify_token': us.verifyToken.toLowerCase() }],
    ['what prints as a secret', { ...metas, 'hub.verify_token': '[secret]' }],
    ['100,000 letters as the token', { ...metas, 'hub.verify_token': 'x'.repeat(10_000) }],
    ['another mode', { ...metas, 'hub.mode': 'unsubscribe' }],
    ['no mode', { 'hub.challenge': '1', 'hub.verify_token': us.verifyToken }],
    ['no challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': us.verifyToken }],
    ['two tokens', `${new URLSearchParams(metas)}&hub.verify_token=x`],
    ['the token twice', `${new URLSearchParams(metas)}&hub.verify_token=${us.verifyToken}`],
    ['two modes', `${new URLSearchParams(metas)}&hub.mode=subscribe`],
    ['two challenges', `${new URLSearchParams(metas)}&hub.challenge=2`],
    ['lists', `hub.mode[]=subscribe&hub.challenge[]=1&hub.verify_token[]=${us.verifyToken}`],
    ['objects', `hub[mode]=subscribe&hub[challenge]=1&hub[verify_token]=${us.verifyToken}`],
    [
      'an object as the challenge',
      `${new URLSearchParams({ ...metas, 'hub.challenge': '' })}`.replace(
        'hub.challenge=',
        'hub.challenge[a]=1',
      ),
    ],
    ['other words', `mode=subscribe&challenge=1&verify_token=${us.verifyToken}`],
  ])('with %s is refused with a sentence', async (_name, query) => {
    const { status, body, headers, text } = await shake(query);
    expect([status, body.code]).toEqual([403, 'handshake_refused']);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body.detail).toMatch(/verify token .* meta\.webhookVerifyToken/);
    expect(text + JSON.stringify(intake.log)).not.toContain('CANARY');
  });

  it('says in the log which option is missing, once Meta asks', async () => {
    const without = startIntake({ verifyToken: undefined });
    expect((await shake(metas, without)).status).toBe(403);
    const warnings = without.log.filter(({ level }) => level === 'warn');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.message).toContain('meta.webhookVerifyToken (META_WEBHOOK_VERIFY_TOKEN) is not set');
    expect((await shake({ ...metas, 'hub.verify_token': '' }, without)).status).toBe(403);
    expect((await shake({ ...metas, 'hub.verify_token': 'undefined' }, without)).status).toBe(403);
    expect(JSON.stringify(without.log)).not.toContain('CANARY');
  });

  it.each(['put', 'patch', 'delete'] as const)('has no other method: %s', async (method) => {
    expect((await request(intake.app)[method]('/signup/webhook')).status).toBe(404);
  });
});

describe('a host', () => {
  it('is subscribed by the simulator’s handshake, whatever reads its queries', async () => {
    const host = await startHost({ numbers: 0 });
    for (const parser of ['simple', 'extended', false]) {
      host.app.set('query parser', parser);
      const server = host.app.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      await host.sim.setWebhook({
        url: `http://127.0.0.1:${port}/signup/webhook`,
        verifyToken: host.sim.webhookVerifyToken,
      });
      host.sim.removeWebhook();
      server.close();
      await once(server, 'close');
    }
    await host.close();
  });

  it('may be called by Meta without the customers’ rules: from any origin, without a login', async () => {
    const host = await startHost({ numbers: 0 });
    const { status, body, headers } = await request(host.app)
      .post('/signup/webhook')
      .set('Origin', 'https://evil.example')
      .set('Sec-Fetch-Site', 'cross-site')
      .send({});
    expect([status, body.code]).toEqual([401, 'signature_invalid']);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    await host.close();
  });
});
