import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findClaim } from '../../src/cli/claims/find-claim.ts';
import { findNumber } from '../../src/cli/pool/find-number.ts';
import { InvalidRequestError } from '../../src/index.ts';
import { startHost, type TestHost } from '../support/host.ts';

let host: TestHost;
beforeEach(async () => {
  host = await startHost({ operator: () => 'Nadia', numbers: 0 });
});
afterEach(() => host.close());

/** What the operator's list finds. */
async function found(list: 'claims' | 'numbers', search: string): Promise<string[]> {
  const { status, body } = await request(host.app).get(`/operator/${list}`).query({ search });
  expect(status).toBe(200);
  return body[list].map(({ phoneNumber }: { phoneNumber: string }) => phoneNumber);
}

const german = '+49301234567';
const brazilian = '+5511987654321';
const mexican = '+525512345678';

/** Ways to write them. */
const ways: [written: string, phoneNumber: string][] = [
  ['+49 30 1234567', german],
  ['0049 30 1234567', german],
  ['(+49) 30/1234567', german],
  ['+49 (0)30 1234567', german],
  ['\u202a+49\u00a030\u202f1234567\u202c', german],
  ['＋４９ ３０ １２３４５６７', german],
  ['+55 11 98765-4321', brazilian],
  ['+55 11 8765-4321', brazilian],
  ['0055 11 8765 4321', brazilian],
  ['+52 1 55 1234 5678', mexican],
  ['+52 55 1234 5678', mexican],
];

/** A search takes these as well; a command, which acts at once, does not. */
const searched: typeof ways = [...ways, ['49301234567', german], ['49 (30) 1234567', german]];
const inCommands = (written: string) => ways.some(([way]) => way === written);

describe('a number that is looked for', () => {
  it('is found in the pool, however it is written', async () => {
    host.sim.seedNumbers({ phoneNumbers: [german, brazilian, mexican, '+49301234568'] });
    await host.signup.pool.sync();
    for (const [written, phoneNumber] of searched) {
      expect({ told: written, read: await found('numbers', written) }).toEqual({
        told: written,
        read: [phoneNumber],
      });
      if (!inCommands(written)) {
        await expect(findNumber(host.signup.pool, written)).rejects.toThrow('with the plus');
        continue;
      }
      expect({ told: written, read: (await findNumber(host.signup.pool, written)).phoneNumber }).toEqual({
        told: written,
        read: phoneNumber,
      });
    }
    const [{ id } = { id: '' }] = (await host.signup.pool.list({ search: german, limit: 1 })).items;
    expect((await findNumber(host.signup.pool, `\u202a${id}\u202c`)).phoneNumber).toBe(german);
    expect((await found('numbers', '30 1234')).toSorted()).toEqual([german, '+49301234568']);
  });

  it('is found among the claims, however it is written', async () => {
    const rows = [german, brazilian, mexican, '+49301234568'].map((phoneNumber, index) => ({
      customerId: `customer-${index}`,
      wabaId: `10${index}`,
      phoneNumberId: `20${index}`,
      phoneNumber,
    }));
    await host.signup.claims.import(rows, 'Nadia');
    for (const [written, phoneNumber] of searched) {
      expect({ told: written, read: await found('claims', written) }).toEqual({
        told: written,
        read: [phoneNumber],
      });
      if (!inCommands(written)) {
        await expect(findClaim(host.signup.claims, written)).rejects.toThrow('with the plus');
        continue;
      }
      expect({ told: written, read: (await findClaim(host.signup.claims, written)).phoneNumber }).toEqual({
        told: written,
        read: phoneNumber,
      });
    }
    expect(await found('claims', 'customer-1')).toEqual([brazilian]);
    expect(await found('claims', '201')).toEqual([brazilian]);
    expect(await found('claims', 'nobody')).toEqual([]);
  });

  it('is asked for with its calling code where that may be what is missing', async () => {
    const sentence =
      '030 1234567 names no number. It has no calling code. Write it with the plus, like +1 555-010-0001.';
    await expect(findNumber(host.signup.pool, '030 1234567')).rejects.toThrow(sentence);
    // It may be an id.
    await expect(findNumber(host.signup.pool, '0301234567')).rejects.toThrow(
      'with the id 0301234567. A telephone number is written with the plus',
    );
  });
});

describe('a number that is imported', () => {
  it.each([
    ['030 1234567', 'It has no calling code. Write it with the plus, like +1 555-010-0001'],
    ['49301234567', 'It has no calling code. Write it with the plus, like +1 555-010-0001'],
    ['+49 22833', 'It is too short. Short codes cannot be used with WhatsApp'],
    [
      '+49 30 1234567 ext. 5',
      'It has an extension. Meta reaches whole numbers only: leave the extension out',
    ],
    ['+999 123456', 'No country has its calling code. Write it like +1 555-010-0001'],
  ])('is refused with the sentence of the pool: %s', async (phoneNumber, why) => {
    const row = { customerId: 'ada', wabaId: '1', phoneNumberId: '2', phoneNumber };
    const error = await host.signup.claims.import([row], 'Nadia').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error).toMatchObject({
      issues: [{ path: 'claims.0.phoneNumber', message: `must be a possible telephone number. ${why}` }],
    });
    const added = await request(host.app)
      .post('/operator/numbers')
      .send({ phoneNumbers: [phoneNumber] });
    expect(JSON.stringify(added.body)).toContain(why.split('. ')[0]);
    expect(host.calls().filter((call) => call.startsWith('POST'))).toEqual([]);
  });
});
