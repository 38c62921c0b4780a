import { afterEach, describe, expect, it } from 'vitest';
import type { SmsOptions } from '../../src/index.ts';
import { minute } from '../../src/domain/durations.ts';
import { serve, type CountedServer } from '../webhook/support/raw-request.ts';
import { engines } from '../support/databases.ts';
import { canaries, filesOf, startHost, type TestHost } from '../support/host.ts';
import {
  byRelay,
  byTwilio,
  byVonage,
  byVonageMessages,
  secrets,
  send,
  twilioFields,
  vonageFields,
  type Sent,
} from './support/door.ts';

const phoneNumber = '+15550100001';
const sms: SmsOptions = {
  secret: secrets.relay,
  twilio: { authToken: secrets.twilio },
  vonage: { signatureSecret: secrets.vonage },
};

let host: TestHost;
let server: CountedServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
  await host.close();
});

/** A host with one number that was never verified. */
async function start(
  engine: 'SQLite' | 'PostgreSQL',
  over: Parameters<typeof startHost>[0] = {},
): Promise<string> {
  host = await startHost({ numbers: 0, engine, sms, pool: { keepFresh: false }, ...over });
  const [added] = await host.signup.pool.add([phoneNumber], { who: 'ada' });
  return added?.id ?? '';
}
const statusOf = async (id: string) => (await host.signup.pool.find(id)).verificationStatus;
const atMeta = () => host.calls().filter((call) => call.endsWith('/verify_code')).length;

/** The text that reached the number, as Meta wrote it. */
function inbox(): { text: string; code: string } {
  const message = host.sim.inbox(phoneNumber).at(-1);
  if (message === undefined) throw new Error('nothing reached the number');
  return message;
}

const senders: [string, (text: string) => Sent | Promise<Sent>][] = [
  ['a relay', (body) => byRelay({ body: { to: phoneNumber, body } })],
  ['Twilio', (body) => byTwilio({ fields: { ...twilioFields, To: phoneNumber, Body: body } })],
  ['Vonage', (text) => byVonage('form', { fields: { ...vonageFields(), text } })],
  ['Vonage, by GET', (text) => byVonage('query', { fields: { ...vonageFields(), text } })],
  [
    'Vonage’s Messages API',
    (text) => byVonageMessages({ body: JSON.stringify({ channel: 'sms', to: phoneNumber.slice(1), text }) }),
  ],
];

describe.each(engines.map(({ name }) => name as 'SQLite' | 'PostgreSQL'))(
  'a code by text, on %s',
  (engine) => {
    it.each(senders)('that %s passes on verifies its number, without a hand', async (_who, sent) => {
      const id = await start(engine);
      expect(await statusOf(id)).not.toBe('VERIFIED');
      await host.signup.pool.requestCode(id, 'ada', { method: 'SMS' });
      expect((await send(host.app, await sent(inbox().text))).status).toBe(200);
      await host.signup.runDue();
      expect(await statusOf(id)).toBe('VERIFIED');
      // The provider did not hear the answer.
      expect((await send(host.app, await sent(inbox().text))).status).toBe(200);
      await host.signup.runDue();
      expect(atMeta()).toBe(1);
    });
  },
);

