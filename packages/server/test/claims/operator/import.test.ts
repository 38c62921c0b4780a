import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClaimToImport } from '../../../src/claims/import-claims.ts';
import { importClaims } from '../../../src/claims/import-claims.ts';
import { InvalidRequestError } from '../../../src/ports/invalid-request-error.ts';
import { StoreUnavailableError } from '../../../src/ports/store-errors.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';
import { engines, openStore } from '../../support/databases.ts';
import { filesOf, startHost, type TestHost } from '../../support/host.ts';
import { deliver, later, type Staff, staffOf } from './support/staff.ts';

const token = (n: number) => `EAASCANARYimported${n}`;

/** The n-th number that was registered before the kit came. */
const row = (n: number, over: Partial<ClaimToImport> = {}): ClaimToImport => ({
  customerId: `customer-${n}`,
  wabaId: String(8_000_000 + n),
  phoneNumberId: String(7_000_000 + n),
  phoneNumber: `+1 (555) 03${String(Math.floor(n / 10_000))}-${String(n % 10_000).padStart(4, '0')}`,
  accessToken: token(n),
  pin: '628405',
  registeredAt: '2025-06-01T12:00:00+02:00',
  ...over,
});
const rows = (count: number) => Array.from({ length: count }, (_, n) => row(n));

describe.each(engines)('importing on $name', ({ name }) => {
  let host: TestHost;
  let staff: Staff;
  beforeEach(async () => {
    host = await startHost({
      engine: name === 'SQLite' ? 'SQLite' : 'PostgreSQL',
      operator: () => 'Nadia',
    });
    staff = staffOf(host);
  });
  afterEach(() => host.close());
  const put = (claims: unknown) => staff.post('/claims/import', { claims });

  it('knows when the token of an imported number ends, and tells the host before', async () => {
    const dayMs = 86_400_000;
    const ends = (days: number) => new Date(t0 + days * dayMs).toISOString();
    const { accessToken: _none, ...tokenless } = row(2);
    const bad = await put([row(0), { ...tokenless, tokenExpiresAt: ends(5) }]);
    expect([bad.status, bad.body.issues?.[0]?.path]).toEqual([400, 'claims.1.tokenExpiresAt']);
    await put([row(0, { tokenExpiresAt: ends(5) }), row(1, { tokenExpiresAt: ends(60) })]);
    expect(await host.signup.accessToken('8000000')).toBe(token(0));
    host.pass(6 * dayMs);
    await expect(host.signup.accessToken('8000000')).rejects.toThrow('The token');
    expect(await host.signup.accessToken('8000001')).toBe(token(1));
  });

  it('takes numbers over as registered, with token and PIN, and nothing is done with them at Meta', async () => {
    const answer = await put(rows(3));
    expect(answer.status).toBe(200);
    expect(answer.body.results).toEqual(
      [0, 1, 2].map((n) => ({
        phoneNumberId: String(7_000_000 + n),
        phoneNumber: `+1555030000${n}`,
        outcome: 'imported',
      })),
    );
    await later(host);
    const { claims } = (await staff.get('/claims')).body as { claims: { id: string }[] };
    expect(claims).toHaveLength(3);
    const id = claims.at(-1)?.id ?? '';
    expect(await staff.claim(id)).toMatchObject({
      status: 'registered',
      customerId: 'customer-0',
      phoneNumber: '+15550300000',
      registeredAt: '2025-06-01T10:00:00.000Z',
    });
    expect(await staff.history(id)).toEqual(['Nadia: imported as registered']);
    expect((await staff.post(`/claims/${id}/pin/reading`)).body).toEqual({ pin: '628405' });
    expect(host.calls().filter((call) => !call.includes('preverified'))).toEqual([]);
  });

  it('twice changes nothing', async () => {
    await put(rows(20));
    const before = (await staff.get('/claims?limit=200')).text;
    const again = await put(rows(20).map((one) => ({ ...one, pin: '111111', accessToken: 'another' })));
    expect(new Set(again.body.results.map(({ outcome }: { outcome: string }) => outcome))).toEqual(
      new Set(['known']),
    );
    expect((await staff.get('/claims?limit=200')).text).toBe(before);
    const [claim] = JSON.parse(before).claims as { id: string }[];
    expect((await staff.post(`/claims/${claim?.id}/pin/reading`)).body).toEqual({ pin: '628405' });
  });

  it('at the same moment by two people takes each number over once', async () => {
    const [one, two] = await Promise.all([put(rows(30)), put(rows(30))]);
    const outcomes = [...one.body.results, ...two.body.results].map(
      ({ outcome }: { outcome: string }) => outcome,
    );
    expect(outcomes.filter((outcome) => outcome === 'imported')).toHaveLength(30);
    expect(outcomes.filter((outcome) => outcome === 'known')).toHaveLength(30);
    expect((await staff.get('/claims?limit=200')).body.claims).toHaveLength(30);
  });

  it('says so when another customer has the number, by its id or by its digits', async () => {
    const { id } = await deliver(host, 'lucky-shrub');
    await later(host);
    const taken = await staff.claim(id);
    const answer = await put([
      row(1),
      row(2, { phoneNumberId: taken.phoneNumberId ?? '' }),
      row(3, { phoneNumber: taken.phoneNumber ?? '' }),
      row(4, { phoneNumber: row(1).phoneNumber }),
      row(5, {
        customerId: 'lucky-shrub',
        phoneNumberId: taken.phoneNumberId ?? '',
        phoneNumber: taken.displayPhoneNumber ?? '',
      }),
    ]);
    expect(answer.body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'imported',
      'conflict',
      'conflict',
      'conflict',
      'known',
    ]);
    expect(await staff.claim(id)).toEqual(taken);
  });

  it('of a number of the pool takes it out of the pool', async () => {
    const { numbers } = (await staff.get('/numbers')).body as { numbers: { displayPhoneNumber: string }[] };
    await put(
      numbers.map(({ displayPhoneNumber }, n) =>
        row(n, { phoneNumber: displayPhoneNumber, customerId: 'lucky-shrub' }),
      ),
    );
    const pool = (await staff.get('/numbers')).body.numbers as { state: string; claimedBy: string }[];
    expect(pool.map(({ state, claimedBy }) => [state, claimedBy])).toEqual([
      ['claimed', 'lucky-shrub'],
      ['claimed', 'lucky-shrub'],
      ['claimed', 'lucky-shrub'],
    ]);
    expect((await host.open('wind-and-wool')).numbers).toEqual([]);
  });
});

