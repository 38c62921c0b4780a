import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddedSignupOptions } from '../../src/config/options.ts';
import { Secret } from '../../src/config/secret.ts';
import { hostEventTypes } from '../../src/domain/host-event-types.ts';
import { signEvent } from '../../src/host-events/sign-event.ts';
import type { HostEvent } from '../../src/ports/host-events.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { startHost, type TestHost } from '../support/host.ts';
import { startReceiver, type Receiver } from './support/receiver.ts';
import { day, hour } from './support/world.ts';

const secret = 'CANARY-events-secret-0123456789';
const canary = 'CANARY-of-the-host';

describe.each(engines)('what a host is told, on $name', ({ create }) => {
  let database: TestDatabase;
  let receiver: Receiver;
  let status: number;
  const hosts: TestHost[] = [];
  beforeEach(async () => {
    database = await create();
    status = 204;
    receiver = await startReceiver((response) => response.writeHead(status).end(canary));
  });
  afterEach(async () => {
    for (const host of hosts.splice(0)) await host.close();
    await receiver.close();
    await database.drop();
  });

  /** A host on this test's database; another one is the same host after a restart. */
  async function start(options: Partial<EmbeddedSignupOptions>): Promise<TestHost> {
    const host = await startHost({ ...options, database: database.address });
    hosts.push(host);
    return host;
  }
  async function restart(options: Partial<EmbeddedSignupOptions>): Promise<TestHost> {
    await hosts.pop()?.close();
    return start(options);
  }
  /** Handlers of every type. */
  const every = (handler: (event: HostEvent) => unknown) =>
    Object.fromEntries(hostEventTypes.map((type) => [type, handler]));
  const http = () => ({ events: { url: receiver.url, secret } });
  const posted = () => receiver.arrived.map(({ body }) => JSON.parse(body.toString('utf8')) as HostEvent);

  const post = (host: TestHost, session: string, body: object) =>
    request(host.app).post('/signup/claims').set('Authorization', `Bearer ${session}`).send(body);
  const popup = (host: TestHost, choice: Parameters<TestHost['sim']['signUp']>[0]) => {
    const { messages, code } = host.sim.signUp(choice);
    const message = JSON.parse(messages[0] ?? '{}') as { event: string; data: object };
    return { event: message.event, data: message.data, code };
  };

  /** A claim that first lacks its code, is then registered, and is ended by an operator. @returns its id */
  async function longStory(host: TestHost, customerId: string): Promise<string> {
    const { session } = await host.open(customerId);
    // A popup that came to nothing: one that was finished would be found, and be news of its own.
    const { body } = await post(host, session, {
      event: 'FINISH',
      data: { phone_number_id: '1', waba_id: '2' },
    });
    const id = (body as { claim: { id: string } }).claim.id; // what the route answers
    host.pass(31_000);
    await host.signup.runDue();
    await post(host, session, popup(host, { ownNumber: '+1 555 020 0001' }));
    await host.signup.runDue();
    await host.signup.claims.end(id, 'ops');
    await host.signup.runDue();
    return id;
  }
  const story = ['claimNeedsAttention', 'claimRegistered', 'claimEnded'];

  it('is each change of a claim, once, in order and under the same id by both ways', async () => {
    const told: HostEvent[] = [];
    const host = await start({ on: every((event) => void told.push(event)), ...http() });
    const id = await longStory(host, 'lucky-shrub');

    expect(told.map(({ type }) => type)).toEqual(story);
    expect(posted()).toEqual(told);
    expect(new Set(told.map((event) => event.id)).size).toBe(3);
    expect(told.map((event) => event.data)).toMatchObject([
      { claim: { id, customerId: 'lucky-shrub', status: 'needs_signup', reason: { code: 'code_missing' } } },
      { claim: { id, customerId: 'lucky-shrub', status: 'registered', numberSource: 'own' } },
      { claim: { id, customerId: 'lucky-shrub', status: 'ended', reason: { code: 'ended' } } },
    ]);
    expect(told.every(({ claimId }) => claimId === id)).toBe(true);
    const instants = told.map(({ occurredAt }) => occurredAt);
    expect(instants).toEqual(instants.toSorted());
  });

  it('shows the claim as GET /claims/:id does, with its customer', async () => {
    const told: HostEvent[] = [];
    const host = await start({ on: every((event) => void told.push(event)) });
    const { session, numbers } = await host.open('lucky-shrub');
    const { body } = await post(host, session, popup(host, { ids: numbers.map(({ id }) => id) }));
    await host.signup.runDue();
    const { claim } = body as { claim: { id: string } }; // what the route answers
    const shown = await request(host.app).get(`/signup/claims/${claim.id}`).set('x-customer', 'lucky-shrub');
    expect(told).toHaveLength(1);
    expect(told[0]?.data).toEqual({ claim: { ...shown.body.claim, customerId: 'lucky-shrub' } });
    expect(shown.body.claim.status).toBe('registered');
  });

  it('carries a signature that the secret opens', async () => {
    const host = await start(http());
    await longStory(host, 'lucky-shrub');
    expect(receiver.arrived).toHaveLength(3);
    for (const { headers, body } of receiver.arrived) {
      const at = Number(headers['webhook-timestamp']) * 1000;
      const id = String(headers['webhook-id']);
      const expected = signEvent([new Secret(secret)])({ id, at, body: body.toString('utf8') });
      expect(headers).toMatchObject(expected);
      expect(id).toBe((JSON.parse(body.toString('utf8')) as HostEvent).id);
    }
  });

  it('waits for an address that is down, and the functions do not wait for it', async () => {
    status = 500;
    const told: HostEvent[] = [];
    const host = await start({ on: every((event) => void told.push(event)), ...http() });
    await longStory(host, 'lucky-shrub');
    expect(told.map(({ type }) => type)).toEqual(story);
    expect(new Set(posted().map(({ type }) => type))).toEqual(new Set(['claimNeedsAttention']));

    status = 200;
    receiver.arrived.length = 0;
    host.pass(hour);
    await host.signup.runDue();
    expect(posted()).toEqual(told);
  });

  it('waits for a function that fails, and the address does not wait for it', async () => {
    const told: HostEvent[] = [];
    let fails = true;
    const host = await start({
      on: every((event) => {
        if (fails) throw new Error(canary);
        told.push(event);
      }),
      ...http(),
    });
    await longStory(host, 'lucky-shrub');
    expect(told).toEqual([]);
    expect(posted().map(({ type }) => type)).toEqual(story);

    fails = false;
    host.pass(hour);
    await host.signup.runDue();
    expect(told).toEqual(posted());
  });

  it('comes after a restart, in order, when the host could not take it before', async () => {
    const before: HostEvent[] = [];
    const host = await start({
      on: every((event) => {
        before.push(event);
        throw new Error('the host’s database is away');
      }),
    });
    await longStory(host, 'lucky-shrub');
    expect(new Set(before.map(({ type }) => type))).toEqual(new Set(['claimNeedsAttention']));

    const told: HostEvent[] = [];
    const again = await restart({ on: every((event) => void told.push(event)) });
    again.pass(hour);
    await again.signup.runDue();
    expect(told.map(({ type }) => type)).toEqual(story);
    expect(told[0]?.id).toBe(before[0]?.id);
  });

  it('does not come again after a restart when the host has taken it', async () => {
    const host = await start({ on: every(() => undefined) });
    await longStory(host, 'lucky-shrub');
    const told: HostEvent[] = [];
    const again = await restart({ on: every((event) => void told.push(event)) });
    again.pass(day);
    await again.signup.runDue();
    expect(told).toEqual([]);
  });

  it('is nothing for a type that the host has no function for', async () => {
    const told: HostEvent[] = [];
    const host = await start({ on: { claimEnded: (event) => void told.push(event) } });
    await longStory(host, 'lucky-shrub');
    expect(told.map(({ type }) => type)).toEqual(['claimEnded']);
    const undelivered = await request(host.app).get('/operator/events/undelivered');
    expect(undelivered.body.events).toEqual([]);
  });

  it('is a dead letter when its function is gone after a restart, and what follows is told', async () => {
    const host = await start({ on: every(() => Promise.reject(new Error('no'))) });
    await longStory(host, 'lucky-shrub');
    const told: HostEvent[] = [];
    const again = await restart({
      on: { claimEnded: (event) => void told.push(event) },
    });
    // An hour for the first, whose tries began before, and one for the second.
    for (let looks = 0; looks < 14; looks += 1) {
      again.pass(hour / 6);
      await again.signup.runDue();
    }
    expect(told.map(({ type }) => type)).toEqual(['claimEnded']);
    const { body } = await request(again.app).get('/operator/events/undelivered?state=dead');
    expect(body.events).toMatchObject([
      { type: 'claimNeedsAttention', destination: 'handler', lastError: 'no_destination' },
      { type: 'claimRegistered', destination: 'handler', lastError: 'no_destination' },
    ]);
  });

  it('is kept as a dead letter after a day, and told when an operator has it delivered again', async () => {
    const told: HostEvent[] = [];
    let fails = true;
    const host = await start({
      on: {
        claimRegistered: (event) => {
          if (fails) throw new RangeError(canary);
          told.push(event);
        },
      },
    });
    const { session, numbers } = await host.open('lucky-shrub');
    await post(host, session, popup(host, { ids: numbers.map(({ id }) => id) }));
    await host.signup.runDue();
    for (let hours = 0; hours < 25; hours += 1) {
      host.pass(hour);
      await host.signup.runDue();
    }
    const list = async () => (await request(host.app).get('/operator/events/undelivered')).body.events;
    const [dead] = await list();
    expect(dead).toMatchObject({ type: 'claimRegistered', state: 'dead', lastError: 'RangeError' });

    fails = false;
    await host.signup.runDue();
    expect(told).toEqual([]);
    const answer = await request(host.app).post(`/operator/events/${dead.id}/redeliver`).send({});
    expect(answer.status).toBe(202);
    await host.signup.runDue();
    expect(told.map(({ id }) => id)).toEqual([dead.id]);
    expect(await list()).toEqual([]);
  });

  it('leaves no secret, and nothing of the host’s errors or of its answers, in the log', async () => {
    status = 500;
    const host = await start({ on: every(() => Promise.reject(new Error(canary))), ...http() });
    const id = await longStory(host, 'lucky-shrub');
    const log = host.log.join('\n');
    expect(log).toContain('the host was not told');
    expect(log).toContain(id);
    expect(log).not.toContain(canary);
    expect(log).not.toContain(secret);
    expect(log).not.toContain('lucky-shrub');
    expect(log).not.toContain('v1,');
  });
});
