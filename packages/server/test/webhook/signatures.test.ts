import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { envelope, partnerAdded, signatureOf, startIntake, us } from './support/intake.ts';
import { head, sendRaw, serve, type CountedServer } from './support/raw-request.ts';

const intake = startIntake();
beforeEach(() => {
  intake.recorded.length = 0;
  intake.log.length = 0;
});
const body = JSON.stringify(envelope('account_update', partnerAdded()));
const good = signatureOf(body);
const hex = good.slice('sha256='.length);

const post = (signature: string | undefined, bytes: string | Buffer = body, { app } = intake) => {
  const call = request(app).post('/signup/webhook').set('Content-Type', 'application/json');
  if (signature !== undefined) void call.set('X-Hub-Signature-256', signature);
  // As it is: supertest would write an object or a Buffer anew.
  // supertest's types want a text; bytes go out as they are.
  return call.serialize((sent) => sent as unknown as string).send(bytes);
};

async function expectRefused(answer: Promise<request.Response> | request.Test) {
  const { status, body: problem, headers, text } = await answer;
  expect([status, problem.code]).toEqual([401, 'signature_invalid']);
  expect(headers['content-type']).toContain('application/problem+json');
  expect(intake.recorded).toEqual([]);
  expect(text + JSON.stringify(intake.log)).not.toMatch(/CANARY|102290129340398/);
}

describe('a webhook', () => {
  it('that Meta signed is taken', async () => {
    expect(good).toMatch(/^sha256=[0-9a-f]{64}$/);
    const { status, text } = await post(good);
    expect([status, text]).toEqual([200, '']);
    expect(intake.recorded).toHaveLength(1);
  });

  it('is taken with capital digits as well: hexadecimal is the same in both', async () => {
    expect((await post(`sha256=${hex.toUpperCase()}`)).status).toBe(200);
  });

  it.each([
    ['no signature', undefined],
    ['an empty one', ''],
    ['a prefix alone', 'sha256='],
    ['63 digits', `sha256=${hex.slice(1)}`],
    ['65 digits', `${good}0`],
    ['letters beyond f', `sha256=${'g'.repeat(64)}`],
    ['SHA-1', `sha1=${hex.slice(0, 40)}`],
    ['the digest under the name of another hash', `sha1=${hex}`],
    ['no prefix', hex],
    ['a prefix in capitals', `SHA256=${hex}`],
    ['base64', `sha256=${Buffer.from(hex, 'hex').toString('base64')}`],
    ['a blank inside', `sha256= ${hex}`],
    ['two signatures in one', `${good}, ${good}`],
    ['a list', `${good},${signatureOf('x')}`],
    ['a full-width digit', `sha256=${hex.slice(1)}\u00ef\u00bc\u0091`],
    ['zeros', `sha256=${'0'.repeat(64)}`],
    ['the signature of another body', signatureOf(`${body} `)],
    ['a signature by another secret', signatureOf(body, 'another')],
    ['a signature by an empty secret', signatureOf(body, '\0')],
    ['one digit changed at the end', `${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}`],
    ['one digit changed at the start', `sha256=${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`],
  ])('with %s is refused', async (_name, signature) => {
    await expectRefused(post(signature));
  });

  it.each([
    ['a byte more', `${body} `],
    ['a byte less', body.slice(0, -1)],
    ['another letter', body.replace('PARTNER_ADDED', 'PARTNER_ADDEd')],
    ['nothing', ''],
  ])('with %s than was signed is refused', async (_name, altered) => {
    await expectRefused(post(good, altered));
  });

  it('is compared by its bytes: what becomes the same text is not the same', async () => {
    const [before = '', after = ''] = JSON.stringify(envelope('x', { text: '|' })).split('|');
    const around = (middle: Buffer) => Buffer.concat([Buffer.from(before), middle, Buffer.from(after)]);
    const broken = around(Buffer.from([0xff]));
    const replaced = around(Buffer.from('\uFFFD'));
    expect(broken.toString('utf8')).toBe(replaced.toString('utf8'));
    await expectRefused(post(signatureOf(replaced), broken));
    await expectRefused(post(signatureOf(broken), replaced));
    expect((await post(signatureOf(replaced), replaced)).status).toBe(200);
  });

  it.each([
    ['escaped', '{"a":"\\u00e9"}', '{"a":"\u00e9"}'],
    ['in another form of Unicode', '{"a":"\u00e9"}', '{"a":"e\u0301"}'],
    ['behind a byte order mark', '{"a":1}', '\uFEFF{"a":1}'],
    ['with other white space', '{"a":1}', '{ "a": 1 }'],
    ['with other line ends', '{"a":1\n}', '{"a":1\r\n}'],
  ])('that says the same, %s, is another one', async (_name, one, other) => {
    expect((await post(signatureOf(one), one)).status).toBe(200);
    await expectRefused(post(signatureOf(one), other));
    await expectRefused(post(signatureOf(other), one));
  });
});

