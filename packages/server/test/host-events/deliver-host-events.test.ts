import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/config/secret.ts';
import { PostError } from '../../src/ports/post-json.ts';
import type { HostEvent } from '../../src/ports/host-events.ts';
import { StoreUnavailableError } from '../../src/ports/store-errors.ts';
import { createWorld, promised, second } from './support/world.ts';

const canary = 'CANARY-of-the-host';
const secret = `${canary}-secret-0123456789`;
const events = { url: 'https://bsp.example/events', secrets: [new Secret(secret)] as [Secret] };

describe('telling the host', () => {
  it('hands the event to the handler of its type, as it was written', async () => {
    const got: HostEvent[] = [];
    const world = createWorld({
      on: {
        claimRegistered: (event) => void got.push(event),
        claimEnded: () => {
          throw new Error('not mine');
        },
      },
    });
    const event = world.tell({ data: { claim: { id: 'claim-1', status: 'registered', customerId: 'ada' } } });
    await world.delivery.runDue();
    expect(got).toEqual([event]);
    expect(world.rows).toMatchObject([{ state: 'delivered' }]);
  });

  it('posts the same event, signed anew for each try', async () => {
    let status = 503;
    const sent: {
      headers: Readonly<Record<string, string>>;
      body: string;
      url: string;
      timeoutMs: number;
    }[] = [];
    const world = createWorld({
      events,
      post: async (input) => {
        sent.push(input);
        return { status };
      },
    });
    const event = world.tell({ to: ['http'] });
    await world.delivery.runDue();
    status = 202;
    world.pass(5 * second);
    await world.delivery.runDue();

    expect(sent.map(({ body }) => JSON.parse(body) as unknown)).toEqual([event, event]);
    expect(sent).toMatchObject([
      {
        url: events.url,
        timeoutMs: 15_000,
        headers: { 'webhook-id': event.id, 'webhook-timestamp': '1767225600' },
      },
      {
        url: events.url,
        timeoutMs: 15_000,
        headers: { 'webhook-id': event.id, 'webhook-timestamp': '1767225605' },
      },
    ]);
    expect(new Set(sent.map(({ headers }) => headers['webhook-signature'])).size).toBe(2);
    expect(world.rows).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  it.each([200, 201, 202, 204, 299])('believes that it arrived when the answer is %d', async (status) => {
    const world = createWorld({ events, post: async () => ({ status }) });
    world.tell({ to: ['http'] });
    await world.delivery.runDue();
    expect(world.rows).toMatchObject([{ state: 'delivered' }]);
  });

  it.each([199, 300, 301, 302, 304, 307, 308, 400, 401, 404, 410, 429, 500, 503])(
    'tries again when the answer is %d',
    async (status) => {
      const world = createWorld({ events, post: async () => ({ status }) });
      world.tell({ to: ['http'] });
      await world.delivery.runDue();
      expect(world.rows).toMatchObject([{ state: 'waiting', lastError: `HTTP ${status}` }]);
    },
  );

  it.each([
    ['the code of a call without an answer', new PostError('ECONNRESET'), 'ECONNRESET'],
    ['nothing of what else is thrown', new Error(canary), 'PostError'],
  ])('keeps %s', async (_what, thrown, lastError) => {
    const world = createWorld({ events, post: () => Promise.reject(thrown) });
    world.tell({ to: ['http'] });
    await world.delivery.runDue();
    expect(world.rows).toMatchObject([{ state: 'waiting', lastError }]);
  });
});

class HostsOwnError extends Error {
  override name = 'HostsOwnError';
}
const hostile = new Proxy(new Error(canary), {
  get() {
    throw new Error(canary);
  },
  getPrototypeOf() {
    throw new Error(canary);
  },
});
const rejectingThenable = {
  get then(): never {
    throw new TypeError(canary);
  },
};

describe('a handler that fails', () => {
  it.each<[string, () => unknown, string]>([
    [
      'throws at once',
      () => {
        throw new HostsOwnError(canary);
      },
      'HostsOwnError',
    ],
    ['rejects', () => Promise.reject(new RangeError(canary)), 'RangeError'],
    ['rejects with undefined', () => Promise.reject(undefined), 'undefined'],
    ['rejects with null', () => Promise.reject(null), 'null'],
    ['rejects with a text', () => Promise.reject(canary), 'string'],
    ['rejects with an object', () => Promise.reject({ name: canary, message: canary }), 'object'],
    ['rejects with an error that cannot be looked at', () => Promise.reject(hostile), 'Error'],
    [
      'rejects with an error whose name is a sentence',
      () => Promise.reject(Object.assign(new Error(), { name: `no, ${canary}` })),
      'Error',
    ],
    ['answers with a promise that cannot be awaited', () => rejectingThenable, 'TypeError'],
  ])(
    'and %s: the event waits, the class of the error is kept, and nothing of its text',
    async (_how, handler, name) => {
      const world = createWorld({ on: { claimRegistered: handler } });
      world.tell({ data: { claim: canary } });
      await world.delivery.runDue();
      expect(world.rows).toMatchObject([{ state: 'waiting', attempts: 1, lastError: name }]);
      expect(world.log.join()).toContain(name);
      expect(world.log.join() + String(world.rows[0]?.lastError)).not.toContain(canary);
    },
  );

  it('does not keep the others from being told', async () => {
    const told: string[] = [];
    const world = createWorld({
      on: {
        claimRegistered: () => Promise.reject(new Error(canary)),
        claimEnded: ({ id }) => void told.push(id),
      },
    });
    for (let n = 0; n < 20; n += 1) world.tell();
    const { id } = world.tell({ type: 'claimEnded' });
    await world.delivery.runDue();
    expect(told).toEqual([id]);
    expect(world.rows.filter((row) => row.attempts !== 1)).toEqual([]);
  });

  it('may do to its event what it likes', async () => {
    const world = createWorld({
      on: {
        claimRegistered: (event) => {
          event.id = 'another';
          delete event.claimId;
        },
      },
    });
    world.tell();
    await world.delivery.runDue();
    expect(world.rows).toMatchObject([{ state: 'delivered' }]);
  });
});

describe('what the log says', () => {
  it('has ids and figures, and nothing of the event, the secret or the body', async () => {
    let fails = true;
    const world = createWorld({
      on: {
        claimRegistered: () => {
          if (fails) throw new Error(canary);
        },
      },
      events: { url: `https://bsp.example/${canary}`, secrets: [new Secret(secret)] },
      post: async ({ body, headers }) => {
        if (fails) throw Object.assign(new Error(body), { headers, cause: new Error(canary) });
        return { status: 200 };
      },
    });
    const { id, claimId } = world.tell({ data: { customer: canary }, to: ['handler', 'http'] });
    await world.delivery.runDue();
    fails = false;
    world.pass(5 * second);
    await world.delivery.runDue();
    const log = world.log.join('\n');
    expect(world.log).toHaveLength(4);
    expect(log).toContain(id);
    expect(log).toContain(claimId);
    expect(log).not.toContain(canary);
    expect(log).not.toContain('v1,');
  });

  it('says as an error that an event is given up', async () => {
    const world = createWorld();
    world.tell();
    await world.delivery.runDue();
    world.pass(60 * 60_000);
    await world.delivery.runDue();
    expect(world.log).toHaveLength(2);
    expect(world.log[1]).toMatch(/level: 'error'.+dead letter/s);
  });

  it('may fail itself: the host is told nevertheless', async () => {
    const broken = () => {
      throw new Error('the disk is full');
    };
    const world = createWorld({
      on: { claimRegistered: () => undefined, claimEnded: () => Promise.reject(new Error('no')) },
      logger: { debug: broken, info: broken, warn: broken, error: broken },
    });
    world.tell();
    world.tell({ type: 'claimEnded' });
    await world.delivery.runDue();
    expect(world.rows).toMatchObject([{ state: 'delivered' }, { state: 'waiting', lastError: 'Error' }]);
  });
});

describe('closing', () => {
  it('begins nothing new, and writes down the end of what is under way', async () => {
    const called = promised();
    const slow = promised();
    const world = createWorld({
      on: {
        claimRegistered: () => {
          called.keep();
          return slow.promise;
        },
      },
    });
    world.tell({ claimId: 'ada' });
    world.tell({ claimId: 'ada' });
    const run = world.delivery.runDue();
    await called.promise;
    world.close();
    world.tell();
    await world.delivery.begin();
    slow.keep();
    await run;
    expect(world.rows).toMatchObject([
      { state: 'delivered', attempts: 1 },
      { state: 'waiting', attempts: 0 },
      { state: 'waiting', attempts: 0 },
    ]);
  });

  it('gives back at once what was taken at that very moment', async () => {
    let called = 0;
    const world = createWorld({
      on: { claimRegistered: () => void (called += 1) },
      store: {
        async leaseHostEvents(input) {
          const leases = await world.outbox.store.leaseHostEvents(input);
          world.close();
          return leases;
        },
      },
    });
    world.tell();
    await world.delivery.runDue();
    expect(called).toBe(0);
    expect(world.rows).toMatchObject([{ state: 'waiting', runAt: world.now(), leasedUntil: undefined }]);
  });
});

describe('a store that is away', () => {
  it('fails the round that asks it for events, and the next round goes on', async () => {
    let away = true;
    const world = createWorld({
      on: { claimRegistered: () => undefined },
      store: {
        leaseHostEvents: (input) =>
          away
            ? Promise.reject(new StoreUnavailableError('away'))
            : world.outbox.store.leaseHostEvents(input),
      },
    });
    world.tell();
    await expect(world.delivery.runDue()).rejects.toThrow(StoreUnavailableError);
    away = false;
    await world.delivery.runDue();
    expect(world.rows).toMatchObject([{ state: 'delivered' }]);
  });

  it('has the event delivered once more when its end could not be written', async () => {
    let called = 0;
    let away = true;
    const world = createWorld({
      on: { claimRegistered: () => void (called += 1) },
      store: {
        finishHostEvent: (input) =>
          away
            ? Promise.reject(new StoreUnavailableError('away'))
            : world.outbox.store.finishHostEvent(input),
      },
    });
    world.tell();
    await world.delivery.runDue();
    expect(world.rows).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    away = false;
    world.pass(20 * second);
    await world.delivery.runDue();
    expect(called).toBe(2);
    expect(world.rows).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });
});
