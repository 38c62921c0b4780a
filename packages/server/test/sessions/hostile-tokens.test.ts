import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../support/host.ts';
import { coded, forgeFor, saidBy, type Forge } from './support/forge.ts';

const finish = { event: 'FINISH', data: { phone_number_id: '1', waba_id: '2' } };
const theirs = Buffer.from('a-key-that-somebody-else-has-made-up');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = String(rsa.publicKey.export({ type: 'spki', format: 'pem' }));

function signedByRsa(forge: Forge): string {
  const header = { ...forge.header, alg: 'RS256', jwk: rsa.publicKey.export({ format: 'jwk' }) };
  const text = `${coded(JSON.stringify(header))}.${coded(JSON.stringify(forge.claims))}`;
  return `${text}.${sign('sha256', Buffer.from(text), rsa.privateKey).toString('base64url')}`;
}

function unsigned(forge: Forge, alg: string): string {
  return `${coded(JSON.stringify({ ...forge.header, alg }))}.${coded(JSON.stringify(forge.claims))}.`;
}

/** The text of a JSON object in which one key stands twice. */
function twice(object: object, key: string, value: unknown): string {
  return JSON.stringify(object).replace('{', `{${JSON.stringify(key)}:${JSON.stringify(value)},`);
}

const without = (claim: string) => (forge: Forge) => forge.token({ claims: { [claim]: undefined } });
const claiming = (claims: object) => (forge: Forge) => forge.token({ claims: { ...claims } });
const headed = (header: object) => (forge: Forge) => forge.token({ header: { ...header } });
/** A header that wants another key looked up, signed with that key. */
const luring = (header: object) => (forge: Forge) => forge.token({ header: { ...header }, key: theirs });

/** Where nothing else is said, the token is signed with the server's own key: only what is named is wrong with it. */
const battery: [name: string, make: (forge: Forge) => string][] = [
  ...['none', 'None', 'NONE', 'nOnE'].map((alg): [string, (forge: Forge) => string] => [
    `alg ${alg}, unsigned`,
    (forge) => unsigned(forge, alg),
  ]),
  ['alg none, signed', headed({ alg: 'none' })],
  ['no alg', headed({ alg: undefined })],
  ['alg as a list', headed({ alg: ['HS256'] })],
  ['alg in small letters', headed({ alg: 'hs256' })],
  ['HS384', (forge) => forge.token({ header: { alg: 'HS384' }, hash: 'sha384' })],
  ['HS512', (forge) => forge.token({ header: { alg: 'HS512' }, hash: 'sha512' })],
  ['RS256, with its key inside', signedByRsa],
  ['HS256 by a public key', (forge) => forge.token({ key: Buffer.from(publicPem) })],
  ['RS256 by name, HS256 in fact', headed({ alg: 'RS256' })],
  ['a jwk', luring({ jwk: { kty: 'oct', k: theirs.toString('base64url') } })],
  ['a jku', luring({ jku: 'https://evil.example/keys' })],
  ['an x5u', luring({ x5u: 'https://evil.example/cert' })],
  ['an x5c', luring({ x5c: ['AAAA'] })],
  ['an empty key', (forge) => forge.token({ key: new Uint8Array() })],
  ['a kid that climbs', (forge) => forge.token({ header: { kid: '../../dev/null' }, key: new Uint8Array() })],
  ['a kid with SQL', luring({ kid: "x' union select 'a-key-that-somebody-else-has-made-up' --" })],
  ['a kid in a list', (forge) => forge.token({ header: { kid: [forge.kid] } })],
  ['a kid as an object', headed({ kid: { $ne: '' } })],
  ['a kid of every object', luring({ kid: '__proto__' })],
  ['a kid of another server', headed({ kid: 'AAAAAAAAAAAA' })],
  ['no kid', headed({ kid: undefined })],
  ['a kid of 5,000 letters', headed({ kid: 'A'.repeat(5_000) })],
  ['crit that is unknown', headed({ crit: ['exp'], exp: 1 })],
  ['crit that is empty', headed({ crit: [] })],
  ['crit b64', headed({ crit: ['b64'], b64: false })],
  ['alg twice', (forge) => forge.signed(twice(forge.header, 'alg', 'none'), JSON.stringify(forge.claims))],
  ['jti twice', (forge) => forge.signed(JSON.stringify(forge.header), twice(forge.claims, 'jti', 'x'))],
  ['sub twice', (forge) => forge.signed(JSON.stringify(forge.header), twice(forge.claims, 'sub', 'x'))],
  ...['exp', 'aud', 'jti', 'lx', 'iat', 'sub', 'iss'].map((claim): [string, (forge: Forge) => string] => [
    `no ${claim}`,
    without(claim),
  ]),
  ['no typ', headed({ typ: undefined })],
  ['typ JWT, as a log-in has', headed({ typ: 'JWT' })],
  ['typ of a refresh token', headed({ typ: 'rt+jwt' })],
  ['exp as a text', (forge) => forge.token({ claims: { exp: String(forge.claims['exp']) } })],
  ['exp as null', claiming({ exp: null })],
  [
    'exp without end',
    (forge) => {
      const claims = JSON.stringify({ ...forge.claims, exp: 0 }).replace('"exp":0', '"exp":1e999');
      return forge.signed(JSON.stringify(forge.header), claims);
    },
  ],
  ['exp within a second', (forge) => forge.token({ claims: { exp: Number(forge.claims['exp']) + 0.5 } })],
  ['iat as a text', claiming({ iat: '1' })],
  ['lx as a text', claiming({ lx: '1' })],
  ['fo as a text', claiming({ fo: '1' })],
  ['nbf to come', (forge) => forge.token({ claims: { nbf: Number(forge.claims['iat']) + 60 } })],
  ['aud of another app', claiming({ aud: '999' })],
  ['aud of ours and others', (forge) => forge.token({ claims: { aud: [forge.claims['aud'], '999'] } })],
  ['iss of somebody else', claiming({ iss: 'https://evil.example' })],
  ['jti as a number', claiming({ jti: 1 })],
  ['jti as a list', claiming({ jti: ['a', 'b'] })],
  ['jti empty', claiming({ jti: '' })],
  ['sub as an object', claiming({ sub: { id: 'ada' } })],
  ['sub empty', claiming({ sub: '' })],
  ['claims as a list', (forge) => forge.signed(JSON.stringify(forge.header), '[]')],
  ['claims as no JSON', (forge) => forge.signed(JSON.stringify(forge.header), '{"jti":')],
  ['claims with blanks', (f) => f.signed(JSON.stringify(f.header), JSON.stringify(f.claims, undefined, 1))],
  ['a key for data', (forge) => forge.token({ key: forgeFor('', 'data').key })],
  ['a header alone', (forge) => forge.token().split('.')[0] ?? ''],
  ['two parts', (forge) => forge.token().split('.').slice(0, 2).join('.')],
  ['four parts', (forge) => `${forge.token()}.`],
  ['five parts', (forge) => `${forge.token()}.AAAA.AAAA`],
  ['its last letter gone', (forge) => forge.token().slice(0, -1)],
  ['half of it', (forge) => forge.token().slice(0, 150)],
];

