import express, { type Express } from 'express';
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { createEmbeddedSignup, type EmbeddedSignup } from '../../src/index.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { canaries, startHost, type TestHost } from '../support/host.ts';

const old = canaries.secret;
const fresh = 'CANARY-fresh-secret-0123456789-012345678';

let host: TestHost;
let other: EmbeddedSignup;
afterEach(async () => {
  await other.close();
  await host.close();
});

/** Another node of the same host, on the same database. */
async function otherNode(secrets: string[]): Promise<Express> {
  const silent = () => undefined;
  other = await createEmbeddedSignup({
    meta: host.sim.meta,
    database: host.database.address,
    secrets,
    customer: (req) => req.get('x-customer'),
    deps: { clock: { now: () => t0 }, logger: { debug: silent, info: silent, warn: silent, error: silent } },
  });
  const app = express();
  app.use('/signup', other.router);
  return app;
}

async function finishedPopup(customerId: string) {
  const opened = await host.open(customerId);
  const popup = host.sim.signUp({ ids: opened.numbers.map((number) => number.id) });
  const said = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object };
  return { session: opened.session, body: { event: said.event, data: said.data, code: popup.code } };
}

const post = (app: Express, session: string, body: object) =>
  request(app).post('/signup/claims').set('Authorization', `Bearer ${session}`).send(body);

describe.each([
  ['have the same order', [old, fresh]],
  ['are being moved, and one node is ahead', [fresh, old]],
])('a code, while secrets %s', (_name, secrets) => {
  it('is a repeat at the other node', async () => {
    host = await startHost({ secrets: [old, fresh] });
    const node = await otherNode(secrets);
    const { session, body } = await finishedPopup('lucky-shrub');
    expect((await post(host.app, session, body)).status).toBe(202);
    expect((await post(node, session, body)).status).toBe(200);
  });

  it('is sent to Meta once, when two sessions bring it to two nodes', async () => {
    host = await startHost({ secrets: [old, fresh] });
    const node = await otherNode(secrets);
    const { session, body } = await finishedPopup('lucky-shrub');
    const { session: ofAnother } = await host.open('wind-and-wool');
    await post(host.app, session, body);
    await post(node, ofAnother, body);
    await other.runDue();
    expect(host.calls().filter((call) => call.includes('access_token'))).toHaveLength(1);
  });
});
