import type { AddressInfo } from 'node:net';
import express from 'express';
import { createEmbeddedSignup } from '../../../src/index.ts';

/** A host that listens. */
export interface IntakeHost {
  port: number;
  close(): Promise<void>;
}

/**
 * A host with the kit's intake. The background work is not started: it writes too, and would blur which write belongs to
 * which answer.
 *
 * @param database a file's path
 */
export async function startIntakeHost(database: string): Promise<IntakeHost> {
  const signup = await createEmbeddedSignup({
    meta: { appId: '1', appSecret: 'secret', configId: '2', businessId: '3', systemUserToken: 'token' },
    database: `sqlite:${database}`,
    secrets: ['a-secret-for-the-disk-of-32-bytes-or-more'],
    customer: (req) => req.get('x-customer'),
  });
  const app = express();
  app.use('/signup', signup.router);
  app.use('/operator', signup.operator);
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo; // a TCP port was asked for
      const close = () => {
        server.close();
        server.closeAllConnections();
        return signup.close();
      };
      resolve({ port, close });
    });
  });
}
