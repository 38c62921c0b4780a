import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import type { EmbeddedSignupOptions, HostEvent, WebhookEvent } from '../../../src/index.ts';
import { canaries, startHost, type TestHost } from '../../support/host.ts';

/** A host that hears of changed identities, and of webhooks. */
export interface IdentityHost extends TestHost {
  /** What `on.identityChanged` was told. */
  told: HostEvent[];
  /** What `on.webhook` was told. */
  webhooks: WebhookEvent[];
  /** Sends a webhook with a true signature; answers with the status. */
  post(body: string): Promise<number>;
  /** A number in service, claimed by a customer who went through the popup; the identity check is on. */
  registered(): Promise<{ phoneNumberId: string; claimId: string }>;
  /** Has Meta deliver all that waits, then tells the host of what came of it; then a minute passes. */
  deliver(): Promise<void>;
}

/** Starts it. Meta's webhooks come over HTTP, when the test says so. */
export async function startIdentityHost(over: Partial<EmbeddedSignupOptions> = {}): Promise<IdentityHost> {
  const told: HostEvent[] = [];
  const webhooks: WebhookEvent[] = [];
  const host = await startHost({
    identityCheck: true,
    on: {
      identityChanged: (event) => void told.push(event),
      webhook: (event) => void webhooks.push(event),
    },
    ...over,
  });
  const server = createServer(host.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  host.sim.setDelivery({ auto: false });
  await host.sim.setWebhook({
    url: `http://127.0.0.1:${port}/signup/webhook`,
    verifyToken: host.sim.webhookVerifyToken,
  });
  return {
    ...host,
    told,
    webhooks,
    async post(body) {
      const signature = createHmac('sha256', canaries.appSecret).update(body).digest('hex');
      const { status } = await request(host.app)
        .post('/signup/webhook')
        .set('Content-Type', 'application/json')
        .set('X-Hub-Signature-256', `sha256=${signature}`)
        .send(body);
      return status;
    },
    async registered() {
      const { session, numbers } = await host.open('lucky-shrub');
      const popup = host.sim.signUp({ ids: numbers.map(({ id }) => id) });
      const finish = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object }; // of the simulator
      const answer = await request(host.app)
        .post('/signup/claims')
        .set('Authorization', `Bearer ${session}`)
        .send({ event: finish.event, data: finish.data, code: popup.code });
      await host.settle();
      if (popup.phoneNumberId === undefined) throw new Error('the popup gave no number');
      return { phoneNumberId: popup.phoneNumberId, claimId: String(answer.body.claim.id) };
    },
    async deliver() {
      await host.sim.deliver();
      await host.signup.runDue();
      host.pass(60_000);
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await host.close();
    },
  };
}
