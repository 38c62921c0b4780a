import { describe, expect, test } from 'vitest';
import type { FaultSetting, RandomFaults, Simulator } from '../../src/index.ts';
import { at, errorOf, graph } from '../support/graph-client.ts';
import { NOON, onboarded, playground, seedOne } from '../support/playground.ts';
import { wire } from './support/wire-client.ts';

const played = (simulator: Simulator) => simulator.requests().map(({ fault }) => fault);

describe('a script', () => {
  test('lets the first calls pass, then plays so often', async () => {
    const simulator = await playground();
    simulator.setFaults([{ match: { path: '/1' }, after: 2, times: 2, fault: { kind: 'html' } }]);
    for (const path of ['/1', '/2', '/1', '/1', '/2', '/1', '/1']) await wire(simulator, `GET ${path}`);
    expect(played(simulator)).toEqual([
      undefined,
      undefined,
      undefined,
      'html',
      undefined,
      'html',
      undefined,
    ]);
  });

  test('has a later line for the calls that an earlier one lets pass', async () => {
    const simulator = await playground();
    simulator.setFaults([
      { match: {}, after: 1, times: 'always', fault: { kind: 'html' } },
      { match: {}, times: 'always', fault: { kind: 'empty' } },
    ]);
    for (let call = 0; call < 3; call += 1) await wire(simulator, 'GET /1');
    expect(played(simulator)).toEqual(['empty', 'html', 'html']);
  });

  test('can go on always', async () => {
    const simulator = await playground();
    simulator.setFaults([{ match: {}, times: 'always', fault: { kind: 'empty' } }]);
    for (let call = 0; call < 20; call += 1) await wire(simulator, 'GET /1');
    expect(played(simulator)).toEqual(Array.from({ length: 20 }, () => 'empty'));
    expect(simulator.faults().faults).toMatchObject([{ times: 'always' }]);
  });

  test('tells what is left of it, and no more when nothing is', async () => {
    const simulator = await playground();
    const fault = { kind: 'html' } as const;
    simulator.setFaults([
      { match: { path: '/1' }, after: 1, times: 2, fault },
      { match: { method: 'POST' }, fault },
    ]);
    for (let call = 0; call < 2; call += 1) await wire(simulator, 'GET /1');
    const left = await graph(simulator, 'GET /__simulator/faults');
    expect(left.body).toEqual({
      faults: [
        { match: { path: '/1' }, after: 0, times: 1, fault },
        { match: { method: 'POST' }, after: 0, times: 1, fault },
      ],
      throttled: [],
    });
    await wire(simulator, 'GET /1');
    await wire(simulator, 'POST /1');
    expect(simulator.faults()).toEqual({ faults: [], throttled: [] });
  });
});

describe('by chance', () => {
  /** Which faults forty calls get. */
  async function sequence(setting: RandomFaults) {
    const simulator = await playground();
    simulator.setFaults(setting);
    for (let call = 0; call < 40; call += 1) await wire(simulator, `GET /${call % 3}`);
    return played(simulator);
  }

  test('the same seed plays the same faults, another seed others', async () => {
    const first = await sequence({ seed: 7, rate: 0.5 });
    expect(await sequence({ seed: 7, rate: 0.5 })).toEqual(first);
    expect(await sequence({ seed: 8, rate: 0.5 })).not.toEqual(first);
    const faults = first.filter((fault) => fault !== undefined);
    expect(faults.length).toBeGreaterThan(10);
    expect(faults.length).toBeLessThan(30);
    expect(new Set(faults).size).toBeGreaterThan(3);
  });

  test('the rate goes from never to always', async () => {
    expect(await sequence({ seed: 1, rate: 0 })).toEqual(Array.from({ length: 40 }, () => undefined));
    expect(await sequence({ seed: 1, rate: 1 })).not.toContain(undefined);
  });

  test('only the named faults are played, and only on calls that match', async () => {
    const faults = await sequence({ seed: 1, rate: 1, kinds: ['html', 'empty'], match: { path: '/1' } });
    expect(new Set(faults.filter((_fault, call) => call % 3 === 1))).toEqual(new Set(['html', 'empty']));
    expect(new Set(faults.filter((_fault, call) => call % 3 !== 1))).toEqual(new Set([undefined]));
  });

  test('faults that take real time or much memory are played only when named', async () => {
    const faults = new Set<string | undefined>();
    for (const seed of [1, 2, 3, 4, 5])
      for (const fault of await sequence({ seed, rate: 1 })) faults.add(fault);
    expect(faults).toEqual(
      new Set([
        'empty',
        'error',
        'error-in-200',
        'html',
        'lost',
        'malformed',
        'reset',
        'reset-mid-body',
        'throttled',
        'truncated-gzip',
        'wrong-type',
      ]),
    );
  });

  test('it is set and ended over HTTP', async () => {
    const simulator = await playground();
    const setting = { seed: 3, rate: 1, kinds: ['html'] };
    const set = await graph(simulator, 'POST /__simulator/faults', { json: setting });
    expect(set).toMatchObject({ status: 200, body: { faults: [], random: setting, throttled: [] } });
    expect((await wire(simulator, 'GET /1')).status).toBe(502);
    await graph(simulator, 'POST /__simulator/faults', { json: [] });
    expect((await wire(simulator, 'GET /1')).status).toBe(401);
  });
});

