import type { SessionAnswer } from '@embedded-signup-kit/protocol';
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { HostAnswerError } from '../../src/http/host-answer-error.ts';
import { readCustomer } from '../../src/http/read-customer.ts';
import type { EmbeddedSignupOptions } from '../../src/index.ts';
import { startHost, type TestHost } from '../support/host.ts';
import { saidBy } from './support/forge.ts';

let host: TestHost;
afterEach(() => host.close());

/** A host whose `customer` returns this, as one without TypeScript could. */
async function hostThatSays(answer: unknown, over: Parameters<typeof startHost>[0] = {}): Promise<void> {
  const customer = () => answer as ReturnType<EmbeddedSignupOptions['customer']>;
  host = await startHost({ ...over, customer });
}
const open = () => request(host.app).post('/signup/sessions').send({});
const opened = async () => {
  const answer = await open();
  expect(answer.status).toBe(201);
  return answer.body as SessionAnswer; // what the route answers
};

describe('what the host knows of a customer', () => {
  it('comes through to the launch: prefill, solution and configuration', async () => {
    const prefill = {
      business: {
        name: 'Lucky Shrub',
        email: 'ada@lucky.example',
        website: 'https://lucky.example',
        phone: { code: 1, number: '5550100' },
        address: { streetAddress1: '1 Hacker Way', city: 'Menlo Park', zipPostal: '94025', country: 'US' },
        timezone: 'UTC-08:00',
      },
      phone: { displayName: 'Lucky', category: 'RETAIL', description: 'Plants' },
    };
    await hostThatSays({ id: 'ada', country: 'US', prefill, solutionId: '4242', configId: '777' });
    const { launch, numbers, session } = await opened();
    expect(launch.configId).toBe('777');
    expect(launch.extras).toEqual({
      setup: { ...prefill, solutionID: '4242', preVerifiedPhone: { ids: [numbers[0]?.id] } },
    });
    expect(saidBy(session)['sub']).toBe('ada');
  });

  it('decides of which country the number is, unless the page wishes for another', async () => {
    await hostThatSays({ id: 'ada', country: 'GB' }, { numbers: 0 });
    host.sim.seedNumbers({ phoneNumbers: ['+14155550101', '+442079460101', '+498912345678'] });
    await host.signup.pool.sync();
    expect((await opened()).numbers).toMatchObject([{ phoneNumber: '+442079460101' }]);
  });

  it.each<[string, unknown, string]>([
    ['a number', 42, '42'],
    ['a large number', 12345678901234567890n, '12345678901234567890'],
    ['a text', 'ada', 'ada'],
    ['an object with a number', { id: 42 }, '42'],
    ['a text of 200 letters', 'ß'.repeat(200), 'ß'.repeat(200)],
    ['a text of 200 emoji', '🌵'.repeat(200), '🌵'.repeat(200)],
  ])('may be known by %s', async (_name, answer, id) => {
    await hostThatSays(answer);
    const { session } = await opened();
    expect(saidBy(session)['sub']).toBe(id);
    const claimed = await request(host.app)
      .post('/signup/claims')
      .set('Authorization', `Bearer ${session}`)
      .send({ event: 'FINISH' });
    expect(claimed.status).toBe(202);
  });

  it('may have ids as numbers where those are exact, and takes null and empty fields for nothing', async () => {
    await hostThatSays({
      id: 'ada',
      country: null,
      solutionId: 4242,
      configId: 777n,
      prefill: {
        business: { name: ' ', email: null, website: '', phone: { code: '', number: '' } },
        phone: {},
      },
      password: 'what else stands in the host’s row',
    });
    const { launch, numbers } = await opened();
    expect(launch.configId).toBe('777');
    expect(launch.extras).toEqual({
      setup: { solutionID: '4242', preVerifiedPhone: { ids: [numbers[0]?.id] } },
    });
  });

  it.each([undefined, null, false])(
    'is nothing when the host says %s: nobody is signed in',
    async (nobody) => {
      await hostThatSays(nobody);
      const answer = await open();
      expect(answer.status).toBe(401);
      expect(answer.body.code).toBe('unauthenticated');
    },
  );
});

