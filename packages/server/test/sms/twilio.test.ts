import { createHash } from 'node:crypto';
import express from 'express';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/config/secret.ts';
import { fieldsOfForm, type TextRequest } from '../../src/http/sms/text-request.ts';
import { twilioText } from '../../src/http/sms/twilio-text.ts';
import {
  byTwilio,
  everybody,
  secrets,
  send,
  startDoor,
  text,
  to,
  twilioFields,
  twilioSignature,
  type Door,
} from './support/door.ts';

const isLong = process.env['TEST_LONG'] === '1';

// The vectors of Twilio's own library (github.com/twilio/twilio-node, spec/validation.spec.js), whose first is the example
// of the page "Webhooks security" (www.twilio.com/docs/usage/webhooks/webhooks-security).
const example = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const fields =
  'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212';
const json = '{"property": "value", "boolean": true}';
const hash = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
const called = (address: string, signature: string, form = fields): TextRequest => ({
  header: (name) => (name === 'x-twilio-signature' ? signature : undefined),
  address,
  query: address.split('?')[1] ?? '',
  body: { isJson: false, fields: fieldsOfForm(form), isFlat: true, isLost: false, bytes: Buffer.from(form) },
});
const calledWithJson = (address: string, signature: string, body: string): TextRequest => ({
  ...called(address, signature),
  body: {
    isJson: true,
    fields: new Map([['To', ['+18005551212']]]),
    isFlat: true,
    isLost: false,
    bytes: Buffer.from(body),
  },
});
const twilio = { authTokens: [new Secret('12345')], url: undefined };

