import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { errorOf, graph, queryOf } from '../support/graph-client.ts';
import { onboarded, playground } from '../support/playground.ts';
import { calls, customerWithOwnNumber, wordsOf } from './support/number-calls.ts';

const DIGITS = '15550783881';

/** Every documented way to write one number: with and without plus, blanks, hyphens, parentheses. */
const NOTATIONS = [
  '+15550783881',
  '15550783881',
  '+1 555 078 3881',
  '+1 555-078-3881',
  '1-555-078-3881',
  '+1 (555) 078-3881',
  '1(555)0783881',
  ' +1 (555) 078 - 3881 ',
];

interface Partner {
  readonly businessId: string;
  readonly systemUserToken: string;
}

const add = (simulator: Simulator, phoneNumber: string, { businessId, systemUserToken: token }: Partner) =>
  graph(simulator, `POST /v26.0/${businessId}/add_phone_numbers?${queryOf({ phone_number: phoneNumber })}`, {
    token,
  });

/** Where a number can be already. */
const PLACES: readonly (readonly [string, (simulator: Simulator) => Promise<unknown>])[] = [
  ['the same pool', (simulator) => add(simulator, DIGITS, simulator)],
  [
    'the same pool, verified',
    (simulator) => Promise.resolve(simulator.seedNumbers({ phoneNumbers: [DIGITS] })),
  ],
  [
    'the same pool, lapsed',
    (simulator) => Promise.resolve(simulator.seedNumbers({ phoneNumbers: [DIGITS], status: 'EXPIRED' })),
  ],
  ['the pool of another partner', (simulator) => add(simulator, DIGITS, simulator.addPartner())],
  ['an account, brought by a customer', (simulator) => customerWithOwnNumber(simulator, DIGITS)],
  [
    'an account, claimed from the pool',
    (simulator) => {
      const [number] = simulator.seedNumbers({ phoneNumbers: [DIGITS] });
      return Promise.resolve(simulator.signUp({ numberId: number?.id }));
    },
  ],
  [
    'an account, added by API',
    async (simulator) => {
      const { wabaId } = await onboarded(simulator);
      simulator.setBusinessVerified(simulator.state().accounts[0]?.ownerBusinessId ?? '', true);
      const named = { cc: '1', phone_number: '5550783881', verified_name: 'Lucky Shrub' };
      return calls(simulator).create(wabaId, named);
    },
  ],
];

describe.each(['live', 'openapi'] as const)(
  'in the %s profile a number cannot be added that is in',
  (profile) => {
    test.each(PLACES)('%s, however it is written; and nothing has changed', async (_place, put) => {
      const simulator = await playground({ profile });
      await put(simulator);
      const before = simulator.state();
      const known = [...before.preverifiedNumbers, ...before.phoneNumbers];
      expect(known.filter(({ phoneNumber }) => phoneNumber === `+${DIGITS}`)).toHaveLength(1);
      for (const notation of NOTATIONS) {
        const answer = await add(simulator, notation, simulator);
        expect([notation, errorOf(answer)]).toEqual([notation, { status: 400, code: 100 }]);
        expect(wordsOf(answer)).toMatchObject({
          message: '(#100) Invalid phone number',
          title: 'Invalid phone number',
          words: 'This phone number is in use already.',
        });
      }
      expect(simulator.state()).toEqual(before);
    });
  },
);

test('nor can another partner add a number of the BSP’s pool', async () => {
  const simulator = await playground();
  const partner = simulator.addPartner();
  await add(simulator, DIGITS, simulator);
  const before = simulator.state();
  expect(errorOf(await add(simulator, `+${DIGITS}`, partner))).toEqual({ status: 400, code: 100 });
  expect(simulator.state()).toEqual(before);
});

test.each(NOTATIONS)('a free number can be added as "%s", in a query, a form and JSON', async (notation) => {
  const { businessId, systemUserToken: token, ...simulator } = await playground();
  const path = `POST /v26.0/${businessId}/add_phone_numbers`;
  const values = { phone_number: notation };
  for (const [request, body] of [
    [`${path}?${queryOf(values)}`, {}],
    [path, { form: new URLSearchParams(values) }],
    [path, { json: values }],
  ] as const) {
    expect((await graph(simulator, request, { token, ...body })).status).toBe(200);
    expect(simulator.state().preverifiedNumbers.map(({ phoneNumber }) => phoneNumber)).toEqual([
      `+${DIGITS}`,
    ]);
    simulator.reset();
  }
});
