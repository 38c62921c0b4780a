import { randomUUID } from 'node:crypto';
import { startSimulator, type Simulator, type SimulatorOptions } from '@embedded-signup-kit/simulator';
import { engines, type TestDatabase } from '../../support/databases.ts';
import { startHostProcess, type HostProcess } from './host-process.ts';
import { until } from './until.ts';
import { lookAtDisk, type Disk } from './what-is-on-disk.ts';
import type { FromHost } from './words.ts';

/** Which database. */
export type EngineName = 'SQLite' | 'PostgreSQL';

/** Meta in this process, a database, and hosts that are killed and started again. */
export interface TortureWorld {
  engine: EngineName;
  sim: Simulator;
  disk: Disk;
  /** The host that runs, or ran last. */
  host(): HostProcess;
  /** Where to send a request; waits while there is no host. */
  url(): Promise<string>;
  /** Starts a host at once. One that ends before it listens is started again, and counts as a start. */
  start(): Promise<HostProcess>;
  starts(): number;
  /** Hashes of the PINs that went out to Meta, by number. */
  pinsSent: Map<string, Set<string>>;
  /** Hashes of the codes that went out to Meta, each time they did. */
  codesSent: string[];
  /** Ports of the other ends of all connections that a host accepted. */
  accepted: Set<number>;
  /** Ends everything, hosts that are asleep included. */
  close(): Promise<void>;
}

/** Fewer starts in vain than that; more mean that the host cannot start at all. */
const mostStartsInVain = 5;

/** Makes a world with one host. */
export async function createTortureWorld(options: {
  file: string;
  engine: EngineName;
  simulator: SimulatorOptions;
}): Promise<TortureWorld> {
  const kind = engines.find(({ name }) => name === options.engine);
  if (kind === undefined) throw new Error(`no engine ${options.engine}`);
  const secret = randomUUID();
  const closers: (() => Promise<unknown>)[] = [];
  const closeAll = async () => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
  };
  try {
    const database: TestDatabase = await kind.createMigrated();
    closers.push(database.drop);
    const sim = await startSimulator({ onboardingsPerWeek: 1e9, ledgerLimit: 1e6, ...options.simulator });
    closers.push(() => sim.close());

    const living = new Set<HostProcess>();
    const pinsSent = new Map<string, Set<string>>();
    const codesSent: string[] = [];
    const accepted = new Set<number>();
    let current: HostProcess | undefined;
    let starts = 0;
    const closed = { is: false };
    closers.push(async () => {
      closed.is = true;
      await Promise.all([...living].map((host) => host.kill()));
    });

    const hear = (word: FromHost) => {
      if (word.said === 'accepted') accepted.add(word.from);
      if (word.said !== 'secret') return;
      if (word.kind === 'code') codesSent.push(word.hash);
      else pinsSent.set(word.of, (pinsSent.get(word.of) ?? new Set()).add(word.hash));
    };
    const settings = { meta: sim.meta, database: database.address, secret };
    const start = async (): Promise<HostProcess> => {
      for (let inVain = 0; inVain < mostStartsInVain && !closed.is; inVain += 1) {
        starts += 1;
        const host = await startHostProcess(options.file, settings, hear);
        if (host === undefined) continue;
        living.add(host);
        void host.ended.then(() => living.delete(host));
        current = host;
        if (closed.is) await host.kill();
        return host;
      }
      throw new Error(closed.is ? 'the world is closed' : 'hosts end before they listen');
    };
    const host = () => {
      if (current === undefined) throw new Error('no host was started');
      return current;
    };
    await (
      await start()
    ).started;
    const disk = await lookAtDisk(database.address, secret);
    closers.push(() => disk.close());

    return {
      engine: options.engine,
      sim,
      disk,
      host,
      async url() {
        await until('a host listens', () => host().isAlive(), { ms: 30_000, every: 5 });
        return host().url;
      },
      start,
      starts: () => starts,
      pinsSent,
      codesSent,
      accepted,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
