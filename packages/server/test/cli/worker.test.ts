import type { SessionAnswer } from '@embedded-signup-kit/protocol';
import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import express from 'express';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedSignup, type EmbeddedSignup } from '../../src/index.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { until, within } from '../torture/support/until.ts';
import { bundleCli, type Program, type Running } from './support/program.ts';

/** A stop may take 10 seconds, and programs start slowly on a busy machine. Milliseconds. */
const patience = 60_000;

const secret = 'CANARY-kit-secret-0123456789-0123456789';

let cli: Program;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(async () => {
  cli.refuseLeaks();
  await cli.remove();
});

let sim: Simulator;
let database: TestDatabase;
let web: EmbeddedSignup;
let config: string;
beforeEach(async () => {
  sim = await startSimulator({
    numbers: 3,
    appSecret: 'CANARY-app-secret-0123456789',
    systemUserToken: 'EAASCANARYsystemusertoken',
  });
});
afterEach(async () => {
  await web.close();
  await sim.close();
  await database.drop();
});

/** A web process, which never begins the background work, and the configuration of a worker beside it. */
async function startWeb(engine: (typeof engines)[number] | undefined): Promise<void> {
  if (engine === undefined) throw new Error('no engine');
  database = await engine.create();
  const options = { meta: sim.meta, database: database.address, secrets: [secret] };
  web = await createEmbeddedSignup({ ...options, customer: (req) => req.get('x-customer') });
  await web.pool.sync();
  config = await cli.config(options);
}

/** A customer signs up. Resolves to the id of their claim, which is on disk. */
async function claimOf(customerId: string): Promise<string> {
  const app = express().use('/signup', web.router);
  const opened = await request(app).post('/signup/sessions').set('x-customer', customerId).send({});
  const { session, numbers } = opened.body as SessionAnswer; // what the route answers
  const popup = sim.signUp({ ids: numbers.map(({ id }) => id) });
  const { event, data } = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object }; // as Meta's
  const answer = await request(app)
    .post('/signup/claims')
    .set('Authorization', `Bearer ${session}`)
    .send({ event, data, code: popup.code });
  expect(answer.status).toBe(202);
  return (answer.body as { claim: { id: string } }).claim.id; // what the route answers
}

const statusOf = async (id: string) => (await web.claims.find(id))?.status;
const registered = (id: string) =>
  until('the claim is registered', async () => (await statusOf(id)) === 'registered');

async function startWorker(...args: string[]): Promise<Running> {
  const worker = cli.start(['worker', '--config', config, ...args]);
  await worker.says('embedded-signup worker: works on ');
  return worker;
}

/** The lines for people; the others are the kit's log. */
const said = (err: string) => err.split('\n').filter((line) => line.startsWith('embedded-signup worker:'));

describe.each(engines)('a worker on $name', { timeout: patience }, (engine) => {
  it('carries on what a web process has recorded, and stops when it is told to', async () => {
    await startWeb(engine);
    const before = await claimOf('lucky-shrub');
    expect(await statusOf(before)).toBe('received');
    const worker = await startWorker();
    await registered(before);
    const during = await claimOf('wind-and-wool');
    await registered(during);
    worker.signal('SIGTERM');
    const { code, out, err } = await within(10_000, 'the worker stops', worker.ended);
    expect([code, out]).toEqual([0, '']);
    const [first, last, ...others] = said(err);
    expect(first).toContain(`app ${sim.appId}. Stop it with SIGTERM or Ctrl-C.`);
    expect(last).toContain('SIGTERM, so it has stopped');
    expect(others).toEqual([]);
    const after = await claimOf('third-customer');
    expect(await statusOf(after)).toBe('received');
  });
});

