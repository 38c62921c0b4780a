import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { engines } from '../support/databases.ts';
import { startHost, type TestHost } from '../support/host.ts';
import { saidBy } from './support/forge.ts';

let host: TestHost;
afterEach(() => host.close());

const finish = { event: 'FINISH', data: { phone_number_id: '1', waba_id: '2' } };

describe.each(engines)('one session on $name', ({ name }) => {
  it('brings one claim when it is sent a hundred times at once, and everybody is told the same id', async () => {
    host = await startHost({ engine: name === 'SQLite' ? 'SQLite' : 'PostgreSQL' });
    const { session } = await host.open('lucky-shrub');
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        request(host.app).post('/signup/claims').set('Authorization', `Bearer ${session}`).send(finish),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.claim?.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status !== 200 && status !== 202)).toEqual([]);
    const { items } = await host.signup.claims.list({ limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([answers[0]?.body.claim.id]);
    const history = await host.signup.claims.history(items[0]?.id ?? '');
    expect(history).toHaveLength(1);
  });
});

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The other last letters that decode to the same bytes: two bits of the last letter are not used. */
function lastLetters(token: string): string[] {
  const at = alphabet.indexOf(token.slice(-1));
  return [1, 2, 3].map((bits) => `${token.slice(0, -1)}${alphabet[at ^ bits] ?? ''}`);
}

function replaced(token: string, index: number, change: (part: string) => string): string {
  return token
    .split('.')
    .map((part, n) => (n === index ? change(part) : part))
    .join('.');
}

/** Each: what the headers of a call are, made from a good session. */
const spellings: [name: string, headers: (token: string) => Record<string, string>][] = [
  ['bearer in small letters', (token) => ({ authorization: `bearer ${token}` })],
  ['BEARER in capitals', (token) => ({ authorization: `BEARER ${token}` })],
  ['blanks around it', (token) => ({ authorization: `  Bearer   ${token}  ` })],
  ['a header of our own', (token) => ({ 'x-signup-session': token })],
  ['a header of our own, with blanks', (token) => ({ 'x-signup-session': `  ${token}\t` })],
  ['both headers', (token) => ({ 'x-signup-session': token, authorization: `Bearer ${token}` })],
  ['an empty header of our own', (token) => ({ 'x-signup-session': '', authorization: `Bearer ${token}` })],
  [
    'our own beside the host’s log-in',
    (token) => ({ 'x-signup-session': token, authorization: 'Bearer x.y.z' }),
  ],
  ...[0, 1, 2].map((n): [string, (token: string) => Record<string, string>] => [
    `other unused bits, ${n + 1}`,
    (token) => ({ authorization: `Bearer ${lastLetters(token)[n] ?? ''}` }),
  ]),
  ...[0, 1, 2].flatMap((part): [string, (token: string) => Record<string, string>][] => [
    [
      `padding in part ${part + 1}`,
      (token) => ({ authorization: `Bearer ${replaced(token, part, (text) => `${text}=`)}` }),
    ],
    [
      `a blank in part ${part + 1}`,
      (token) => ({
        'x-signup-session': replaced(token, part, (text) => `${text.slice(0, 5)} ${text.slice(5)}`),
      }),
    ],
    [
      `a tab in part ${part + 1}`,
      (token) => ({
        'x-signup-session': replaced(token, part, (text) => `${text.slice(0, 5)}\t${text.slice(5)}`),
      }),
    ],
    [
      `the letters of plain base64 in part ${part + 1}, or a letter more`,
      (token) => ({
        'x-signup-session': replaced(token, part, (text) => {
          const plain = text.replaceAll('-', '+').replaceAll('_', '/');
          return plain === text ? `${text}A` : plain;
        }),
      }),
    ],
  ]),
  ['twice in one header', (token) => ({ 'x-signup-session': `${token}, ${token}` })],
  ['quotes', (token) => ({ authorization: `Bearer "${token}"` })],
  ['percent signs', (token) => ({ authorization: `Bearer ${token.replaceAll('.', '%2E')}` })],
];

describe('the spellings of one session', () => {
  it('bring no second claim: each is the same session or none', async () => {
    host = await startHost();
    const { session } = await host.open('lucky-shrub');
    const first = await request(host.app)
      .post('/signup/claims')
      .set('Authorization', `Bearer ${session}`)
      .send(finish);
    expect(first.status).toBe(202);
    const told: Record<string, string> = {};
    for (const [name, headers] of spellings) {
      const answer = await request(host.app).post('/signup/claims').set(headers(session)).send(finish);
      if (answer.status === 200) expect([name, answer.body.claim.id]).toEqual([name, first.body.claim.id]);
      told[name] = `${answer.status} ${answer.body.code ?? ''}`.trim();
    }
    const kept = ([name]: [string, string]) => /bearer|header|blanks around|our own/i.test(name);
    expect(Object.fromEntries(Object.entries(told).filter((one) => kept(one)))).toEqual({
      'bearer in small letters': '200',
      'BEARER in capitals': '200',
      'blanks around it': '200',
      'a header of our own': '200',
      'a header of our own, with blanks': '200',
      'both headers': '200',
      'an empty header of our own': '200',
      'our own beside the host’s log-in': '200',
      'twice in one header': '401 session_invalid',
    });
    const others = Object.entries(told).filter((one) => !kept(one));
    expect(others.filter(([, said]) => said !== '401 session_invalid')).toEqual([]);
    expect(others.length).toBeGreaterThanOrEqual(15);
    expect((await host.signup.claims.list({ limit: 10 })).items).toHaveLength(1);
  });

  it('are known by the id inside: a renewed session is another text, and brings the same claim', async () => {
    host = await startHost();
    const { session } = await host.open('lucky-shrub');
    host.pass(60_000);
    const renewed = await request(host.app)
      .post('/signup/sessions')
      .set('x-customer', 'lucky-shrub')
      .set('Authorization', `Bearer ${session}`)
      .send({});
    expect(renewed.body.session).not.toBe(session);
    expect(saidBy(renewed.body.session)['jti']).toBe(saidBy(session)['jti']);
    const claimed = await Promise.all(
      [session, renewed.body.session].map((token) =>
        request(host.app).post('/signup/claims').set('Authorization', `Bearer ${token}`).send(finish),
      ),
    );
    expect(claimed.filter(({ status }) => status !== 200 && status !== 202)).toEqual([]);
    expect(new Set(claimed.map(({ body }) => body.claim.id)).size).toBe(1);
  });
});
