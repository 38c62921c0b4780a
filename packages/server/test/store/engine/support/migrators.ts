import { fork } from 'node:child_process';
import { once } from 'node:events';
import { within } from '../../../torture/support/until.ts';

/** What a process is told. */
export interface MigratorOrder {
  address: string;
  /** What it writes down as the time of its migrations. */
  now: number;
  /** The n-th statement, from 1, is the last thing that it does, or does not do any more. */
  dieAt?: { statement: number; side: 'before' | 'after' } | undefined;
}

/** What a process says when it has opened the store, or could not. */
export interface MigratorReport {
  statements: string[];
  error?: string;
}

/** A process that opens stores. */
export interface Migrator {
  /** `killed`: it died at the statement. */
  open(order: MigratorOrder): Promise<MigratorReport | 'killed'>;
  stop(): Promise<void>;
}

/** Longer than all of them together need on a slow machine; milliseconds. */
const patience = 60_000;

/** Starts one, and resolves when it waits for orders. */
export async function startMigrator(file: string): Promise<Migrator> {
  const child = fork(file, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'close');
  await within(patience, 'a process is ready', Promise.race([once(child, 'message'), ended]));
  return {
    async open(order) {
      const said = once(child, 'message').then(([report]) => report as MigratorReport); // what migrator-program.ts sends
      child.send(order);
      return within(patience, 'a store is open', Promise.race([said, ended.then(() => 'killed' as const)]));
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
