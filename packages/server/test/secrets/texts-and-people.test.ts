import { inspect } from 'node:util';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../support/databases.ts';
import { canaries, filesOf } from '../support/host.ts';
import { expectNoneOf } from '../support/leaks.ts';
import { startIdentityHost, type IdentityHost } from '../identity/support/identity-host.ts';
import { run } from '../upgrade/support/database.ts';

/** Marked, so that a search finds them: what a business writes, what a customer writes, and what is planted where a hash stands. */
const texts = {
  first: 'CANARY-your statement of March: 1,204.55',
  verified: 'CANARY-one-time password 77-31-90',
  refused: 'CANARY-never to leave this house',
  again: 'CANARY-your card ends in 4416',
  inbound: 'CANARY-what the customer wrote',
};
const hash = 'CANARYhash5v2W6x=';
/** A customer of the business. In a log it would stand without the plus as well. */
const person = '16505559876';
const to = `+${person}`;

let host: IdentityHost;
let tokens: string[];
let phoneNumberId: string;
/** Answers of the kit, problems among them. */
let answers: string[];
/** What was thrown to the host's code. */
let thrown: unknown[];

const start = async (engine: 'SQLite' | 'PostgreSQL' = 'SQLite') => {
  host = await startIdentityHost({ engine } as Parameters<typeof startIdentityHost>[0]);
  ({ phoneNumberId } = await host.registered());
  tokens = [...host.sealed].filter((plain) => plain !== canaries.pin);
  answers = [];
  thrown = [];
  expect(tokens.some((token) => token.startsWith('EAA'))).toBe(true);
};
const attempt = async (act: () => Promise<unknown>): Promise<void> => {
  await act().catch((error: unknown) => thrown.push(error));
};
const send = (body: string, over: object = {}) =>
  attempt(() => host.signup.numbers.sendText({ phoneNumberId, to, body, ...over }));