describe('a worker', { timeout: patience }, () => {
  /** Meta does not answer one call of this path. */
  const hang = (path: string) => sim.setFaults([{ match: { path }, times: 1, fault: { kind: 'hang' } }]);
  const called = (path: RegExp) =>
    until(`Meta is called at ${path}`, () => sim.requests().some((one) => path.test(one.path)));

  it('that is stopped in the middle of a claim gives it back, and the next one ends it', async () => {
    await startWeb(engines[0]);
    hang('/*/subscribed_apps');
    const id = await claimOf('lucky-shrub');
    const worker = await startWorker();
    await called(/subscribed_apps/);
    worker.signal('SIGINT');
    expect(await within(15_000, 'the worker stops', worker.ended)).toMatchObject({ code: 0 });
    expect(await statusOf(id)).not.toBe('registered');
    sim.setFaults([]);
    const next = await startWorker();
    // At once: a lease that was left behind would last for 20 seconds.
    await until('the claim is registered', async () => (await statusOf(id)) === 'registered', { ms: 15_000 });
    next.signal('SIGTERM');
    expect(await next.ended).toMatchObject({ code: 0 });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at once when a second signal comes, %s with %i', async (signal, expected) => {
    await startWeb(engines[0]);
    hang('/*/subscribed_apps');
    await claimOf('lucky-shrub');
    const worker = await startWorker('--port', '0');
    await called(/subscribed_apps/);
    worker.signal('SIGTERM');
    await until('the worker is draining', async () => (await readiness(worker)) === 503);
    const begun = performance.now();
    worker.signal(signal);
    expect(await worker.ended).toMatchObject({ code: expected });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('ends at once, by the first signal, while it has not begun', async () => {
    await startWeb(engines[0]);
    const slow = await cli.write(
      'slow.mjs',
      `process.stderr.write('asking the vault\\n'); export default () => new Promise(() => {});`,
    );
    const worker = cli.start(['worker', '--config', slow]);
    await worker.says('asking the vault');
    worker.signal('SIGTERM');
    expect(await within(5_000, 'it ends', worker.ended)).toMatchObject({ code: 143 });
  });

  it('serves the two health routes and no other, where it is asked to', async () => {
    await startWeb(engines[0]);
    const worker = await startWorker('--port', '0');
    const url = urlOf(worker);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'alive' });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
    for (const path of ['/', '/sessions', '/claims', '/webhook', '/numbers', '/signup/healthz']) {
      for (const method of ['GET', 'POST']) {
        expect((await fetch(`${url}${path}`, { method })).status).toBe(404);
      }
    }
    worker.signal('SIGTERM');
    expect(await worker.ended).toMatchObject({ code: 0 });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('says which port is taken', async () => {
    await startWeb(engines[0]);
    const worker = await startWorker('--port', '0');
    const port = urlOf(worker).split(':').at(-1) ?? '';
    const { code, err } = await cli.run(['worker', '--config', config, '--port', port]);
    expect([code, err]).toEqual([
      1,
      `error: Port ${port} is already in use; choose another one with --port.\n`,
    ]);
    worker.signal('SIGTERM');
    await worker.ended;
  });

  it('starts although Meta does not answer, and can be stopped meanwhile', async () => {
    await startWeb(engines[0]);
    sim.setFaults([{ match: {}, times: 1_000, fault: { kind: 'hang' } }]);
    const before = sim.requests().length;
    const worker = await startWorker('--port', '0');
    await until('it asks for the pool', () => sim.requests().length > before);
    expect(await readiness(worker)).toBe(200);
    worker.signal('SIGTERM');
    await until('it is draining', async () => (await readiness(worker)) === 503, { ms: 2_000 });
    expect(await within(15_000, 'the worker stops', worker.ended)).toMatchObject({ code: 0 });
  });

  it('checks a `customer` that is given, as every other option', async () => {
    await startWeb(engines[0]);
    const text = `export default { ...${JSON.stringify({
      meta: sim.meta,
      database: database.address,
      secrets: [secret],
    })}, customer: 'nobody' };`;
    const { code, err } = await cli.run(['worker', '--config', await cli.write('customer.mjs', text)]);
    expect(code).toBe(1);
    expect(err).toContain('  customer must be a function');
  });
});

const urlOf = (worker: Running) => /are at (http:\S+?)\. /.exec(worker.err())?.[1] ?? 'no address';

async function readiness(worker: Running): Promise<number> {
  return (await fetch(`${urlOf(worker)}/readyz`)).status;
}
