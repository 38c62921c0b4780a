import { randomUUID } from 'node:crypto';
import { startSimulator, type Simulator, type SimulatorOptions } from '@embedded-signup-kit/simulator';
import { until } from '../../torture/support/until.ts';
import type { FromHost } from '../../torture/support/words.ts';
import { openLink, type Link } from './link.ts';
import { createDatabase, lookAtNodesDisk, type NodesDisk } from './nodes-disk.ts';
import { startNode, type NodeProcess } from './start-node.ts';

/** How one node of a world is. */
export interface NodeWish {
  /** By how much its clock is ahead, milliseconds. @default 0 */
  clockAheadMs?: number;
  /** Whether its worker runs. @default true */
  works?: boolean;
  /** Whether it reaches the database through a link that can fall silent. @default false */
  linked?: boolean;
}

/** 20 seconds in production and in the long form, fewer where a test has no time; milliseconds. */
export const leaseMs = process.env['TEST_LONG'] === '1' ? 20_000 : 3_000;

/** A time in which something was broken on purpose. Milliseconds UTC. */
export interface Disturbance {
  what: string;
  from: number;
  until: number;
}

/** Meta in this process, one PostgreSQL database, and several nodes that share it. */
export interface NodesWorld {
  sim: Simulator;
  disk: NodesDisk;
  /** Those that run now, each at its place. */
  nodes: readonly NodeProcess[];
  node(n: number): NodeProcess;
  link(n: number): Link;
  /** Puts a new process in the place of one that is gone. */
  replace(n: number): Promise<void>;
  /** Breaks something, and remembers when. */
  disturb<T>(what: string, act: () => Promise<T>): Promise<T>;
  disturbances: readonly Disturbance[];
  /** Hashes of the PINs that went out to Meta, by number. */
  pinsSent: Map<string, Set<string>>;
  /** Hashes of the codes that went out to Meta, each time they did. */
  codesSent: string[];
  /** What all nodes that ever lived wrote to standard error. */
  stderr(): string;
  /** Those that ended without being told to. */
  ended(): readonly NodeProcess[];
  /** Texts that nobody may ever read in a log. */
  secrets: Set<string>;
  close(): Promise<void>;
}

/** Makes a world. */
export async function createNodesWorld(options: {
  /** The bundled node. */
  file: string;
  nodes: readonly NodeWish[];
  /** The address of the PostgreSQL server. */
  server: string;
  simulator: SimulatorOptions;
}): Promise<NodesWorld> {
  const secret = randomUUID();
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (let end = closers.pop(); end !== undefined; end = closers.pop()) await end();
  };
  try {
    const database = await createDatabase(options.server);
    closers.push(database.drop);
    const sim = await startSimulator({ onboardingsPerWeek: 1e9, ledgerLimit: 1e6, ...options.simulator });
    closers.push(() => sim.close());

    const pinsSent = new Map<string, Set<string>>();
    const codesSent: string[] = [];
    const hear = (word: FromHost) => {
      if (word.said !== 'secret') return;
      if (word.kind === 'code') codesSent.push(word.hash);
      else pinsSent.set(word.of, (pinsSent.get(word.of) ?? new Set()).add(word.hash));
    };
    const links = await Promise.all(
      options.nodes.map(async ({ linked }) => (linked === true ? openLink(database.address) : undefined)),
    );
    closers.push(() => Promise.all(links.map(async (link) => link?.close())));
    const lives: NodeProcess[] = [];
    closers.push(() => Promise.all(lives.filter((node) => node.isAlive()).map((node) => node.kill())));
    const begin = async (n: number): Promise<NodeProcess> => {
      const { clockAheadMs = 0, works = true } = options.nodes[n] ?? {};
      const address = links[n]?.address ?? database.address;
      const node = await startNode(
        options.file,
        { meta: sim.meta, database: address, secret, clockAheadMs, works, leaseMs },
        hear,
      );
      lives.push(node);
      return node;
    };
    // Together, as after a deployment: one of them makes the schema.
    const nodes = await Promise.all(options.nodes.map((_wish, n) => begin(n)));
    const disk = await lookAtNodesDisk(database.address, secret);
    closers.push(() => disk.close());

    const disturbances: Disturbance[] = [];
    const node = (n: number) => {
      const found = nodes[n];
      if (found === undefined) throw new Error(`there is no node ${n}`);
      return found;
    };
    const { password } = new URL(database.address);
    return {
      sim,
      disk,
      nodes,
      node,
      link(n) {
        const link = links[n];
        if (link === undefined) throw new Error(`the node ${n} has no link`);
        return link;
      },
      async replace(n) {
        // The database may be down at this moment: whoever looks after a process starts it again.
        await until(
          'a node starts',
          async () => {
            const next = await begin(n).catch(() => undefined);
            if (next !== undefined) nodes[n] = next;
            return next !== undefined;
          },
          { ms: 120_000, every: 500 },
        );
      },
      async disturb(what, act) {
        const disturbance = { what, from: Date.now(), until: Infinity };
        disturbances.push(disturbance);
        try {
          return await act();
        } finally {
          disturbance.until = Date.now();
        }
      },
      disturbances,
      pinsSent,
      codesSent,
      stderr: () => lives.map((life) => life.stderr()).join(''),
      ended: () => lives.filter((life) => !life.isAlive() && !life.wasEnded()),
      secrets: new Set([secret, password, sim.appSecret, sim.systemUserToken].filter((text) => text !== '')),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
