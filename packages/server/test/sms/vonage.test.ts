import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/config/secret.ts';
import { minute } from '../../src/domain/durations.ts';
import { fieldsOfForm } from '../../src/http/sms/text-request.ts';
import { vonageText, type VonageOptions } from '../../src/http/sms/vonage-text.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import {
  byVonage,
  byVonageMessages,
  everybody,
  secrets,
  send,
  startDoor,
  text,
  to,
  vonageFields,
  vonageSignature,
  type Door,
  type VonageForm,
} from './support/door.ts';

const isLong = process.env['TEST_LONG'] === '1';
type Method = VonageOptions['method'];

// The vectors of Vonage's own libraries: github.com/Vonage/vonage-node-sdk, packages/sms/__tests__/__dataSets__/signature.ts,
// and github.com/Vonage/vonage-php-sdk-core, test/Client/SignatureTest.php; the rules are in
// developer.vonage.com/en/getting-started/concepts/signing-messages.
const testAgain = {
  'message-timestamp': '2013-11-21 15:27:30',
  messageId: '020000001B0FE827',
  msisdn: '14843472194',
  text: 'Test again',
  timestamp: '1385047698',
  to: '13239877404',
  type: 'text',
};
const secret = 'my_secret_key_for_testing';
const vectors: [Method, string, Record<string, string>][] = [
  ['md5hash', 'd2e7b1dc968737c5998ad624e02f90b7', testAgain],
  ['md5hmac', 'DDEBD46008C2D4E93CCE578A332A52D5', testAgain],
  ['sha1hmac', '27D0D05C2876C7CB1720DBCDBA4D492E1E55C09A', testAgain],
  ['sha256hmac', 'DDB8397C2B90AAC7F3882D306475C9A5058C92322EEF43C92B298B6E0FC0D330', testAgain],
  [
    'sha512hmac',
    'E0D3C650F8C9D1A5C174D10DDDBFB003E561F59B265616208B0487C5D819481CD3C311D59CF6165ECD1139622D5BA3A256C0D763AC4A9AD9144B5A426B94FE82',
    testAgain,
  ],
  [
    'md5hash',
    'e06d9763e3fd0b9c31beb5fc2fcb011c',
    {
      keyword: 'TEST',
      'message-timestamp': '2017-04-04 22:57:47',
      messageId: '0B00000042AC53BD',
      msisdn: '14843472194',
      nonce: '929d6744-bd28-42c8-b6cf-31d5b4f43732',
      text: 'Test with & and =',
      timestamp: '1491346667',
      to: '12192259404',
      type: 'text',
    },
  ],
];

function read(
  method: Method,
  fields: Record<string, string>,
  now = Number(fields['timestamp']) * 1000,
  key = secret,
) {
  const query = new URLSearchParams(fields).toString();
  return vonageText({ secrets: [new Secret(key)], method }, { query, body: undefined }, now);
}

describe('Vonage’s signature', () => {
  it.each(vectors)('by %s is known: %s', (method, sig, fields) => {
    const signed = { to: fields['to'], body: fields['text'] };
    expect(read(method, { ...fields, sig })).toEqual(signed);
    expect(read(method, { ...fields, sig: sig.toLowerCase() })).toEqual(signed);
  });

  it.each(vectors)(
    'by %s is refused when a field is changed, added or missing, or the secret is another: %s',
    (method, sig, fields) => {
      for (const name of Object.keys(fields)) {
        const without = Object.fromEntries(Object.entries(fields).filter(([one]) => one !== name));
        const now = Number(fields['timestamp']) * 1000;
        expect(read(method, { ...fields, sig, [name]: `${fields[name]}1` }, now)).toBeUndefined();
        expect(read(method, { ...without, sig }, now)).toBeUndefined();
      }
      expect(read(method, { ...fields, sig, more: '1' })).toBeUndefined();
      expect(read(method, { ...fields, sig }, undefined, 'another')).toBeUndefined();
      expect(read(method, fields)).toBeUndefined();
    },
  );

  it.each(vectors)('by %s is not taken for one by another method: %s', (method, sig, fields) => {
    for (const [other] of vectors.filter(([one]) => one !== method)) {
      expect(read(other, { ...fields, sig })).toBeUndefined();
    }
  });

  it('is not moved by what looks like the beginning of another field', () => {
    const fields = vonageFields();
    const sig = vonageSignature(fields);
    const { type, ...others } = fields;
    const now = t0;
    const query = `${new URLSearchParams({ ...others, sig }).toString()}&${encodeURIComponent(`to=${fields['to']}&type`)}=${type}`;
    const merged = query.replace(`to=${fields['to']}&`, '');
    expect(fieldsOfForm(merged).has(`to=${fields['to']}&type`)).toBe(true);
    expect(vonageText(everybody.vonage ?? none(), { query: merged, body: undefined }, now)).toBeUndefined();
  });

  it('is refused when a name is there twice', () => {
    const { query } = { query: byVonage('query').path.split('?')[1] ?? '' };
    expect(vonageText(everybody.vonage ?? none(), { query, body: undefined }, t0)).toBeDefined();
    for (const more of ['to=15550100002', `sig=${'0'.repeat(64)}`]) {
      expect(
        vonageText(everybody.vonage ?? none(), { query: `${query}&${more}`, body: undefined }, t0),
      ).toBeUndefined();
    }
  });
});

