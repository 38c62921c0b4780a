import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '@embedded-signup-kit/simulator';
import express, { type Express } from 'express';
import { createEmbeddedSignup, type EmbeddedSignup } from '../../../src/index.ts';
import { systemRandom } from '../../../src/system/system-random.ts';

/** One of several servers with the kit on one database, at an address that stays while it is restarted. */
export interface Node {
  url: string;
  signup(): EmbeddedSignup;
  /** As a rolling deployment does it: new requests go to the new process, the old one ends when its own are answered. */
  restart(secrets: string[]): Promise<void>;
  close(): Promise<void>;
}

/** What a node is made of. */
export interface NodeDeps {
  sim: Simulator;
  database: string;
  now: () => number;
}

interface Process {
  app: Express;
  signup: EmbeddedSignup;
  end(): Promise<void>;
}

/** Starts a node. Customers sign in by the header `x-customer`. */
export async function startNode(deps: NodeDeps, secrets: string[]): Promise<Node> {
  let current = await startProcess(deps, secrets);
  const server: Server = createServer((req, res) => current.app(req, res)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP port was asked for
  return {
    url: `http://127.0.0.1:${port}`,
    signup: () => current.signup,
    async restart(next) {
      const old = current;
      current = await startProcess(deps, next);
      await old.end();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await current.end();
    },
  };
}

async function startProcess({ sim, database, now }: NodeDeps, secrets: string[]): Promise<Process> {
  const quiet = () => undefined;
  const signup = await createEmbeddedSignup({
    meta: sim.meta,
    database,
    secrets,
    customer: (req) => req.get('x-customer'),
    deps: {
      clock: { now },
      random: systemRandom,
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    },
  });
  let underWay = 0;
  let idle: () => void = quiet;
  const app = express();
  app.use((_req, res, next) => {
    underWay += 1;
    res.on('close', () => {
      underWay -= 1;
      if (underWay === 0) idle();
    });
    next();
  });
  app.use('/signup', signup.router);
  return {
    app,
    signup,
    async end() {
      if (underWay > 0) {
        await new Promise<void>((resolve) => {
          idle = resolve;
        });
      }
      await signup.close();
    },
  };
}
