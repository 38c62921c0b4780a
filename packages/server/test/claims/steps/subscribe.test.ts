import { afterEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../../support/host.ts';
import { count, on, refusal, see, signUp, writes } from './support/sign-up.ts';

const webhookOverride = { callbackUri: 'https://hooks.bsp.example/meta', verifyToken: 'CANARY-verify-token' };
const subscribe = 'POST /:id/subscribed_apps';

let host: TestHost;
afterEach(() => host.close());
const bodies = () =>
  host.sim.requests({ method: 'POST', path: '/*/subscribed_apps' }).map(({ body }) => body);

describe('subscribing the app', () => {
  it('is one plain call without an override', async () => {
    host = await startHost();
    const { id } = await signUp(host);
    await host.settle();
    expect((await see(host, id)).claim.status).toBe('registered');
    expect(bodies()).toEqual([{}]);
  });

  it('is done plainly first, then with the override', async () => {
    host = await startHost({ webhookOverride });
    const { id } = await signUp(host);
    await host.settle();
    expect((await see(host, id)).claim.status).toBe('registered');
    const [plain, override] = bodies();
    expect(plain).toEqual({});
    expect(override).toMatchObject({ override_callback_uri: webhookOverride.callbackUri });
    expect(writes(host).slice(-3)).toEqual([subscribe, subscribe, 'POST /:id/register']);
    expect(host.log.join()).not.toContain(webhookOverride.verifyToken);
  });

  it.each([0, 1])('comes to the same when the answer of call %i is lost', async (after) => {
    host = await startHost({ webhookOverride });
    const { id } = await signUp(host);
    host.sim.setFaults([{ ...on('POST', '/*/subscribed_apps', { kind: 'lost' }), after }]);
    await host.settle();
    expect((await see(host, id)).claim.status).toBe('registered');
    expect(bodies().at(-1)).toMatchObject({ override_callback_uri: webhookOverride.callbackUri });
    expect(count(host, 'POST /:id/register')).toBe(1);
  });

  it('leaves a refused override to the operator by its name, and goes on when it is tried again', async () => {
    host = await startHost({ webhookOverride });
    const { id } = await signUp(host);
    host.sim.setFaults([{ ...on('POST', '/*/subscribed_apps', refusal(100)), after: 1 }]);
    await host.settle();
    const { claim, history } = await see(host, id);
    expect(claim).toMatchObject({ status: 'needs_operator', reason: { code: 'webhook_override_refused' } });
    expect(claim.reason?.message).toContain('webhookOverride');
    expect(history.at(-1)).toMatchObject({ reason: 'graph:100', traceId: expect.any(String) });
    expect(count(host, 'POST /:id/register')).toBe(0);
    await host.signup.claims.retry(id, 'mara');
    await host.settle();
    expect((await see(host, id)).claim.status).toBe('registered');
  });
});