describe('Twilio’s signature', () => {
  it.each<[string, TextRequest]>([
    ['of the documented example', called(example, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=')],
    [
      'of an address with a port that was left out',
      called(example.replace('.com', '.com:1234'), 'RSOYDt4T1cUTdK1PDd93/VVr8B8='),
    ],
    [
      'of http with its port',
      called(example.replace('https', 'http').replace('.com', '.com:1234'), 'Zmvh+3yNM1Phv2jhDCwEM3q5ebU='),
    ],
    ['with the usual port of https put in', called(example, 'kvajT1Ptam85bY51eRf/AJRuM3w=')],
    [
      'with the usual port of http put in',
      called(example.replace('https', 'http'), '0ZXoZLH/DfblKGATFgpif+LLRf4='),
    ],
    [
      'of an address with special characters',
      called(`${example}&Body=It's+amazing`, 'dsq4Ehbj6cs+KdTkpF5sSSplOWw='),
    ],
    [
      'of a list',
      called(
        example,
        '83O6e2vORAoJHUNzJjDWN1jz+BA=',
        'MessagingBinding.Address=%2B1325xxxxxxx&MessagingBinding.Address=%2B1415xxxxxxx',
      ),
    ],
    [
      'of a list in another order',
      called(
        example,
        '83O6e2vORAoJHUNzJjDWN1jz+BA=',
        'MessagingBinding.Address=%2B1415xxxxxxx&MessagingBinding.Address=%2B1325xxxxxxx',
      ),
    ],
    [
      'of values that repeat',
      called(
        example,
        'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
        'Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234',
      ),
    ],
    [
      'of JSON, by its hash',
      calledWithJson(`${example}&bodySHA256=${hash}`, 'a9nBmqA0ju/hNViExpshrM61xv4=', json),
    ],
    [
      'of JSON, by its hash alone',
      calledWithJson(
        `https://mycompany.com/myapp.php?bodySHA256=${hash}`,
        'y77kIzt2vzLz71DgmJGsen2scGs=',
        json,
      ),
    ],
    [
      'of empty JSON',
      calledWithJson(
        `${example}&bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a`,
        'Ldidvp12m26NI7eqEvxnEpkd9Hc=',
        '{}',
      ),
    ],
  ])('is known: %s', (_what, request) => {
    expect(twilioText(twilio, request)).toBeDefined();
  });

  it.each<[string, TextRequest]>([
    ['that is none', called(example, 'WRONG_SIGNATURE')],
    ['that is missing', { ...called(example, ''), header: () => undefined }],
    ['of another address', called(`${example}&somethingUnexpected=true`, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=')],
    ['of another host', called(example.replace('mycompany', 'yourcompany'), 'RSOYDt4T1cUTdK1PDd93/VVr8B8=')],
    ['of http for https', called(example.replace('https', 'http'), 'RSOYDt4T1cUTdK1PDd93/VVr8B8=')],
    [
      'with one field less',
      called(example, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', fields.replace('&Digits=1234', '')),
    ],
    [
      'of other JSON',
      calledWithJson(
        `${example}&bodySHA256=${hash}`,
        'a9nBmqA0ju/hNViExpshrM61xv4=',
        json.replace('true', 'false'),
      ),
    ],
    ['of JSON without its hash', calledWithJson(example, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', json)],
    ['with a bit that base64 has no use for', called(example, 'RSOYDt4T1cUTdK1PDd93/VVr8B9=')],
  ])('is refused: %s', (_what, request) => {
    expect(twilioText(twilio, request)).toBeUndefined();
  });

  it('is not the token of another account, and is known by each that is valid now', () => {
    const request = called(example, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=');
    const tokens = (...all: string[]) => ({ authTokens: all.map((one) => new Secret(one)), url: undefined });
    expect(twilioText(tokens('54321'), request)).toBeUndefined();
    expect(twilioText(tokens('54321', '12345'), request)).toBeDefined();
    expect(twilioText(tokens('12345', '54321'), request)).toBeDefined();
  });

  it('is of the address that stands in the console, where a proxy hides it', () => {
    const seen = called('http://10.0.0.7:3000/sms', 'RSOYDt4T1cUTdK1PDd93/VVr8B8=');
    expect(twilioText(twilio, seen)).toBeUndefined();
    expect(twilioText({ ...twilio, url: example }, seen)).toBeDefined();
    const asked = called('http://10.0.0.7:3000/sms?foo=1&bar=2', 'RSOYDt4T1cUTdK1PDd93/VVr8B8=');
    expect(twilioText({ ...twilio, url: 'https://mycompany.com/myapp.php' }, asked)).toBeDefined();
    const withHash = calledWithJson(
      `http://10.0.0.7/sms?foo=1&bar=2&bodySHA256=${hash}`,
      'a9nBmqA0ju/hNViExpshrM61xv4=',
      json,
    );
    expect(twilioText({ ...twilio, url: example }, withHash)).toBeDefined();
  });
});

describe('a text by Twilio', () => {
  let door: Door;
  beforeEach(() => {
    door = startDoor();
  });

  it('is received, and answered so that nothing is sent back', async () => {
    const answer = await send(door.app, byTwilio());
    expect([answer.status, answer.text, answer.type]).toEqual([200, '<Response/>', 'text/xml']);
    expect(door.received).toEqual([{ to, body: text }]);
  });

  it('keeps its letters, blanks and signs', async () => {
    const body = ' WhatsApp & = + %2B 731-046 \n é 您 👋 ';
    await send(door.app, byTwilio({ fields: { ...twilioFields, Body: body } }));
    expect(door.received).toEqual([{ to, body }]);
  });

  it('may come by GET', async () => {
    const path = `/signup/sms?${new URLSearchParams({ To: to, Body: text }).toString()}`;
    const headers = { 'X-Twilio-Signature': twilioSignature(`http://bsp.example${path}`) };
    expect((await send(door.app, { method: 'GET', path, headers })).status).toBe(200);
    expect(door.received).toEqual([{ to, body: text }]);
  });

  it('may come as JSON', async () => {
    const body = JSON.stringify({ To: to, Body: text, Nested: { a: 1 } });
    const path = `/signup/sms?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
    const headers = {
      'Content-Type': 'application/json',
      'X-Twilio-Signature': twilioSignature(`http://bsp.example${path}`),
    };
    expect((await send(door.app, { method: 'POST', path, headers, body })).status).toBe(200);
    expect(door.received).toEqual([{ to, body: text }]);
  });

  it('is taken behind a proxy that the host trusts, and not behind one that it does not', async () => {
    const sent = byTwilio({ url: 'https://bsp.example/signup/sms' });
    const proxied = {
      ...sent,
      headers: {
        ...sent.headers,
        Host: '10.0.0.7:3000',
        'X-Forwarded-Host': 'bsp.example',
        'X-Forwarded-Proto': 'https',
      },
    };
    expect((await send(door.app, proxied)).status).toBe(401);
    const app = express().set('trust proxy', true).use('/signup', door.router);
    expect((await send(app, proxied)).status).toBe(200);
  });

  it('is taken when the address is said in the options', async () => {
    const url = 'https://bsp.example/texts/in?of=twilio';
    door = startDoor({ sms: { ...everybody, twilio: { authTokens: [new Secret(secrets.twilio)], url } } });
    expect((await send(door.app, byTwilio({ url }))).status).toBe(200);
    expect((await send(door.app, byTwilio())).status).toBe(401);
  });

  it('is no text when it is a receipt, and still no error', async () => {
    const receipt = { MessageSid: 'SM01', MessageStatus: 'delivered', To: to };
    expect((await send(door.app, byTwilio({ fields: receipt }))).status).toBe(200);
    expect(door.received).toEqual([]);
  });

  it.each([
    ['another token', byTwilio({ token: 'another-token-0123456789abcdef01' })],
    ['no signature', byTwilio({ signature: '' })],
    [
      'a signature of something else',
      byTwilio({ signature: twilioSignature('http://bsp.example/signup/sms') }),
    ],
  ])('is refused with %s', async (_what, sent) => {
    const answer = await send(door.app, sent);
    expect([answer.status, answer.body.code]).toEqual([401, 'sms_not_signed']);
    expect(answer.body.detail).toContain('sms.twilio.url');
    expect(door.received).toEqual([]);
  });

  it('is refused when Twilio is not in the options', async () => {
    door = startDoor({ sms: { ...everybody, twilio: undefined } });
    expect((await send(door.app, byTwilio())).status).toBe(401);
  });

  it('is never another text than the one that was signed, whatever is changed of the request', async () => {
    const sent = byTwilio();
    const { headers, body = '', path } = sent;
    const signature = headers['X-Twilio-Signature'] ?? '';
    const change = fc.record({
      what: fc.constantFrom('body', 'signature', 'path'),
      at: fc.nat(body.length),
      how: fc.constantFrom('replace', 'insert', 'remove'),
      by: fc.constantFrom(...'09AZaz+/=&%_-.?'.split('')),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ what, at, how, by }) => {
        door.received.length = 0;
        const changed = (before: string) => {
          const from = at % (before.length + 1);
          return (
            before.slice(0, from) +
            (how === 'remove' ? '' : by) +
            before.slice(how === 'insert' ? from : from + 1)
          );
        };
        const mutant = {
          ...sent,
          path: what === 'path' ? `/signup/sms?${changed('')}` : path,
          headers: {
            ...headers,
            'X-Twilio-Signature': what === 'signature' ? changed(signature) : signature,
          },
          body: what === 'body' ? changed(body) : body,
        };
        const { status } = await send(door.app, mutant);
        // 200 is for the same characters, written otherwise: `FromCity` for `FromCity=`; a field may be lost by that, never changed.
        const other = door.received.filter((one) => one.to !== to || one.body !== text);
        if (status === 200) expect(other).toEqual([]);
        else expect([status, door.received]).toEqual([401, []]);
      }),
      { numRuns: isLong ? 5_000 : 300 },
    );
  });
});
