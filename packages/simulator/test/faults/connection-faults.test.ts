import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { createSimulator } from '../../src/index.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';
import { knock, wire } from './support/wire-client.ts';

/** A `delay` whose end the test decides. */
function heldDelay() {
  const held: (() => void)[] = [];
  const waits: number[] = [];
  return {
    waits,
    release: () => held.splice(0).forEach((end) => end()),
    async delay(ms: number) {
      waits.push(ms);
      await new Promise<void>((resolve) => {
        held.push(resolve);
      });
    },
  };
}

test('a refusing server breaks the call, refuses connections, and comes back on the same port, each time', async () => {
  const { delay, waits, release } = heldDelay();
  const simulator = await playground({ delay });
  const { id } = seedOne(simulator);
  const token = simulator.systemUserToken;
  simulator.setFaults([{ match: {}, fault: { kind: 'refuse', ms: 700 } }]);
  expect(await wire(simulator, `DELETE /${id}`, { token })).toMatchObject({
    status: undefined,
    broken: 'ECONNRESET',
  });
  expect(await knock(simulator)).toBe('ECONNREFUSED');
  expect(await wire(simulator, `GET /${id}`, { token })).toMatchObject({ broken: 'ECONNREFUSED' });
  expect(waits).toEqual([700]);
  release();
  await vi.waitUntil(async () => (await knock(simulator)) === 'open');
  expect(await wire(simulator, `GET /${id}`, { token })).toMatchObject({ status: 200, broken: undefined });
  expect(simulator.requests()).toMatchObject([
    { method: 'DELETE', fault: 'refuse', done: false, status: undefined },
    { method: 'GET', status: 200 },
  ]);

  simulator.setFaults([{ match: {}, fault: { kind: 'refuse', ms: 1 } }]);
  await wire(simulator, `GET /${id}`, { token });
  expect(await knock(simulator)).toBe('ECONNREFUSED');
  release();
  await vi.waitUntil(async () => (await knock(simulator)) === 'open');
});

test('a refusing server takes its other connections along', async () => {
  const { delay, release } = heldDelay();
  const simulator = await playground({ delay });
  simulator.setFaults([
    { match: { path: '/1' }, fault: { kind: 'hang' } },
    { match: { path: '/2' }, fault: { kind: 'refuse', ms: 1 } },
  ]);
  const hung = wire(simulator, 'GET /1');
  await vi.waitUntil(() => simulator.requests().length === 1);
  await wire(simulator, 'GET /2');
  expect(await hung).toMatchObject({ status: undefined, broken: 'ECONNRESET' });
  release();
});

test('a refusing server comes back when its port was taken meanwhile and is free again', async () => {
  const { delay, waits, release } = heldDelay();
  const simulator = await playground({ delay });
  simulator.setFaults([{ match: {}, fault: { kind: 'refuse', ms: 1 } }]);
  await wire(simulator, 'GET /1');
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.listen(Number(new URL(simulator.url).port), '127.0.0.1', resolve);
  });
  release();
  await vi.waitUntil(() => waits.length === 2);
  await new Promise((resolve) => {
    other.close(resolve);
  });
  release();
  await vi.waitUntil(async () => (await knock(simulator)) === 'open');
});

test('a simulator can be closed while it refuses, and stays closed', async () => {
  const { delay, release } = heldDelay();
  const simulator = await playground({ delay });
  simulator.setFaults([{ match: {}, fault: { kind: 'refuse', ms: 1 } }]);
  await wire(simulator, 'GET /1');
  await simulator.close();
  release();
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  expect(await knock(simulator)).toBe('ECONNREFUSED');
});