describe('a code by text', () => {
  it('is handed in at once, and not with the next round', async () => {
    const id = await start('SQLite');
    await host.signup.pool.requestCode(id, 'ada', { method: 'SMS' });
    await send(host.app, byRelay({ body: { to: phoneNumber, body: inbox().text } }));
    await expect.poll(() => statusOf(id)).toBe('VERIFIED');
  });

  it('is answered without waiting for Meta', async () => {
    const id = await start('SQLite');
    await host.signup.pool.requestCode(id, 'ada', { method: 'SMS' });
    host.sim.setFaults([{ match: { path: '/*/verify_code' }, fault: { kind: 'hang' } }]);
    const answer = await send(host.app, byRelay({ body: { to: phoneNumber, body: inbox().text } }));
    expect(answer.status).toBe(200);
  });

  it('is never guessed: what strangers send costs two calls, and the right one still verifies by hand', async () => {
    const id = await start('SQLite');
    expect(await host.signup.pool.receiveText({ to: phoneNumber, body: 'WhatsApp code 111-111' })).toBe(
      'not_expected',
    );
    await host.signup.pool.requestCode(id, 'ada', { method: 'SMS' });
    for (let guess = 0; guess < 40; guess += 1) {
      await host.signup.pool.receiveText({ to: phoneNumber, body: `WhatsApp code 1111${10 + guess}` });
      await host.signup.runDue();
    }
    expect(atMeta()).toBe(2);
    await host.signup.pool.submitCode(id, 'ada', inbox().code);
    expect(await statusOf(id)).toBe('VERIFIED');
  });

  it('is not asked of Meta when it comes too late', async () => {
    const id = await start('SQLite');
    await host.signup.pool.requestCode(id, 'ada', { method: 'SMS' });
    host.pass(15 * minute + 1);
    expect(await host.signup.pool.receiveText({ to: phoneNumber, body: inbox().text })).toBe('not_expected');
    await host.signup.runDue();
    expect([atMeta(), await statusOf(id)]).toEqual([0, 'NOT_VERIFIED']);
  });

  it('leaves no trace of itself, nor of the secrets: not on disk, not in the log, not in answers', async () => {
    const id = await start('SQLite');
    const answers: string[] = [];
    const codes: string[] = [];
    for (const [, sent] of senders) {
      await host.signup.pool.requestCode(id, 'ada', { method: 'SMS' }).catch(() => undefined);
      const { text, code } = inbox();
      codes.push(code);
      for (const body of ['WhatsApp code 000-000', text]) {
        const answer = await send(host.app, await sent(body));
        answers.push(answer.text, JSON.stringify(answer.headers));
      }
      answers.push(await filesOf(host.database));
      await host.signup.runDue();
      host.pass(2 * minute);
    }
    answers.push(
      await filesOf(host.database),
      host.log.join('\n'),
      JSON.stringify(await host.signup.pool.calls(id)),
    );
    const all = answers.join('\n');
    expect(all).toContain('a text came');
    expect([...host.sealed]).toEqual(expect.arrayContaining([codes[0], '000000']));
    for (const code of codes) {
      expect(all).not.toContain(code);
      expect(all).not.toContain(`${code.slice(0, 3)}-${code.slice(3)}`);
    }
    for (const secret of [...Object.values(secrets), canaries.secret]) expect(all).not.toContain(secret);
    expect(all).not.toContain('000-000');
  });
});

describe('the simulator’s telephony provider, which was written from the same pages by somebody else', () => {
  it.each([
    ['a relay', { secret: secrets.relay }, {}],
    ['Twilio', { form: 'twilio', authToken: secrets.twilio }, {}],
    ['Vonage, in JSON', { form: 'vonage', signatureSecret: secrets.vonage }, {}],
    ['Vonage, in a form', { form: 'vonage', signatureSecret: secrets.vonage, encoding: 'form' }, {}],
    [
      'Vonage, by MD5',
      { form: 'vonage', signatureSecret: secrets.vonage, signatureMethod: 'md5' },
      { sms: { vonage: { signatureSecret: secrets.vonage, method: 'md5hash' } } },
    ],
  ] as const)('is understood as %s', async (_who, gateway, over) => {
    const id = await start('SQLite', over);
    server = await serve(host.app);
    host.sim.setSms({ url: `http://127.0.0.1:${server.port}/signup/sms`, auto: false, ...gateway });
    await host.signup.pool.requestCode(id, 'ada', { method: 'SMS' });
    await host.sim.deliverSms();
    expect(host.sim.smsDeliveries()).toMatchObject([{ state: 'acknowledged' }]);
    await host.signup.runDue();
    expect(await statusOf(id)).toBe('VERIFIED');
  });
});