describe('importing', () => {
  let host: TestHost;
  let staff: Staff;
  beforeEach(async () => {
    host = await startHost();
    staff = staffOf(host);
  });
  afterEach(() => host.close());
  const put = (claims: unknown) => staff.post('/claims/import', { claims });
  const stored = async () => (await staff.get('/claims?limit=200')).body.claims as unknown[];

  it('names every malformed field of every row, and writes nothing when there is one', async () => {
    const answer = await put([
      row(0),
      row(1, { phoneNumber: '555-010-0001' }),
      row(2, { wabaId: '12ab', pin: '12345' }),
      { ...row(3), phoneNumbers: '+1' },
      row(4, { customerId: '' }),
      row(5, { registeredAt: 'yesterday' }),
      row(6, { accessToken: 'EAASCANARY with a blank' }),
      'nothing',
    ]);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('invalid_request');
    const issues = answer.body.issues as { path: string; message: string }[];
    expect(issues.map(({ path }) => path)).toEqual([
      'claims.1.phoneNumber',
      'claims.2.wabaId',
      'claims.2.pin',
      'claims.3',
      'claims.4.customerId',
      'claims.5.registeredAt',
      'claims.6.accessToken',
      'claims.7',
    ]);
    expect(issues[0]?.message).toContain('calling code');
    expect(issues[3]?.message).toContain('phoneNumbers');
    expect(answer.text).not.toContain('CANARY');
    // The request id is random, and may have any digits in it.
    expect(JSON.stringify({ ...answer.body, requestId: undefined })).not.toMatch(/12345|12ab|yesterday/);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['+1 (555) 010-0001', '+15550100001'],
    ['0049 30 1234567', '+49301234567'],
    [' +55 11 98765-4321 ', '+5511987654321'],
    ['+52 1 55 1234 5678', '+525512345678'],
    ['+44 20 7946 0958', '+442079460958'],
  ])('reads %s as %s', async (phoneNumber, read) => {
    expect((await put([row(0, { phoneNumber })])).body.results).toMatchObject([{ phoneNumber: read }]);
  });

  it.each([
    '555-010-0001',
    '15550100001',
    '+1 555',
    '+1 555 010 0001 ext. 5',
    'call +1 555 010 0001',
    '+1 555 010 0001 000',
    '+999 12345678',
    '+',
    '+1 555-010-0001\n',
  ])('refuses %s, which is no possible number', async (phoneNumber) => {
    const answer = await put([row(0, { phoneNumber })]);
    expect(answer.body.issues).toMatchObject([{ path: 'claims.0.phoneNumber' }]);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['no list', 'nothing', 'claims'],
    ['nothing at all', undefined, 'claims'],
    ['an empty list', [], 'claims'],
    ['a row more than a thousand', rows(1001), 'claims'],
    [
      'a registration in the future',
      [row(0, { registeredAt: '2030-01-01T00:00:00Z' })],
      'claims.0.registeredAt',
    ],
  ])('refuses %s', async (_name, claims, path) => {
    const answer = await put(claims);
    expect(answer.status).toBe(400);
    expect(answer.body.issues).toMatchObject([{ path }]);
    expect(answer.body.issues).toHaveLength(1);
    expect(await stored()).toEqual([]);
  });

  it('takes a thousand rows with long tokens in one call', async () => {
    const long = `EAAS${'x'.repeat(400)}`;
    const answer = await put(rows(1000).map((one) => ({ ...one, accessToken: long })));
    expect(answer.body.results).toHaveLength(1000);
    expect(new Set(answer.body.results.map(({ outcome }: { outcome: string }) => outcome))).toEqual(
      new Set(['imported']),
    );
  });

  it('leaves no token and no PIN in a log, a file or an answer', async () => {
    const answers = [await put(rows(2)), await put([row(0, { pin: '6284050' })])];
    answers.push(await staff.get('/claims'));
    const everything = [...answers.map(({ text }) => text), ...host.log, await filesOf(host.database)].join(
      '\n',
    );
    expect(host.sealed).toContain(token(0));
    expect(everything).not.toContain('CANARYimported');
    expect(everything).not.toMatch(/(?<![0-9])628405/);
  });
});

describe('importing that breaks off', () => {
  it('is done again: what was written is known then, and nothing is there twice', async () => {
    const database = await engines[0]?.createMigrated();
    if (database === undefined) throw new Error('no database');
    const store = await openStore(database.address);
    const cipher = {
      seal: (plain: string) => Promise.resolve(plain),
      open: (sealed: string) => Promise.resolve(sealed),
    };
    const sizes: number[] = [];
    const importing = (failAt: number) =>
      importClaims({
        store: {
          ...store,
          importClaims(input) {
            sizes.push(input.claims.length);
            if (sizes.length === failAt) throw new StoreUnavailableError('gone');
            return store.importClaims(input);
          },
        },
        clock: { now: () => t0 },
        random: systemRandom,
        cipher,
      });
    await expect(importing(2)(rows(250), 'Nadia')).rejects.toThrow(StoreUnavailableError);
    const again = await importing(0)(rows(250), 'Nadia');
    expect(sizes).toEqual([100, 100, 100, 100, 50]);
    expect(again.map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 250 }, (_, n) => (n < 100 ? 'known' : 'imported')),
    );
    await expect(importing(0)([row(0)], 'Nadia\n')).rejects.toThrow(InvalidRequestError);
    await store.close();
    await database.drop();
  });
});