describe('a throttle', () => {
  const usageOf = (headers: Headers) => JSON.parse(headers.get('x-business-use-case-usage') ?? 'null');

  test.each([
    ['live', 4, 400],
    ['live', 17, 400],
    ['live', 32, 400],
    ['live', 613, 400],
    ['live', 80_007, 400],
    ['live', 80_008, 400],
    ['live', 130_429, 400],
    ['openapi', 4, 429],
    ['openapi', 17, 429],
    ['openapi', 32, 429],
    ['openapi', 613, 422],
    ['openapi', 80_007, 429],
    ['openapi', 80_008, 429],
    ['openapi', 130_429, 429],
  ] as const)('in the %s profile, %i has the status %i and the usage header of its kind', async (...row) => {
    const [profile, code, status] = row;
    const simulator = await playground({ profile });
    const { wabaId, phoneNumberId, token } = await onboarded(simulator);
    simulator.setFaults([{ match: {}, fault: { kind: 'throttled', code, regainMinutes: 12 } }]);
    const answer = await graph(simulator, `GET /${phoneNumberId}`, { token });
    expect(errorOf(answer)).toMatchObject({ status, code });
    if (code < 1000) {
      const usage = { call_count: 100, total_cputime: 25, total_time: 25 };
      expect(JSON.parse(answer.headers.get('x-app-usage') ?? '')).toEqual(usage);
      expect(usageOf(answer.headers)).toBeNull();
    } else {
      expect(usageOf(answer.headers)).toEqual({
        [wabaId]: [
          {
            type: 'whatsapp_business_management',
            call_count: 100,
            total_cputime: 25,
            total_time: 25,
            estimated_time_to_regain_access: 12,
          },
          {
            type: 'whatsapp',
            call_count: 0,
            total_cputime: 0,
            total_time: 0,
            estimated_time_to_regain_access: 0,
          },
        ],
      });
    }
  });

  test('the live status and the code for accounts are switches', async () => {
    const simulator = await playground({ assume: { throttledStatus: 429, accountLimitCode: 80_007 } });
    simulator.setFaults([{ match: {}, fault: { kind: 'throttled', regainMinutes: 1 } }]);
    expect(errorOf(await graph(simulator, 'GET /1'))).toMatchObject({ status: 429, code: 80_007 });
  });

  test('either header, both or none can be asked for', async () => {
    const simulator = await playground();
    for (const [usage, app, account] of [
      ['app', true, false],
      ['account', false, true],
      ['both', true, true],
      ['none', false, false],
    ] as const) {
      simulator.setFaults([{ match: {}, fault: { kind: 'throttled', code: 4, regainMinutes: 1, usage } }]);
      const { headers } = await graph(simulator, 'GET /1');
      expect([headers.has('x-app-usage'), headers.has('x-business-use-case-usage')]).toEqual([app, account]);
    }
  });

  test('without sticky it is over after one call', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const token = simulator.systemUserToken;
    simulator.setFaults([{ match: {}, fault: { kind: 'throttled', regainMinutes: 30 } }]);
    expect((await graph(simulator, `GET /${id}`, { token })).status).toBe(400);
    expect((await graph(simulator, `GET /${id}`, { token })).status).toBe(200);
  });

  test('sticky holds for the account and its numbers until the minutes are over, and counts down', async () => {
    const simulator = await playground();
    const { wabaId, phoneNumberId, token } = await onboarded(simulator);
    const other = await onboarded(simulator);
    const fault = { kind: 'throttled', regainMinutes: 30, sticky: true } as const;
    simulator.setFaults([{ match: { path: `/${phoneNumberId}` }, fault }]);
    expect((await graph(simulator, `GET /${phoneNumberId}`, { token })).status).toBe(400);
    simulator.advance('PT18M30S');
    const again = await graph(simulator, `GET /${wabaId}/phone_numbers`, { token });
    expect(errorOf(again)).toMatchObject({ status: 400, code: 80_008 });
    expect(at(usageOf(again.headers), wabaId, 0, 'estimated_time_to_regain_access')).toBe(12);
    expect(simulator.faults().throttled).toEqual([{ object: wabaId, until: NOON + 30 * 60_000 }]);
    expect((await graph(simulator, `GET /${other.wabaId}`, other)).status).toBe(200);
    simulator.advance('PT11M29S');
    expect((await graph(simulator, `GET /${wabaId}`, { token })).status).toBe(400);
    simulator.advance('PT1S');
    expect((await graph(simulator, `GET /${wabaId}`, { token })).status).toBe(200);
    expect(simulator.faults().throttled).toEqual([]);
  });

  test('setting faults anew ends it', async () => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    simulator.setFaults([{ match: {}, fault: { kind: 'throttled', regainMinutes: 30, sticky: true } }]);
    await graph(simulator, `GET /${wabaId}`, { token });
    simulator.setFaults([]);
    expect((await graph(simulator, `GET /${wabaId}`, { token })).status).toBe(200);
  });
});

