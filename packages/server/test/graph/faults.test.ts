import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createGraphClient,
  GraphError,
  type GraphClient,
  type GraphErrorKind,
  type GraphLimits,
} from '../../src/graph/index.ts';
import {
  closedPort,
  faultKinds,
  regainMinutes,
  retryAfterSeconds,
  startFaultServer,
  type FaultKind,
} from './support/fault-server.ts';

const long = process.env['TEST_LONG'] === '1';
const seeds = long ? 500 : 3;

/** Faults that are nothing but time. Only with them are clocks short: on a busy machine good answers take theirs as well. */
const silent: ReadonlySet<FaultKind> = new Set([
  'connect time-out',
  'header time-out',
  'half-open',
  'slow drip',
  'stalled mid-body',
]);
const deadline = 6_000;
const limitsFor = (fault: FaultKind | undefined) =>
  fault !== undefined && silent.has(fault)
    ? { connect: fault === 'connect time-out' ? 120 : 3_000, headers: 120, body: 120, attempt: 250, deadline }
    : { connect: 3_000, headers: 3_000, body: 3_000, attempt: 3_000, deadline };
const patience = (fault: FaultKind) => (silent.has(fault) ? 500 : 3_000);
/** What a busy machine may add to a deadline. */
const slack = 1_000;

/** What each fault is, to a call that reads, and to one that costs. */
const meanings: Record<FaultKind, { kind: GraphErrorKind; sent: boolean | 'unknown' } | 'fine'> = {
  'connect refused': { kind: 'unreachable', sent: false },
  'connect time-out': { kind: 'unreachable', sent: false },
  'header time-out': { kind: 'unreachable', sent: 'unknown' },
  'reset before body': { kind: 'unreachable', sent: 'unknown' },
  'reset mid-body': { kind: 'unreachable', sent: 'unknown' },
  'half-open': { kind: 'unreachable', sent: 'unknown' },
  'slow drip': { kind: 'unreachable', sent: 'unknown' },
  'stalled mid-body': { kind: 'unreachable', sent: 'unknown' },
  '500': { kind: 'unreadable', sent: true },
  '502': { kind: 'unreadable', sent: true },
  '503': { kind: 'unreadable', sent: true },
  '429 with Retry-After': { kind: 'throttled', sent: true },
  '400 with code 4 and regain minutes': { kind: 'throttled', sent: true },
  '400 with code 80007 and regain minutes': { kind: 'throttled', sent: true },
  'malformed JSON': { kind: 'unreadable', sent: true },
  'HTML body': { kind: 'unreadable', sent: true },
  'empty 200': { kind: 'unreadable', sent: true },
  'truncated gzip': { kind: 'unreadable', sent: true },
  '200 with error': { kind: 'transient', sent: true },
  'success then drop': { kind: 'unreachable', sent: 'unknown' },
  'wrong content type': 'fine',
  '100 MB body': { kind: 'unreadable', sent: true },
  redirect: { kind: 'unreadable', sent: true },
};

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

/** One client, one server with a plan, one clock that waits move. */
async function arena(plan: FaultKind[], chance: number, more: Partial<GraphLimits> = {}) {
  let waited = 0;
  const now = () => Math.floor(performance.now()) + waited;
  const server = await startFaultServer({
    plan,
    now,
    answer: { id: '123', success: true, display_phone_number: '+1' },
  });
  const graphUrl =
    plan[0] === 'connect refused'
      ? await closedPort()
      : plan[0] === 'connect time-out'
        ? server.url.replace('http', 'https')
        : server.url;
  const client = createGraphClient({
    appId: '1',
    appSecret: 'secret',
    token: 'token',
    graphUrl,
    limits: { ...limitsFor(plan[0]), ...more },
    now,
    monotonic: now,
    random: () => chance,
    wait: (ms) => {
      waited += ms;
      return Promise.resolve();
    },
  });
  return {
    server,
    client,
    now,
    pass: (ms: number) => void (waited += ms),
    async end() {
      await client.close();
      await server.close();
    },
  };
}

const read = (client: GraphClient) => client.phoneNumber.get({ phoneNumberId: '1' });
const write = (client: GraphClient, deadlineMs = 300) =>
  client.business.addPhoneNumbers({ businessId: '1', phoneNumber: '+15550100001' }, { deadline: deadlineMs });
const asError = (error: unknown): GraphError => {
  if (error instanceof GraphError) return error;
  throw error;
};

