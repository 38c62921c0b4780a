import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/config/secret.ts';
import { signEvent } from '../../src/host-events/sign-event.ts';

// From the documentation of Standard Webhooks' own libraries.
const published = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: 1_614_265_330_000,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const { id, at, body } = published;
const plain = 'a text of the host’s own, ünd not ASCII';

const sign = (...secrets: string[]) =>
  signEvent(secrets.map((one) => new Secret(one)))({ id, at, body })['webhook-signature'];

describe('signing an event', () => {
  it('gives the signature that Standard Webhooks publishes', () => {
    expect(signEvent([new Secret(published.secret)])({ id, at, body })).toEqual({
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': published.signature,
    });
  });

  it('counts the time in whole seconds, and never in the future', () => {
    const headers = signEvent([new Secret(published.secret)])({ id, at: at + 999, body });
    expect(headers['webhook-timestamp']).toBe('1614265330');
  });

  it('takes a secret without whsec_ as the bytes of its text', () => {
    const expected = createHmac('sha256', Buffer.from(plain, 'utf8'))
      .update(`${id}.1614265330.${body}`)
      .digest('base64');
    expect(sign(plain)).toBe(`v1,${expected}`);
    expect(sign('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).not.toBe(published.signature);
  });

  it('signs with each of several secrets, the current one first', () => {
    expect(sign(published.secret, plain)).toBe(`${published.signature} ${sign(plain)}`);
    expect(sign(plain, published.secret)).toBe(`${sign(plain)} ${published.signature}`);
  });

  it.each([
    ['id', { id: `${id}x`, at, body }],
    ['time', { id, at: at + 1_000, body }],
    ['body', { id, at, body: `${body} ` }],
  ])('depends on the %s', (_what, content) => {
    expect(signEvent([new Secret(published.secret)])(content)['webhook-signature']).not.toBe(
      published.signature,
    );
  });

  it('signs the bytes of the body, not a reading of them', () => {
    const text = '{"name":"Zoë 🌱"}';
    const expected = createHmac('sha256', Buffer.from(published.secret.slice(6), 'base64'))
      .update(Buffer.concat([Buffer.from(`${id}.1614265330.`), Buffer.from(text, 'utf8')]))
      .digest('base64');
    const headers = signEvent([new Secret(published.secret)])({ id, at, body: text });
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
  });

  it.each([
    'whsec_',
    'whsec_not base64, but long enough for a key',
    `whsec_${'a'.repeat(31)}`,
    'whsec_A-_A'.repeat(6),
  ])('refuses %s without repeating it: the two sides would read different keys', (secret) => {
    const refused = () => sign(secret);
    expect(refused).toThrow(TypeError);
    expect(refused).toThrow(/whsec_\$\(openssl rand -base64 32\)/);
    if (secret !== 'whsec_') expect(refused).not.toThrow(secret);
  });
});
