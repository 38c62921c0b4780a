import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import express from 'express';
import { deriveKeys } from '../src/config/derive-keys.ts';
import { Secret } from '../src/config/secret.ts';
import { createEmbeddedSignup } from '../src/index.ts';
import { createJoseSessionTokens } from '../src/system/jose-session-tokens.ts';

/** The app of the bench. */
export const appId = '1';
const secret = 'a-secret-for-the-bench-of-32-bytes-or-more';
const hour = 3_600_000;

/** The floor: Express reads JSON and writes it back. */
export async function serveEcho(): Promise<void> {
  const app = express();
  app.post('/echo', express.json(), (req, res) => {
    res.json(req.body);
  });
  listen(app, () => Promise.resolve());
  await Promise.resolve();
}

/** The kit with its intake alone: the background work is not started, because it would measure Meta. */
export async function serveClaims(database: string): Promise<void> {
  const signup = await createEmbeddedSignup({
    meta: { appId, appSecret: 'secret', configId: '2', businessId: '3', systemUserToken: 'token' },
    database,
    secrets: [secret],
    customer: () => undefined,
  });
  const app = express();
  app.use('/signup', signup.router);
  listen(app, () => signup.close());
  process.on('message', (message) => {
    if (message !== 'count') return;
    const file = new Database(database.slice('sqlite:'.length), { readonly: true });
    const row = file.prepare<[], { count: number }>('select count(*) as count from signup_claims').get();
    file.close();
    process.send?.({ count: row?.count ?? 0 });
  });
}

/** Sessions, signed as the server signs them: one per claim. */
export async function sessionsFor(count: number): Promise<string[]> {
  const now = Date.now();
  const tokens = await createJoseSessionTokens({
    keys: deriveKeys([new Secret(secret)], 'sessions'),
    appId,
    now: () => now,
  });
  const sign = (n: number) =>
    tokens.sign({
      id: `session-${n}`,
      customerId: `customer-${n}`,
      openedAt: now,
      launchUntil: now + hour,
      claimUntil: now + 24 * hour,
    });
  const signed: string[] = [];
  for (let start = 0; start < count; start += 500) {
    signed.push(...(await Promise.all(Array.from({ length: 500 }, (_, n) => sign(start + n)))));
  }
  return signed;
}

function listen(app: express.Express, close: () => Promise<void>): void {
  const server: Server = app.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo; // a TCP port was asked for
    process.send?.({ port });
  });
  process.on('message', (message) => {
    if (message !== 'end') return;
    server.closeAllConnections();
    void close().then(() => process.exit(0));
  });
}