test('without a port of its own, refusing is a reset', async () => {
  const simulator = createSimulator();
  const server = createServer(simulator.app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  simulator.setFaults([{ match: {}, fault: { kind: 'refuse', ms: 60_000 } }]);
  expect(await wire({ url }, 'GET /1')).toMatchObject({ status: undefined, broken: 'ECONNRESET' });
  expect(await wire({ url }, 'GET /1')).toMatchObject({ status: 401 });
  server.close();
  server.closeAllConnections();
});

test.each(['reset', 'lost'] as const)('%s breaks the connection before a byte is answered', async (kind) => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  simulator.setFaults([{ match: {}, fault: { kind } }]);
  const seen = await wire(simulator, `DELETE /${id}`, { token: simulator.systemUserToken });
  expect(seen).toMatchObject({ status: undefined, broken: 'ECONNRESET' });
  const done = kind === 'lost';
  expect(simulator.state().preverifiedNumbers).toHaveLength(done ? 0 : 1);
  expect(simulator.requests()).toMatchObject([{ fault: kind, done, status: undefined }]);
});

test('reset-mid-body does the work, sends the headers and half of the body, and breaks', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  simulator.setFaults([{ match: {}, fault: { kind: 'reset-mid-body' } }]);
  const seen = await wire(simulator, `DELETE /${id}`, { token: simulator.systemUserToken });
  expect(seen).toMatchObject({ status: 200, broken: 'ECONNRESET' });
  expect(seen.headers['content-length']).toBe('16');
  expect(seen.body.toString()).toBe('{"succes');
  expect(simulator.state().preverifiedNumbers).toEqual([]);
  expect(simulator.requests()).toMatchObject([{ fault: 'reset-mid-body', done: true, status: 200 }]);
});

test('hang does nothing and never answers; it is known to the ledger while it hangs', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  simulator.setFaults([{ match: {}, fault: { kind: 'hang' } }]);
  const patience = new AbortController();
  const hung = wire(simulator, `DELETE /${id}`, {
    token: simulator.systemUserToken,
    signal: patience.signal,
  });
  await vi.waitUntil(() => simulator.requests().length === 1);
  expect(simulator.requests()).toMatchObject([{ fault: 'hang', done: false, status: undefined }]);
  patience.abort();
  expect(await hung).toMatchObject({ status: undefined, broken: 'ABORT_ERR' });
  expect(simulator.state().preverifiedNumbers).toHaveLength(1);
});

test('closing the simulator ends hung calls', async () => {
  const simulator = await playground();
  simulator.setFaults([{ match: {}, fault: { kind: 'hang' } }]);
  const hung = wire(simulator, 'GET /1');
  await vi.waitUntil(() => simulator.requests().length === 1);
  await simulator.close();
  expect(await hung).toMatchObject({ status: undefined, broken: 'ECONNRESET' });
});

test('drip sends the headers, then a byte after each wait', async () => {
  const waits: number[] = [];
  const simulator = await playground({
    async delay(ms) {
      waits.push(ms);
    },
  });
  const { phoneNumberId, token } = await onboarded(simulator);
  simulator.setFaults([{ match: {}, fault: { kind: 'drip', ms: 250 } }]);
  const json = { messaging_product: 'whatsapp', pin: '123456' };
  const seen = await wire(simulator, `POST /${phoneNumberId}/register`, { token, json });
  expect(seen).toMatchObject({ status: 200, broken: undefined });
  expect(seen.body.toString()).toBe('{"success":true}');
  expect(waits).toEqual(Array.from({ length: 16 }, () => 250));
  expect(simulator.requests().at(-1)).toMatchObject({ fault: 'drip', done: true, status: 200 });
});

test('a dripping answer has its headers first, and stops when the client goes away', async () => {
  const { delay, waits, release } = heldDelay();
  const simulator = await playground({ delay });
  simulator.setFaults([{ match: {}, fault: { kind: 'drip', ms: 250 } }]);
  const patience = new AbortController();
  let seen: Promise<unknown> | undefined;
  await new Promise<void>((resolve) => {
    seen = wire(simulator, 'GET /1', { signal: patience.signal, onHead: resolve });
  });
  expect(waits).toHaveLength(1);
  patience.abort();
  await seen;
  const turn = async () => {
    release();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  };
  let before = 0;
  await vi.waitUntil(async () => {
    before = waits.length;
    await turn();
    return waits.length === before;
  });
  // Of more than a hundred bytes.
  expect(waits.length).toBeLessThan(50);
});