/** A seed's choices: how often the fault comes, and how chance falls. */
const chosen = (seed: number) => ({ times: 1 + (seed % 3), chance: ((seed * 7919) % 1000) / 1000 });
const isThrottle = (fault: FaultKind) => /429|code/.test(fault);

describe.each(faultKinds)('%s', (fault) => {
  const meaning = meanings[fault];

  it('on a read is got over, or told as what it is', async () => {
    await eachSeed(async (seed) => {
      const { times, chance } = chosen(seed);
      const { server, client, now, end } = await arena(
        Array.from({ length: times }, () => fault),
        chance,
      );
      const began = now();
      const result = await read(client).catch(asError);
      expect(now() - began).toBeLessThan(deadline + slack);
      const sent = server.ledger.length;
      if (fault === 'connect refused' || fault === 'connect time-out') {
        expect(result).toMatchObject({ kind: 'unreachable', retry: 'safe', facts: { sent: false } });
        expect(sent).toBe(0);
      } else if (meaning === 'fine') {
        expect(result).toMatchObject({ id: '123' });
        expect(sent).toBe(1);
      } else if (isThrottle(fault)) {
        expect(sent).toBeLessThanOrEqual(1 + deadline / (retryAfterSeconds * 1000));
        expectRegain(
          server.ledger.map(({ at }) => at),
          fault,
        );
      } else if (result instanceof GraphError) {
        expect(result).toMatchObject({ kind: meaning.kind });
        expect(sent).toBeLessThanOrEqual(6);
      } else {
        // A half-open connection takes the call and never shows it to anyone.
        const shown = fault === 'half-open' ? 1 : times + 1;
        if (silent.has(fault)) expect(sent).toBeGreaterThanOrEqual(shown);
        else expect(sent).toBe(shown);
        expect(sent).toBeLessThanOrEqual(6);
        expect(result).toMatchObject({ id: '123' });
      }
      if (!isThrottle(fault) && !fault.startsWith('connect')) {
        expect(result).toMatchObject({ id: '123' });
      }
      for (const { at } of server.ledger) expect(at - began).toBeLessThan(deadline);
      await end();
    });
  });

  it('on a write that costs is never answered by a second call that could cost', async () => {
    await eachSeed(async (seed) => {
      const { times, chance } = chosen(seed);
      const { server, client, now, end } = await arena(
        Array.from({ length: times }, () => fault),
        chance,
      );
      const began = now();
      const result = await write(client, patience(fault)).catch(asError);
      expect(now() - began).toBeLessThan(patience(fault) + slack);
      expect(server.ledger.filter(({ done }) => done).length).toBeLessThanOrEqual(1);
      if (meaning === 'fine') {
        expect(result).toEqual({ id: '123' });
        expect(server.ledger.length).toBe(1);
      } else {
        expect(result).toMatchObject({ kind: meaning.kind, facts: { sent: meaning.sent } });
        expect(server.ledger.length).toBe(/connect|half-open/.test(fault) ? 0 : 1);
      }
      await end();
    });
  });
});

function expectRegain(arrivals: number[], fault: FaultKind): void {
  const wait = fault.startsWith('429') ? retryAfterSeconds * 1000 : regainMinutes * 60_000;
  for (const [index, at] of arrivals.entries()) {
    const before = arrivals[index - 1];
    if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(wait);
  }
}

/** A few at a time: two processors, and time-outs of 60 ms. */
async function eachSeed(run: (seed: number) => Promise<void>): Promise<void> {
  const width = long ? 10 : seeds;
  for (let first = 0; first < seeds; first += width) {
    await Promise.all(
      Array.from({ length: Math.min(width, seeds - first) }, (_, index) => run(first + index)),
    );
  }
}

describe('a clock', () => {
  it.each<[FaultKind, string, Partial<GraphLimits>]>([
    ['connect time-out', 'CONNECT_TIMEOUT', { connect: 50 }],
    ['header time-out', 'HEADERS_TIMEOUT', { headers: 50 }],
    ['stalled mid-body', 'BODY_TIMEOUT', { body: 50 }],
    ['slow drip', 'DEADLINE', { attempt: 50 }],
  ])('of its own ends a %s: %s', async (fault, why, short) => {
    const patient = { connect: 3_000, headers: 3_000, body: 3_000, attempt: 3_000, attempts: 1 };
    const { client, end } = await arena([fault], 0, { ...patient, ...short });
    expect(await read(client).catch(asError)).toMatchObject({ message: expect.stringContaining(why) });
    await end();
  });
});

