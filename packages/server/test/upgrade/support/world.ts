import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { engines, type TestDatabase } from '../../support/databases.ts';
import { startNode, type RunningNode, type StartOptions } from './start-node.ts';

/** The node of the version before: see freeze-node.mjs. */
export const nodeBefore = fileURLToPath(new URL('../nodes/schema-0003.mjs', import.meta.url));

/** Meta in this process, a database, and nodes of any version. */
export interface NodesWorld {
  sim: Simulator;
  database: TestDatabase;
  /** Starts a node. It is ended with the world. */
  start(file: string, options?: StartOptions & { works?: boolean; database?: string }): Promise<RunningNode>;
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
    async start(file, { works = true, database: other = database.address, ...options } = {}) {
      const node = await startNode(file, { meta: sim.meta, database: other, secret, works }, options);
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
