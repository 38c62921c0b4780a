import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { engines, type TestDatabase } from '../../support/databases.ts';
import type { NodeSettings } from './node-words.ts';
import { startNode, type RunningNode, type StartOptions } from './start-node.ts';

/** The node of the version before: see freeze-node.mjs. */
export const nodeBefore = fileURLToPath(new URL('../nodes/schema-0004.mjs', import.meta.url));

/** How a node differs from the others of its world. */
export interface NodeOptions {
  /** @default true */
  works?: boolean;
  /** @default the world's */
  database?: string;
  /** @default nowhere */
  events?: NodeSettings['events'];
}

/** Meta in this process, a database, and nodes of any version. */
export interface NodesWorld {
  sim: Simulator;
  database: TestDatabase;
  /** Of all nodes. */
  secret: string;
  /** Starts a node. It is ended with the world. */
  start(file: string, options?: StartOptions & NodeOptions): Promise<RunningNode>;
  close(): Promise<void>;
}

/** Makes a world without nodes. */
export async function createNodesWorld(engine: string, numbers: number): Promise<NodesWorld> {
  const kind = engines.find(({ name }) => name === engine);
  if (kind === undefined) throw new Error(`no engine ${engine}`);
  const database = await kind.create();
  const sim = await startSimulator({ numbers, onboardingsPerWeek: 1e9, ledgerLimit: 1e6 });
  const secret = randomUUID();
  const living = new Set<RunningNode>();
  return {
    sim,
    database,
    secret,
    async start(file, { works = true, database: other = database.address, events, ...options } = {}) {
      const settings = { meta: sim.meta, database: other, secret, works, ...(events && { events }) };
      const node = await startNode(file, settings, options);
      living.add(node);
      return node;
    },
    async close() {
      await Promise.all([...living].map((node) => node.kill()));
      await sim.close();
      await database.drop();
    },
  };
}