describe('a signature in the head of a request', () => {
  let server: CountedServer;
  beforeEach(async () => {
    server = await serve(intake.app);
  });
  afterEach(() => server.close());
  const send = (...signatures: string[]) =>
    sendRaw(server.port, [
      head('POST', '/signup/webhook', [
        ['Content-Type', 'application/json'],
        ['Content-Length', String(Buffer.byteLength(body))],
        ['Connection', 'close'],
        ...signatures.map((value): [string, string] => ['x-hub-SIGNATURE-256', value]),
      ]),
      body,
    ]);

  it('may have blanks around it, which are HTTP’s and not its own', async () => {
    expect((await send(`  \t${good} \t`)).status).toBe(200);
  });

  it.each([
    ['twice the same', [good, good]],
    ['a wrong one before', [signatureOf('x'), good]],
    ['a wrong one behind', [good, signatureOf('x')]],
    ['an empty one before', ['', good]],
  ])('must be there once: %s', async (_name, signatures) => {
    expect((await send(...signatures)).status).toBe(401);
    expect(intake.recorded).toEqual([]);
  });
});

describe('while the app’s secret is rotated', () => {
  const rotating = startIntake({ appSecrets: ['the-new-one', us.appSecret] });

  it.each([
    ['the current one', 'the-new-one', 200],
    ['the one before', us.appSecret, 200],
    ['one that was taken away', 'the-one-before-that', 401],
    ['both in one text', `the-new-one,${us.appSecret}`, 401],
  ])('a signature by %s: %s', async (_name, secret, status) => {
    expect((await post(signatureOf(body, secret), body, rotating)).status).toBe(status);
  });
});

describe('receiveWebhook', () => {
  const bytes = Buffer.from(body);

  it.each([
    ['Node’s headers', { 'x-hub-signature-256': good }],
    ['headers as they were written', { 'X-Hub-Signature-256': good }],
    ['fetch’s headers', new Headers({ 'X-Hub-Signature-256': good })],
    ['a map', new Map([['x-hub-signature-256', good]]) as unknown as Headers], // has `get`, as headers do
  ])('takes %s', async (_name, headers) => {
    await intake.receive(bytes, headers);
    await intake.receive(new Uint8Array(bytes), headers);
    expect(intake.recorded).toHaveLength(2);
  });

  it('takes a part of a larger buffer for itself', async () => {
    const larger = Buffer.concat([Buffer.from('{}'), bytes, Buffer.from('{}')]);
    await intake.receive(larger.subarray(2, 2 + bytes.length), { 'x-hub-signature-256': good });
    expect(intake.recorded).toHaveLength(1);
  });

  it.each([
    ['a list', { 'x-hub-signature-256': [good] }],
    ['a list of two', { 'x-hub-signature-256': [good, good] }],
    ['two spellings', { 'x-hub-signature-256': good, 'X-Hub-Signature-256': signatureOf('x') }],
    [
      'two of fetch’s',
      new Headers([
        ['x-hub-signature-256', good],
        ['x-hub-signature-256', good],
      ]),
    ],
    ['blanks around it', { 'x-hub-signature-256': ` ${good} ` }],
    ['a line end', { 'x-hub-signature-256': `${good}\n` }],
    ['an object', { 'x-hub-signature-256': { toString: () => good } }],
    ['nothing', {}],
    ['no headers at all', undefined as unknown as object], // what a host without TypeScript could pass
  ])('refuses %s', async (_name, headers) => {
    await expect(intake.receive(bytes, headers)).rejects.toMatchObject({
      name: 'WebhookRefusedError',
      code: 'signature_invalid',
      status: 401,
    });
    expect(intake.recorded).toEqual([]);
  });

  it.each([
    ['a text', body],
    ['what was parsed', JSON.parse(body) as object],
    ['an ArrayBuffer', new Uint8Array(bytes).buffer],
    ['nothing', undefined],
  ])('says to a host that hands over %s what is needed', async (_name, given) => {
    const call = intake.receive(given as Uint8Array, { 'x-hub-signature-256': good });
    await expect(call).rejects.toMatchObject({ code: 'raw_body_missing', status: 500 });
    await expect(call).rejects.toThrow(/Buffer or Uint8Array/);
  });
});