const valid = { id: 'ada' };
const canary = 'CANARY';
const mistakes: [name: string, answer: unknown, field: string, expected: string][] = [
  ['no id', {}, 'id', '1 to 200 characters'],
  ['an empty id', '', 'id', '1 to 200 characters'],
  ['true for an id', true, 'id', '1 to 200 characters'],
  ['NaN for an id', Number.NaN, 'id', '1 to 200 characters'],
  ['a rounded number for an id', 2 ** 60, 'id', '1 to 200 characters'],
  ['a list for an id', ['ada'], 'id', '1 to 200 characters'],
  ['an object for an id', { id: { id: 'ada' } }, 'id', '1 to 200 characters'],
  ['an id of 201 letters', canary.padEnd(201, 'x'), 'id', '1 to 200 characters'],
  ['an id with a zero byte', `${canary}\0`, 'id', '1 to 200 characters'],
  ['an id with half a letter', `${canary}\ud83c`, 'id', '1 to 200 characters'],
  ['a country of three letters', { ...valid, country: 'usa' }, 'country', 'ISO 3166-1 alpha-2'],
  ['a country in small letters', { ...valid, country: 'us' }, 'country', 'ISO 3166-1 alpha-2'],
  ['a country’s name', { ...valid, country: canary }, 'country', 'ISO 3166-1 alpha-2'],
  ['a country by number', { ...valid, country: 49 }, 'country', 'ISO 3166-1 alpha-2'],
  ['a rounded configId', { ...valid, configId: 2 ** 60 }, 'configId', 'string of digits'],
  ['a configId with letters', { ...valid, configId: canary }, 'configId', 'string of digits'],
  ['an empty configId', { ...valid, configId: '' }, 'configId', 'string of digits'],
  ['a negative solutionId', { ...valid, solutionId: -1 }, 'solutionId', 'string of digits'],
  ['a solutionId in an object', { ...valid, solutionId: { id: '1' } }, 'solutionId', 'string of digits'],
  ['prefill as a text', { ...valid, prefill: canary }, 'prefill', 'object'],
  [
    'a business id in prefill',
    { ...valid, prefill: { business: { id: canary } } },
    'prefill.business',
    '"id"',
  ],
  [
    'pre-verified numbers in prefill',
    { ...valid, prefill: { preVerifiedPhone: { ids: [canary] } } },
    'prefill',
    '"preVerifiedPhone"',
  ],
  [
    'a time zone by name',
    { ...valid, prefill: { business: { timezone: canary } } },
    'prefill.business.timezone',
    'UTC-08:00',
  ],
];

describe('a mistake of the host', () => {
  it.each(mistakes)(
    'is told by where it is and what is expected, and not by what it was: %s',
    (_name, answer, field, expected) => {
      const message = messageOf(() => readCustomer(answer));
      expect(message).toContain(`: ${field} `);
      expect(message).toContain(expected);
      expect(message).not.toContain(canary);
    },
  );

  it('is told with all the others at once', () => {
    const message = messageOf(() => readCustomer({ id: '', country: 'usa', solutionId: 'x', configId: 'x' }));
    for (const field of ['id', 'country', 'solutionId', 'configId'])
      expect(message).toContain(`${field} must be`);
  });

  it('is an error of the host’s, and what it is stands in the log and not in the answer', async () => {
    await hostThatSays({ ...valid, country: canary });
    const said = await open();
    expect(said.status).toBe(500);
    expect(said.body.code).toBe('internal_error');
    expect(said.text + host.log.join()).not.toContain(canary);
    expect(said.text).not.toContain('country');
    const line = host.log.find((one) => one.includes(said.body.requestId)) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      error: 'HostAnswerError',
      detail: expect.stringContaining(
        'options.customer returned what cannot be used: country must be an ISO',
      ),
    });
  });

  it.each(mistakes)('opens no session and holds no number: %s', async (_name, answer) => {
    await hostThatSays(answer);
    expect((await open()).status).toBe(500);
    expect((await host.signup.pool.list({ limit: 10 })).items.some((one) => one.heldBy)).toBe(false);
  });

  it('costs no claim when it is in what only a launch needs', async () => {
    let answer: object = valid;
    host = await startHost({ customer: () => answer as ReturnType<EmbeddedSignupOptions['customer']> });
    const { session } = await opened();
    answer = { ...valid, country: 'usa', configId: 'x' };
    expect((await open()).status).toBe(500);
    const claimed = await request(host.app)
      .post('/signup/claims')
      .set('Authorization', `Bearer ${session}`)
      .send({ event: 'FINISH' });
    expect(claimed.status).toBe(202);
    const looked = await request(host.app).get(`/signup/claims/${claimed.body.claim.id}`);
    expect(looked.status).toBe(200);
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof HostAnswerError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}
