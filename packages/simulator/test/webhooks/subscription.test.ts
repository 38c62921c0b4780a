import { describe, expect, test } from 'vitest';
import { WebhookHandshakeError } from '../../src/index.ts';
import { callback, challengeIn, control, deliveredTo, subscribed } from '../support/callback.ts';
import { at } from '../support/graph-client.ts';
import { onboarded, playground } from '../support/playground.ts';

test('a callback that knows its verify token is subscribed after a handshake', async () => {
  const simulator = await playground();
  const app = await callback((url) =>
    url.searchParams.get('hub.verify_token') === 'open sesame' ? challengeIn(url) : { status: 403, body: '' },
  );
  const url = `${app.url}?tenant=7`;
  const answer = await control(simulator, 'PUT /webhook', { url, verifyToken: 'open sesame' });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ url, version: 'v26.0' });
  expect(JSON.stringify(answer.body)).not.toContain('sesame');
  expect(app.received).toHaveLength(1);
  const [{ method, url: asked } = { method: '', url: new URL('x:') }] = app.received;
  expect(method).toBe('GET');
  expect(Object.fromEntries(asked.searchParams)).toEqual({
    tenant: '7',
    'hub.mode': 'subscribe',
    'hub.challenge': expect.stringMatching(/^\d+$/),
    'hub.verify_token': 'open sesame',
  });
});

test('without a verify token, the one of the simulator’s options is used', async () => {
  const simulator = await playground();
  const app = await callback();
  await simulator.setWebhook({ url: app.url });
  expect(app.received[0]?.url.searchParams.get('hub.verify_token')).toBe(simulator.webhookVerifyToken);
});

describe('a callback is refused, and the one before stays,', () => {
  test.each([
    ['answers 403', () => ({ status: 403, body: '' }), /403/],
    ['answers 201', (url: URL) => ({ ...challengeIn(url), status: 201 }), /201/],
    ['sends somewhere else', () => ({ status: 302, body: '' }), /302/],
    ['answers with something else', () => ({ status: 200, body: 'ok' }), /hub\.challenge/],
    [
      'answers with JSON',
      (url: URL) => ({ status: 200, body: JSON.stringify(challengeIn(url).body) }),
      /raw|nothing else/,
    ],
  ])('when it %s', async (_what, handshake, reason) => {
    const simulator = await playground();
    const before = await subscribed(simulator);
    const app = await callback(handshake);
    const refused = simulator.setWebhook({ url: app.url });
    await expect(refused).rejects.toThrow(WebhookHandshakeError);
    await expect(refused).rejects.toThrow(reason);
    const answer = await control(simulator, 'PUT /webhook', { url: app.url });
    expect(answer.status).toBe(409);
    expect(at(answer.body, 'error')).toMatch(reason);
    expect(simulator.webhook().url).toBe(before.url);
  });

  test('when nobody listens there', async () => {
    const simulator = await playground();
    const app = await callback();
    await app.close();
    await expect(simulator.setWebhook({ url: app.url })).rejects.toThrow(/did not answer/);
    expect(simulator.webhook().url).toBeUndefined();
  });

  test.each([
    { url: 'ftp://127.0.0.1/hook' },
    { url: 'hook' },
    { url: 'http://me:secret@127.0.0.1/' },
    { url: 'http://127.0.0.1:1/', version: 'v99.0' },
    { url: 'http://127.0.0.1:1/', fields: 'messages' },
    { url: 'http://127.0.0.1:1/', handshake: 'no' },
    { url: 'http://127.0.0.1:1/', secret: 'x' },
    {},
  ])('when it is described as %o', async (body) => {
    const simulator = await playground();
    const answer = await control(simulator, 'PUT /webhook', body);
    expect(answer.status).toBe(400);
    expect(at(answer.body, 'error')).toEqual(expect.any(String));
    expect((await control(simulator, 'GET /webhook')).body).not.toHaveProperty('url');
  });
});

test('the handshake can be left out', async () => {
  const simulator = await playground();
  const app = await callback();
  await simulator.setWebhook({ url: app.url, handshake: false });
  expect(app.received).toEqual([]);
  expect(simulator.webhook().url).toBe(app.url);
});

test('only the fields that are ticked are sent', async () => {
  const simulator = await playground();
  const app = await subscribed(simulator, ['account_update']);
  await onboarded(simulator);
  const bodies = await deliveredTo(simulator, app);
  expect(bodies).toHaveLength(1);
  expect(at(bodies, 0, 'entry', 0, 'changes', 0, 'field')).toBe('account_update');
});

test('without a subscription nothing is kept for later', async () => {
  const simulator = await playground();
  await onboarded(simulator);
  const app = await subscribed(simulator);
  expect(await deliveredTo(simulator, app)).toEqual([]);
  const [event] = simulator.emit({ kind: 'raw', field: 'messages', entryId: '1', value: {} });
  expect(event?.url).toBe(app.url);
  await control(simulator, 'DELETE /webhook');
  expect(await simulator.deliver()).toEqual([]);
  expect(app.events()).toEqual([]);
  const [unheard] = simulator.emit({ kind: 'raw', field: 'messages', entryId: '1', value: {} });
  expect(unheard).toMatchObject({ url: undefined, reason: 'No webhook is set up.' });
});

test('a reset ends the subscription', async () => {
  const simulator = await playground();
  const app = await subscribed(simulator);
  await onboarded(simulator);
  simulator.reset();
  expect(await simulator.deliver()).toEqual([]);
  expect(simulator.webhook()).toMatchObject({ url: undefined, delivery: { auto: true } });
  expect(app.events()).toEqual([]);
});

test('what still waits follows the app to a new callback', async () => {
  const simulator = await playground();
  const before = await subscribed(simulator);
  before.behave(500);
  await onboarded(simulator);
  await simulator.deliver();
  simulator.emit({ kind: 'raw', field: 'messages', entryId: '1', value: {} });
  const after = await subscribed(simulator);
  expect(await deliveredTo(simulator, after)).toHaveLength(3);
  expect(before.events()).toHaveLength(2);
});
