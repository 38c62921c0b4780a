import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SMS_SECRET, type SmsRequest } from '../../src/index.ts';
import { twilioSignature } from '../../src/webhooks/sms/twilio-request.ts';
import { vonageSignature } from '../../src/webhooks/sms/vonage-request.ts';
import { calls } from '../numbers/support/number-calls.ts';
import { callback, type Received } from '../support/callback.ts';
import { playground, seedOne } from '../support/playground.ts';

/** The request that hands in one code, and the code as it is written. */
async function handedIn(form: Omit<SmsRequest, 'url'>, path = '') {
  const simulator = await playground();
  const bsp = await callback();
  const url = bsp.url + path;
  simulator.setSms({ url, ...form });
  const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
  await calls(simulator).requestCode(id);
  const [received] = await bsp.arrived(1);
  if (received === undefined) throw new Error('nothing arrived');
  return { received, url, words: simulator.inbox().at(-1)?.text ?? '' };
}

const formOf = ({ bytes }: Received) => new URLSearchParams(bytes.toString());

describe('as json', () => {
  test('a text is its two numbers and its words, with the secret as bearer', async () => {
    const { received, words } = await handedIn({ secret: 'of-the-provider' });
    expect(words).toMatch(/^WhatsApp code \d{3}-\d{3}$/);
    expect(received.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer of-the-provider',
    });
    expect(received.body).toEqual({ to: '+15550100001', from: '+16505550123', body: words });
  });

  test('the secret is a known one unless told, and the sender may be anybody', async () => {
    const { received } = await handedIn({ form: 'json', from: 'WhatsApp' });
    expect(received.headers.authorization).toBe(`Bearer ${SMS_SECRET}`);
    expect(received.body).toMatchObject({ from: 'WhatsApp' });
  });
});

describe('as Twilio', () => {
  test('a text is a form with Twilio’s parameters', async () => {
    const { received, words } = await handedIn({ form: 'twilio' });
    expect(received.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect(Object.fromEntries(formOf(received))).toEqual({
      To: '+15550100001',
      From: '+16505550123',
      Body: words,
      MessageSid: expect.stringMatching(/^SM[\da-f]{32}$/),
      SmsSid: formOf(received).get('MessageSid'),
      SmsMessageSid: formOf(received).get('MessageSid'),
      AccountSid: expect.stringMatching(/^AC[\da-f]{32}$/),
      SmsStatus: 'received',
      NumMedia: '0',
      NumSegments: '1',
      ApiVersion: '2010-04-01',
      ToCountry: 'US',
      FromCountry: 'US',
      ToState: '',
      ToCity: '',
    });
  });

  test('it is signed over the address with its query, and every parameter', async () => {
    const { received, url } = await handedIn({ form: 'twilio', authToken: 'token' }, '?site=1&b=2#rc=2');
    const names = [...formOf(received).keys()].toSorted();
    const signed = url.replace('#rc=2', '') + names.map((name) => name + formOf(received).get(name)).join('');
    expect(received.headers['x-twilio-signature']).toBe(
      createHmac('sha1', 'token').update(signed).digest('base64'),
    );
  });

  test('the signature is that of the example in Twilio’s documents and libraries', () => {
    const parameters = {
      Digits: '1234',
      To: '+18005551212',
      From: '+14158675309',
      Caller: '+14158675309',
      CallSid: 'CA1234567890ABCDE',
    };
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    expect(twilioSignature(url, parameters, '12345')).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
  });
});

describe('as Vonage', () => {
  const secret = 'signature-secret';

  /** `&name=value` in the order of the names, without the signature. */
  const signedPart = (parameters: Readonly<Record<string, unknown>>) =>
    Object.keys(parameters)
      .filter((name) => name !== 'sig')
      .toSorted()
      .map((name) => `&${name}=${String(parameters[name])}`)
      .join('');

  test('a text is JSON with the parameters of the SMS API, signed with HMAC-SHA256', async () => {
    const { received, words } = await handedIn({ form: 'vonage', signatureSecret: secret });
    const body = received.body as Record<string, unknown>;
    expect(body).toEqual({
      msisdn: '16505550123',
      to: '15550100001',
      messageId: expect.stringMatching(/^[\dA-F]{16}$/),
      text: words,
      type: 'text',
      keyword: 'WHATSAPP',
      'api-key': expect.any(String),
      'message-timestamp': '2026-11-20 12:00:00',
      timestamp: '1795176000',
      nonce: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      sig: createHmac('sha256', secret).update(signedPart(body)).digest('hex').toUpperCase(),
    });
  });

  test('or it is a form, and the signature an MD5', async () => {
    const { received } = await handedIn({
      form: 'vonage',
      encoding: 'form',
      signatureMethod: 'md5',
      signatureSecret: secret,
    });
    expect(received.headers['content-type']).toBe('application/x-www-form-urlencoded');
    const parameters = Object.fromEntries(formOf(received));
    const expected = createHash('md5').update(signedPart(parameters) + secret);
    expect(parameters['sig']).toBe(expected.digest('hex'));
  });

  test.each([
    ['md5', '6af838ef94998832dbfc29020b564830'],
    ['sha256', 'A321E824B9B816BE7C3F28859A31749A098713D39F613C80D455BBAFFAE1CD24'],
  ] as const)(
    'the signature by %s is that of the tests of Vonage’s libraries',
    (signatureMethod, expected) => {
      const parameters = { timestamp: '1461605396', b: '2', a: '1' };
      expect(vonageSignature(parameters, { signatureSecret: 'secret', signatureMethod })).toBe(expected);
    },
  );

  test('ampersands and equals signs of values are signed as underscores', () => {
    const method = { signatureSecret: 'secret', signatureMethod: 'sha256' } as const;
    expect(vonageSignature({ text: 'You & Me = Love' }, method)).toBe(
      vonageSignature({ text: 'You _ Me _ Love' }, method),
    );
  });
});

test.each([
  [{ url: 'localhost:1' }, 'url must be an address that begins with http:// or https://'],
  [{ url: 'http://a:b@localhost' }, 'url must not contain a user name or password'],
  [{ url: 'http://a', authToken: 'x' }, 'authToken goes with the form twilio, not json'],
  [{ url: 'http://a', form: 'twilio', secret: 'x' }, 'secret goes with the form json, not twilio'],
  [
    { url: 'http://a', form: 'twilio', signatureMethod: 'md5' },
    'signatureMethod goes with the form vonage, not twilio',
  ],
  [{ url: 'http://a', secret: 'a b' }, 'secret must be printable ASCII without blanks'],
  [
    { url: 'http://a', form: 'vonage', signatureSecret: '' },
    'signatureSecret must be printable ASCII without blanks',
  ],
  [{ url: 'http://a', from: '' }, 'from must be 1 to 40 printable ASCII characters'],
] as const)('%j is refused, and nothing has changed', async (request, problem) => {
  const simulator = await playground();
  const before = simulator.setSms({ url: 'http://127.0.0.1:9/sms', auto: false });
  expect(() => simulator.setSms(request)).toThrow(new TypeError(problem));
  expect(simulator.sms()).toEqual(before);
});
