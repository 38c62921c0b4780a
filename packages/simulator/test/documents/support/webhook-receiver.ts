import { createServer } from 'node:http';
import { afterEach } from 'vitest';
import type { Simulator } from '../../../src/index.ts';
import { graph } from '../../support/graph-client.ts';
import { onboarded } from '../../support/playground.ts';

const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Subscribes a callback that answers as the documents ask for, and keeps the bodies that come. */
export async function subscribedCallback(simulator: Simulator, version: string) {
  const bodies: unknown[] = [];
  const server = createServer((request, response) => {
    const challenge = new URL(request.url ?? '', 'http://localhost').searchParams.get('hub.challenge');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (challenge === null) bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.end(challenge ?? 'ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  simulator.setDelivery({ auto: false });
  await simulator.setWebhook({ url: `http://127.0.0.1:${port}/webhooks`, version });
  return {
    /** What came since the last time. */
    async received(): Promise<readonly unknown[]> {
      await simulator.deliver();
      return bodies.splice(0);
    },
  };
}

/** A registered number on an account whose webhooks the app gets. */
export async function messagingNumber(simulator: Simulator) {
  const customer = await onboarded(simulator);
  const { wabaId, phoneNumberId, token } = customer;
  await graph(simulator, `POST /${wabaId}/subscribed_apps`, { token });
  const registration = { messaging_product: 'whatsapp', pin: '271828' };
  await graph(simulator, `POST /${phoneNumberId}/register`, { token, json: registration });
  return customer;
}