describe('what cannot be played', () => {
  const error = { code: 1 };
  test.each<[unknown, RegExp]>([
    [{}, /seed must be a whole number/],
    [{ seed: 1 }, /rate must be a number from 0 to 1/],
    [{ seed: 1, rate: 1.5 }, /rate must be a number from 0 to 1/],
    [{ seed: 1, rate: 1, kinds: [] }, /kinds must be a list/],
    [{ seed: 1, rate: 1, kinds: ['explode'] }, /kinds must be one of error, reset/],
    [[{ match: {} }], /fault must be an object/],
    [[{ fault: { kind: 'explode' } }], /kind must be one of error, reset/],
    [[{ fault: { kind: 'lost' }, times: -1 }], /times must be a whole number from 0 on, or "always"/],
    [[{ fault: { kind: 'lost' }, times: 'ever' }], /times must be/],
    [[{ fault: { kind: 'lost' }, after: -1 }], /after must be a whole number from 0/],
    [[{ fault: { kind: 'lost', ms: 1 } }], /"ms" is none of kind/],
    [[{ fault: { kind: 'slow' } }], /ms must be a whole number/],
    [[{ fault: { kind: 'slow', ms: -1 } }], /ms must be a whole number from 0 to 3600000/],
    [[{ fault: { kind: 'error', status: 99, error } }], /status must be a whole number from 200 to 599/],
    [[{ fault: { kind: 'error', status: 400 } }], /an object with code, message/],
    [[{ fault: { kind: 'error', status: 400, error, done: 'yes' } }], /done must be true or false/],
    [[{ fault: { kind: 'error', status: 400, error, headers: { 'a b': 'c' } } }], /header name/i],
    [[{ fault: { kind: 'error', status: 400, error, headers: { a: 'b\nc' } } }], /header content/i],
    [
      [{ fault: { kind: 'error', status: 400, error, headers: { 'Content-Length': '1' } } }],
      /belongs to the/,
    ],
    [[{ fault: { kind: 'huge', bytes: 257 * 1024 * 1024 } }], /bytes must be a whole number from 1 to/],
    [[{ fault: { kind: 'wrong-type', contentType: 'a\nb' } }], /contentType/],
    [[{ fault: { kind: 'throttled', regainMinutes: 0 } }], /regainMinutes must be a whole number from 1/],
    [[{ fault: { kind: 'throttled', regainMinutes: 1, code: 5 } }], /code must be one of 4, 17/],
    [[{ fault: { kind: 'throttled', regainMinutes: 1, usage: 'page' } }], /usage must be one of/],
    [[{ fault: { kind: 'lost' } }, { fault: { kind: 'explode' } }], /kind must be one of/],
  ])('%j is refused with a sentence and changes nothing', async (setting, sentence) => {
    const simulator = await playground();
    simulator.setFaults([{ match: {}, times: 2, fault: { kind: 'html' } }]);
    const refused = await graph(simulator, 'POST /__simulator/faults', { json: setting });
    expect(refused.status).toBe(400);
    expect(at(refused.body, 'error')).toMatch(sentence);
    expect(() => simulator.setFaults(setting as FaultSetting)).toThrow(sentence);
    expect((await wire(simulator, 'GET /1')).status).toBe(502);
  });
});