describe('a token with', () => {
  let host: TestHost;
  let forge: Forge;
  beforeAll(async () => {
    host = await startHost();
    forge = forgeFor(host.sim.appId);
  });
  afterAll(() => host.close());

  const as = (token: string) => ({
    claim: () =>
      request(host.app).post('/signup/claims').set('Authorization', `Bearer ${token}`).send(finish),
    event: () =>
      request(host.app)
        .post('/signup/session-events')
        .set('X-Signup-Session', token)
        .send({ event: 'CANCEL' }),
    look: () =>
      request(host.app)
        .get('/signup/claims/01990000-0000-7000-8000-000000000001')
        .set('Authorization', `Bearer ${token}`),
    renew: () =>
      request(host.app)
        .post('/signup/sessions')
        .set('x-customer', 'lucky-shrub')
        .set('Authorization', `Bearer ${token}`)
        .send({}),
  });

  /** Every road in says the same, nothing is kept, and no session goes on under that id. */
  async function expectRefused(token: string, code: string) {
    for (const way of ['claim', 'event', 'look'] as const) {
      const answer = await as(token)[way]();
      expect([way, answer.status, answer.body.code]).toEqual([way, 401, code]);
      expect(answer.text).not.toContain(token);
    }
    const fresh = await as(token).renew();
    expect(fresh.status).toBe(201);
    expect(saidBy(fresh.body.session)['jti']).not.toBe(forge.claims['jti']);
    expect((await host.signup.claims.list({ limit: 10 })).items).toEqual([]);
  }

  it.each(battery)('%s is refused', (_name, make) => expectRefused(make(forge), 'session_invalid'));

  it('exp in the past is refused as one that is over', async () => {
    await expectRefused(forge.token({ claims: { exp: Number(forge.claims['iat']) } }), 'session_expired');
  });

  it.each([
    ['1 MB in its kid', (made: Forge) => made.token({ header: { kid: 'A'.repeat(1024 * 1024) } })],
    ['8 MB in its customer', (made: Forge) => made.token({ claims: { sub: 'A'.repeat(6 * 1024 * 1024) } })],
  ])('%s is refused by Node, and by the kit where the host lets Node read it', async (_name, make) => {
    const token = make(forge);
    expect(await statusOf(token, {})).toMatchObject({ status: 431 });
    const patient = await statusOf(token, { maxHeaderSize: 16 * 1024 * 1024 });
    expect(patient).toMatchObject({ status: 401, code: 'session_invalid' });
    expect((await host.signup.claims.list({ limit: 10 })).items).toEqual([]);
  });

  it('nothing wrong is taken, so that the others were refused for what is named', async () => {
    const token = forge.token();
    expect((await as(token).event()).status).toBe(204);
    expect((await as(token).look()).status).toBe(404);
    expect(saidBy((await as(token).renew()).body.session)['jti']).toBe(forge.claims['jti']);
    expect((await as(token).claim()).status).toBe(202);
  });

  it('is one of 60 and more', () => {
    expect(new Set(battery.map(([name]) => name)).size).toBe(battery.length);
    expect(battery.length).toBeGreaterThanOrEqual(60);
  });

  /** A real server and a real client, since a header of that size is not for supertest. */
  async function statusOf(token: string, limits: { maxHeaderSize?: number }) {
    const server = createServer(limits, host.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // a TCP port was asked for
    try {
      const call = send({ port, method: 'POST', path: '/signup/claims', host: '127.0.0.1' });
      call.setHeader('Authorization', `Bearer ${token}`);
      call.setHeader('Content-Type', 'application/json');
      // A server that has answered already closes the line while the rest is still on its way.
      call.on('error', () => undefined);
      call.end(JSON.stringify(finish));
      const [answer] = (await once(call, 'response')) as [IncomingMessage]; // Node's own event
      let text = '';
      for await (const chunk of answer) text += String(chunk);
      const said: unknown = text === '' ? {} : JSON.parse(text);
      return { status: answer.statusCode, ...(typeof said === 'object' ? said : {}) };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
});