describe.each<VonageForm>(['query', 'form', 'JSON'])('a text by Vonage’s SMS API, as %s', (how) => {
  let door: Door;
  let now = t0;
  beforeEach(() => {
    now = t0;
    door = startDoor({ now: () => now });
  });

  it('is received', async () => {
    const answer = await send(door.app, byVonage(how));
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(door.received).toEqual([{ to: to.slice(1), body: text }]);
  });

  it('keeps its letters, blanks and signs', async () => {
    const body = ' WhatsApp & = + %2B 731-046 \n é 您 👋 ';
    await send(door.app, byVonage(how, { fields: { ...vonageFields(), text: body } }));
    expect(door.received.map((one) => one.body)).toEqual([body]);
  });

  it('is taken within five minutes of being signed, before and after by our clock', async () => {
    for (const [ms, status] of [
      [5 * minute, 200],
      [5 * minute + 1, 401],
      [-5 * minute, 200],
      [-5 * minute - 1, 401],
    ] as const) {
      now = t0 + ms;
      expect([ms, (await send(door.app, byVonage(how))).status]).toEqual([ms, status]);
    }
  });

  it.each(['', 'soon', '1e9', '-1', '99999999999999'])(
    'is refused when the time is %j',
    async (timestamp) => {
      const fields = { ...vonageFields(), timestamp };
      expect((await send(door.app, byVonage(how, { fields }))).status).toBe(401);
    },
  );

  it('may be a part of a longer one', async () => {
    const part = { concat: 'true', 'concat-ref': '1', 'concat-total': '3', 'concat-part': '2' };
    await send(door.app, byVonage(how, { fields: { ...vonageFields(), ...part } }));
    expect(door.received).toHaveLength(1);
  });

  it('is no text when it is a receipt or bytes, and still no error', async () => {
    const { text: _text, ...others } = vonageFields();
    const answer = await send(
      door.app,
      byVonage(how, { fields: { ...others, type: 'binary', data: '00', udh: '05' } }),
    );
    expect([answer.status, door.received]).toEqual([200, []]);
  });

  it('is refused when another secret signed it, or nobody', async () => {
    for (const over of [
      { secret: 'another-signature-secret' },
      { sig: '' },
      { sig: '0'.repeat(64) },
      { sig: 'zz' },
    ]) {
      const answer = await send(door.app, byVonage(how, over));
      expect([answer.status, answer.body.code]).toEqual([401, 'sms_not_signed']);
    }
    expect(door.received).toEqual([]);
  });

  it('is never another text than the one that was signed, whatever is changed of the request', async () => {
    const sent = byVonage(how);
    const before = sent.body ?? sent.path.split('?')[1] ?? '';
    const change = fc.record({
      at: fc.nat(before.length),
      how: fc.constantFrom('replace', 'insert', 'remove'),
      by: fc.constantFrom(...'09AZaz+/=&%_-.",:{}'.split('')),
    });
    await fc.assert(
      fc.asyncProperty(change, async (one) => {
        door.received.length = 0;
        const from = one.at % (before.length + 1);
        const changed =
          before.slice(0, from) +
          (one.how === 'remove' ? '' : one.by) +
          before.slice(one.how === 'insert' ? from : from + 1);
        const { status } = await send(
          door.app,
          sent.body === undefined ? { ...sent, path: `/signup/sms?${changed}` } : { ...sent, body: changed },
        );
        if (status === 200) expect(door.received).toEqual([{ to: to.slice(1), body: text }]);
        else expect([status, door.received]).toEqual([401, []]);
      }),
      { numRuns: isLong ? 5_000 : 300 },
    );
  });
});

describe('a text by Vonage’s Messages API', () => {
  let door: Door;
  beforeEach(() => {
    door = startDoor();
  });

  it('is received by its token and the hash in it, whatever method is chosen for the other API', async () => {
    door = startDoor({
      sms: {
        ...everybody,
        vonage: { secrets: [new Secret('another'), new Secret(secrets.vonage)], method: 'md5hash' },
      },
    });
    const answer = await send(door.app, await byVonageMessages());
    expect([answer.status, door.received]).toEqual([200, [{ to: to.slice(1), body: text }]]);
  });

  it.each<[string, Parameters<typeof byVonageMessages>[0]]>([
    ['another secret', { secret: 'another-signature-secret-0123456789' }],
    ['another algorithm', { alg: 'HS512' }],
    ['no hash', { claims: { payload_hash: undefined } }],
    ['the hash of something else', { claims: { payload_hash: '0'.repeat(64) } }],
    ['a hash that is none', { claims: { payload_hash: 'x' } }],
    ['no time', { claims: { iat: undefined } }],
    ['an old time', { claims: { iat: t0 / 1000 - 301 } }],
    ['a time to come', { claims: { iat: t0 / 1000 + 301 } }],
    ['an end that is past', { claims: { exp: t0 / 1000 - 1 } }],
  ])('is refused with %s', async (_what, over) => {
    const answer = await send(door.app, await byVonageMessages(over));
    expect([answer.status, answer.body.code, door.received]).toEqual([401, 'sms_not_signed', []]);
  });

  it('is refused when a byte of it is changed, or its token is one without a signature', async () => {
    const sent = await byVonageMessages();
    expect((await send(door.app, { ...sent, body: `${sent.body ?? ''} ` })).status).toBe(401);
    const [, claims] = (sent.headers['Authorization'] ?? '').split('.');
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const token of [`${header}.${claims}.`, `${header}.${claims}.x`, 'x.y.z', 'x']) {
      const headers = { ...sent.headers, Authorization: `Bearer ${token}` };
      expect([token, (await send(door.app, { ...sent, headers })).status]).toEqual([token, 401]);
    }
    expect(door.received).toEqual([]);
  });
});

function none(): never {
  throw new Error('Vonage is not in the options');
}
