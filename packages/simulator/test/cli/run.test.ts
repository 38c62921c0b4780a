import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readArguments } from '../../src/cli/read-arguments.ts';
import { run } from '../../src/cli/run.ts';
import { callback } from '../support/callback.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

let out: string[] = [];
let log: string[] = [];
let end: () => Promise<unknown> = () => Promise.resolve();

beforeEach(() => {
  out = [];
  log = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => log.push(String(text)) > 0);
});

afterEach(() => end());

/** Sends the program, and nobody else in this process, a signal; resolves with its exit code. */
function endWith(signal: NodeJS.Signals, others: readonly unknown[]): Promise<unknown> {
  return new Promise((done) => {
    vi.spyOn(process, 'exit').mockImplementation((status) => done(status) as never);
    for (const name of SIGNALS) {
      for (const listener of process.listeners(name).filter((one) => !others.includes(one))) {
        process.off(name, listener);
        if (name === signal) listener(signal);
      }
    }
  });
}

/** Runs the program with these arguments on a free port and returns its address. */
async function program(args: readonly string[] = [], signal: NodeJS.Signals = 'SIGTERM'): Promise<string> {
  const command = readArguments(['--port', '0', ...args]);
  if (command.kind !== 'start') throw new Error(JSON.stringify(command));
  const others = SIGNALS.flatMap((name) => process.listeners(name));
  await run(command);
  let ended: Promise<unknown> | undefined;
  end = () => (ended ??= endWith(signal, others));
  return /META_GRAPH_URL=(.*)/.exec(out.join(''))?.[1] ?? '';
}

const post = (url: string, json: unknown) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) });

test('calls, codes and webhooks are lines of the log, without the code', async () => {
  const app = await callback();
  const url = await program(['--webhook', app.url]);
  expect(log.join('')).toContain(`Webhooks go to ${app.url}.`);
  await fetch(`${url}/v26.0/123`);
  await post(`${url}/__simulator/signups`, { ownNumber: '+15550000001' });
  await post(`${url}/__simulator/events`, { kind: 'raw', field: 'test', entryId: '1', value: {} });
  await vi.waitFor(() => expect(log.join('')).toMatch(/POST +http\S+\/webhook +200 webhook +\d+ ms\n/));
  const lines = log.join('');
  expect(lines).toMatch(/GET +\/123 +401 error 190, no token +\d+ ms\n/);
  expect(lines).toContain(`code sent to +15550000001, read it at ${url}/__simulator/inbox`);
  const inbox = await (await fetch(`${url}/__simulator/inbox`)).text();
  const code = /"code":"(\d{6})"/.exec(inbox)?.[1] ?? 'none';
  expect(lines).not.toContain(code);
});

test('codes to the pool’s numbers are handed in, which is a line of the log, too', async () => {
  const bsp = await callback();
  const url = await program(['--sms', bsp.url, '--numbers', '0']);
  expect(log.join('')).toContain(`go to ${bsp.url} as json, with the secret simulated-sms-secret-`);
  await post(`${url}/__simulator/numbers`, { count: 1, status: 'EXPIRED' });
  await post(`${url}/__simulator/signups`, {
    numberId: /"id":"(\d+)"/.exec(await (await fetch(`${url}/__simulator/state`)).text())?.[1],
  });
  const [received] = await bsp.arrived(1);
  expect(received?.body).toMatchObject({ to: '+15550100001' });
  await vi.waitFor(() => expect(log.join('')).toMatch(/POST +http\S+\/webhook +200 text +\d+ ms\n/));
  expect(log.join('')).not.toMatch(/\d{3}-\d{3}/);
});

test('a call that hangs is a line, and does not keep the program from ending', async () => {
  const url = await program([], 'SIGINT');
  await post(`${url}/__simulator/faults`, [{ match: {}, fault: { kind: 'hang' } }]);
  const hung = fetch(`${url}/v26.0/123`);
  const gone = hung.then(
    () => 'answered',
    () => 'broken off',
  );
  await vi.waitFor(() => expect(log.join('')).toMatch(/GET +\/123 +- +fault hang, no token/));
  expect(await end()).toBe(0);
  expect(await gone).toBe('broken off');
});

test('--quiet has no lines for requests', async () => {
  const url = await program(['--quiet']);
  const before = log.length;
  await fetch(`${url}/v26.0/123`);
  await post(`${url}/__simulator/signups`, { ownNumber: '+15550000001' });
  expect(log).toHaveLength(before);
});

test('a callback that is not there yet is a sentence with the line to try again', async () => {
  const app = await callback();
  await app.close();
  const url = await program(['--webhook', app.url]);
  const lines = log.join('');
  expect(lines).toContain(`No webhook is subscribed: ${app.url} did not answer the handshake`);
  expect(lines).toContain(`curl -X PUT ${url}/__simulator/webhook`);
  expect(lines).toContain(`-d '{"url":"${app.url}"}'`);
  expect((await fetch(`${url}/__simulator/clock`)).status).toBe(200);
});