describe('after faults', () => {
  it('no call goes out before the regain time, and the first one after it does', async () => {
    const { server, client, pass, end } = await arena(['400 with code 80007 and regain minutes'], 0);
    const error = await write(client, 3_000).catch(asError);
    expect(error).toMatchObject({ kind: 'throttled', facts: { code: 80_007 } });
    for (let minute = 0; minute < regainMinutes; minute += 1) {
      expect(await read(client).catch(asError)).toMatchObject({ kind: 'throttled', facts: { sent: false } });
      expect(await write(client).catch(asError)).toMatchObject({ kind: 'throttled', facts: { sent: false } });
      if (minute < regainMinutes - 1) pass(60_000);
    }
    expect(server.ledger.length).toBe(1);
    pass(60_000);
    expect(await read(client)).toMatchObject({ id: '123' });
    expect(server.ledger.length).toBe(2);
    await end();
  });

  it('of 100 MB no more was taken than is allowed', async () => {
    const { server, client, end } = await arena(['100 MB body'], 0);
    await write(client, 3_000).catch(asError);
    // What was read, and what fits into the buffers of two sockets.
    expect(server.written()).toBeLessThan(20 * 1024 * 1024);
    await end();
  });

  // A busy machine stalls by itself: this is measured in the long form only.
  it.each<FaultKind>(long ? ['100 MB body', 'truncated gzip'] : [])(
    'the process was never held up for more than 100 ms: %s',
    async (fault) => {
      const stalls = monitorEventLoopDelay({ resolution: 5 });
      stalls.enable();
      for (let run = 0; run < 20; run += 1) {
        const { client, end } = await arena([fault], 0);
        expect(await write(client, 3_000).catch(asError)).toMatchObject({ kind: 'unreadable' });
        await end();
      }
      stalls.disable();
      expect(stalls.max / 1e6).toBeLessThanOrEqual(100);
    },
  );

  it('nothing was rejected that nobody heard of', async () => {
    await new Promise((resolve) => void setImmediate(resolve));
    expect(unhandled).toEqual([]);
  });
});

describe('a call that is given up', () => {
  it('fails at once, and says whether it had gone out', async () => {
    const { client, server, end } = await arena(['header time-out'], 0);
    const before = await client.phoneNumber
      .get({ phoneNumberId: '1' }, { signal: AbortSignal.abort() })
      .catch(asError);
    expect(before).toMatchObject({ kind: 'unreachable', facts: { sent: false } });
    expect(server.ledger.length).toBe(0);
    const giveUp = new AbortController();
    const during = client.business
      .addPhoneNumbers({ businessId: '1', phoneNumber: '1' }, { signal: giveUp.signal })
      .catch(asError);
    while (server.ledger.length === 0) await new Promise((resolve) => void setImmediate(resolve));
    giveUp.abort();
    expect(await during).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('ABORTED'),
      facts: { sent: 'unknown' },
    });
    expect(server.ledger.length).toBe(1);
    await end();
  });

  it('by closing the client is answered, and later calls are refused', async () => {
    const { client, end } = await arena(['header time-out'], 0);
    const call = write(client).catch(asError);
    await client.close();
    expect(await call).toMatchObject({ kind: 'unreachable' });
    expect(await read(client).catch(asError)).toMatchObject({ kind: 'unreachable', facts: { sent: false } });
    await end();
  });

  it('whose time is over before it begins never goes out, and no limit is blamed', async () => {
    const { server, client, end } = await arena([], 0);
    const late = await client.phoneNumber
      .register({ phoneNumberId: '1', pin: '123456' }, { deadline: 0 })
      .catch(asError);
    expect(late).toMatchObject({ kind: 'unreachable', retry: 'safe', facts: { sent: false } });
    expect(server.ledger).toHaveLength(0);
    await end();
  });

  it('while it waits for a connection never goes out, also not later', async () => {
    const { server, client, end } = await arena(['header time-out'], 0, { connections: 1 });
    const first = write(client).catch(asError);
    const queued = await client.phoneNumber
      .register({ phoneNumberId: '2', pin: '123456' }, { deadline: 100 })
      .catch(asError);
    expect(queued).toMatchObject({ kind: 'unreachable', retry: 'safe', facts: { sent: false } });
    expect(await first).toMatchObject({ facts: { sent: 'unknown' } });
    // The connection is free again: were the queued call still there, it would come before this one.
    expect(await client.business.get({ businessId: '1' })).toMatchObject({ id: '123' });
    expect(server.ledger.map(({ method }) => method)).toEqual(['POST', 'GET']);
    await end();
  });
});