const hashesAtMeta = () =>
  new Set(
    host.webhooks.flatMap((event) =>
      Array.from(JSON.stringify(event).matchAll(/identity_key_hash":"([^"]+)"/g), ([, found = '']) => found),
    ),
  );
const says = async (body: string) =>
  void host.sim.emit({ kind: 'message', phoneNumberId, from: to, text: body });

/** A webhook with a true signature, as the kit answers it. */
const webhook = async (value: object, field = 'messages') => {
  const entry = [{ id: '102290129340398', time: 1, changes: [{ field, value }] }];
  return host.post(JSON.stringify({ object: 'whatsapp_business_account', entry }));
};
const inbound = (over: object = {}) => ({
  messaging_product: 'whatsapp',
  metadata: { display_phone_number: '15550051310', phone_number_id: phoneNumberId },
  contacts: [{ profile: { name: 'Pablo' }, wa_id: person, identity_key_hash: hash }],
  messages: [
    { from: person, id: 'wamid.1', timestamp: '1767225600', type: 'text', text: { body: texts.inbound } },
  ],
  ...over,
});

const expectKeptSecret = () => {
  const hidden = [...Object.values(texts), hash, ...hashesAtMeta(), ...tokens, canaries.systemUserToken];
  const log = host.log.join('\n');
  expect(host.log.length).toBeGreaterThan(0);
  expectNoneOf(hidden, log);
  expectNoneOf(hidden, answers.join('\n'));
  // Whoever a business writes to is nobody's but the host's.
  expect(log).not.toContain(person);
  expect(log).not.toContain(person.slice(1));
  expect(answers.join('\n')).not.toContain(person.slice(1));
};

describe('what a business writes, and who its customers are', () => {
  beforeEach(() => start());
  afterEach(() => host.close());

  it('gets into no log, no answer and no error, whatever becomes of a text', async () => {
    await send(texts.first);
    await host.deliver();
    await says(texts.inbound);
    await host.deliver();
    await send(texts.verified, { verified: true });
    await host.deliver();
    host.sim.emit({ kind: 'identity-changed', waId: person });
    await send(texts.refused, { verified: true });
    await host.deliver();
    expect(host.told.map(({ type }) => type)).toEqual(['identityChanged']);
    await send(texts.refused, { verified: true });
    await attempt(() => host.signup.numbers.identityHash(phoneNumberId, person));
    const trusted = { phoneNumberId, to, body: texts.again, who: 'ann' };
    await attempt(() => host.signup.numbers.trustIdentity(trusted));
    await host.deliver();
    expect(thrown.map((error) => (error instanceof Error ? error.name : error))).toEqual([
      'IdentityChangedError',
      'IdentityChangedError',
    ]);
    expect(hashesAtMeta().size).toBe(2);
    expect(host.sim.messages().length).toBeGreaterThan(4);

    for (const path of [
      `/operator/phone-numbers/${phoneNumberId}`,
      '/operator/claims',
      '/operator/overview',
      '/operator/phone-numbers/1',
      `/operator/phone-numbers/${encodeURIComponent(texts.first)}`.slice(0, 60),
    ]) {
      answers.push((await request(host.app).get(path)).text);
    }
    await host.settle();
    expectKeptSecret();
    expectNoneOf(
      [...Object.values(texts), ...hashesAtMeta(), ...tokens],
      thrown.map((error) => inspect(error, { depth: 9 })).join('\n'),
    );
    expectNoneOf([...hashesAtMeta(), ...Object.values(texts)], JSON.stringify(host.told));
    // Hashes are kept, and texts are not: neither what the business wrote nor what it was written.
    const files = await filesOf(host.database);
    expect(files).toContain('signup_identities');
    expectNoneOf([...Object.values(texts), ...tokens], files);
  });

  it.each([
    ['Meta refuses it and repeats what it was sent', 'error', 400, 131026],
    ['Meta breaks', 'error', 500, 131000],
    ['Meta wants fewer of them', 'throttled', 400, 130429],
    ['the answer is lost', 'lost', 0, 0],
    ['the connection breaks', 'reset', 0, 0],
    ['a gateway answers', 'html', 502, 0],
    ['the answer cannot be read', 'malformed', 0, 0],
  ])('gets into no log and no error when %s', async (_what, kind, status, code) => {
    await webhook(inbound());
    // Meta can repeat what it was sent, and nothing else.
    const faultFor = (sent: string) => {
      const echo = `for ${to}: ${sent}`;
      const error = { code, message: echo, details: echo, error_user_title: echo, error_user_msg: echo };
      return {
        kind,
        ...(kind === 'error' && { status, error }),
        ...(kind === 'throttled' && { regainMinutes: 1 }),
      } as NonNullable<
        Extract<Parameters<typeof host.sim.setFaults>[0], readonly unknown[]>[number]
      >['fault']; // one of each kind
    };
    const failNext = (sent: string) =>
      host.sim.setFaults([{ match: { method: 'POST', path: '/*/messages' }, fault: faultFor(sent) }]);
    failNext(`${texts.verified} ${hash}`);
    await send(texts.verified, { verified: true });
    failNext(texts.verified);
    await send(texts.verified, { verified: false });
    failNext(texts.verified);
    await attempt(() => host.signup.numbers.trustIdentity({ phoneNumberId, to, body: texts.verified }));
    host.sim.setFaults([]);
    expect(thrown).toHaveLength(3);
    await host.settle();
    expectKeptSecret();
    const errors = thrown.map((one) => `${String(one)} ${inspect(one, { depth: 9 })}`).join('\n');
    expectNoneOf([texts.verified, hash, ...tokens], errors);
    expect(errors).not.toContain(person);
  });

  it('gets into no log and no answer when the host’s own functions fail, and repeat it', async () => {
    await host.close();
    const fail = (event: object) => {
      throw new Error(`cannot do ${JSON.stringify(event)} ${texts.inbound} ${hash} ${person}`);
    };
    host = await startIdentityHost({ on: { identityChanged: fail, webhook: fail } });
    ({ phoneNumberId } = await host.registered());
    for (const [timestamp, other] of [
      ['1767225600', hash],
      ['1767225700', `${hash}2`],
    ]) {
      const value = inbound({ contacts: [{ wa_id: person, identity_key_hash: other }] });
      const message = { ...value.messages[0], timestamp, id: `wamid.${timestamp}` };
      expect(await webhook({ ...value, messages: [message] })).toBe(500);
    }
    await host.settle();
    expect(host.log.join('\n')).toContain('the host was not told');
    const waiting = await host.signup.claims.list({ limit: 10 });
    expect(waiting.items).toHaveLength(1);
    expectKeptSecret();
  });

  it('gets into no log and no answer when a webhook is forged, broken, or not for us', async () => {
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ changes: [{ field: 'messages', value: inbound() }] }],
    });
    for (const [sent, signature] of [
      [body, 'sha256=00'],
      [body, ''],
      [`${body}x`, undefined],
      [body.slice(0, -9), undefined],
    ] as const) {
      const post = request(host.app).post('/signup/webhook').set('Content-Type', 'application/json');
      if (signature !== undefined)
        answers.push((await post.set('X-Hub-Signature-256', signature).send(sent)).text);
      else expect(await host.post(sent)).toBeGreaterThanOrEqual(400);
    }
    for (const value of [
      { ...inbound(), metadata: { phone_number_id: '999' } },
      { ...inbound(), messages: [{ id: texts.inbound, from: person }] },
      {
        ...inbound(),
        statuses: [
          { id: 'x', recipient_id: person, status: 'failed', errors: [{ code: 137000, title: hash }] },
        ],
      },
    ]) {
      await webhook(value);
    }
    await host.settle();
    expectKeptSecret();
  });
});

describe.each(engines)('on a broken $name database', ({ name }) => {
  beforeEach(() => start(name === 'SQLite' ? 'SQLite' : 'PostgreSQL'));
  afterEach(() => host.close());

  it('nothing of it gets into the log, whatever the database says', async () => {
    await webhook(inbound());
    // Whatever is written now is refused by the database, which says what it was.
    await run(
      host.database,
      name === 'SQLite'
        ? `create trigger refuse before update on signup_identities begin select raise(abort, '${hash} ${person}'); end`
        : `create function refuse() returns trigger language plpgsql as $$ begin raise exception '${hash} ${person}'; end $$;
           create trigger refuse before update on signup_identities for each row execute function refuse()`,
    );
    const later = { ...inbound().messages[0], timestamp: '1767229999', id: 'wamid.2' };
    answers.push(String(await webhook(inbound({ messages: [later] }))));
    expect(answers[0]).toMatch(/^5/);
    await attempt(() => host.signup.numbers.trustIdentity({ phoneNumberId, to, body: texts.again }));
    expect(thrown).toHaveLength(1);
    await host.settle();
    expectKeptSecret();
  });
});
