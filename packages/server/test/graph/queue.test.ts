import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createGraphClient, GraphError } from '../../src/graph/index.ts';

it('calls that are given up while they queue end no connection, and never go out', async () => {
  let connections = 0;
  let arrivals = 0;
  const heldAnswers: ServerResponse[] = [];
  const server = createServer((request, response) => {
    request.resume();
    arrivals += 1;
    if (arrivals === 2) heldAnswers.push(response);
    else response.end('{"a":1}');
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server's address
  const graph = createGraphClient({
    appId: '1',
    appSecret: 's',
    token: 't',
    graphUrl: `http://127.0.0.1:${port}`,
    limits: { connections: 1 },
  });
  const read = (signal?: AbortSignal) => graph.phoneNumber.settings({ phoneNumberId: '9' }, { signal });
  await read();
  const first = read();
  const callers = Array.from({ length: 50 }, () => new AbortController());
  const queued = callers.map(({ signal }) => read(signal).catch((error: unknown) => error));
  while (heldAnswers.length === 0) await new Promise((resolve) => void setImmediate(resolve));
  for (const caller of callers) caller.abort();
  for (const error of await Promise.all(queued)) {
    expect(error).toBeInstanceOf(GraphError);
    expect(error).toMatchObject({ kind: 'unreachable', retry: 'safe', facts: { sent: false } });
  }
  heldAnswers[0]?.end('{"a":1}');
  expect(await first).toEqual({ a: 1 });
  expect(await read()).toEqual({ a: 1 });
  expect({ arrivals, connections }).toEqual({ arrivals: 3, connections: 1 });
  await graph.close();
  server.closeAllConnections();
  server.close();
});
