import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { openStore } from '../../support/databases.ts';
import type { Ended, Program } from './program.ts';

/** A BSP with a command line: Meta, a database, and a configuration that names both. */
export interface PoolWorld {
  sim: Simulator;
  config: string;
  /** The same with a clock that is so many minutes ahead. */
  configLater(minutes: number): Promise<string>;
  /** Runs a command with the configuration. */
  run(...args: string[]): Promise<Ended>;
  /** Runs it with `--json`, expects it to end well, and reads what it has printed. */
  json(...args: string[]): Promise<unknown>;
  close(): Promise<void>;
}

/** Marked, so that a search finds it wherever it leaks. */
export const secrets = {
  appSecret: 'CANARY-app-secret-0123456789',
  systemUserToken: 'EAASCANARYsystemusertoken',
  kit: 'CANARY-kit-secret-0123456789-0123456789',
};

/** Starts a simulator, brings the database up to date, and writes a configuration for both. */
export async function poolWorld(
  cli: Program,
  database: string,
  options: Parameters<typeof startSimulator>[0] = {},
): Promise<PoolWorld> {
  const { appSecret, systemUserToken, kit } = secrets;
  const sim = await startSimulator({ appSecret, systemUserToken, ledgerLimit: 1e6, ...options });
  // As a server has left it: most commands make no database.
  await (await openStore(database)).close();
  const given = { meta: sim.meta, database, secrets: [kit] };
  const config = await cli.config(given);
  const run = (...args: string[]) => cli.run([...args, '--config', config], { USER: 'ann' });
  return {
    sim,
    config,
    configLater: (minutes) =>
      cli.write(
        `later-${minutes}.mjs`,
        `export default { ...${JSON.stringify(given)}, deps: { clock: { now: () => Date.now() + ${minutes * 60_000} } } };`,
      ),
    run,
    async json(...args) {
      const { code, out, err } = await run(...args, '--json');
      if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`);
      return JSON.parse(out) as unknown;
    },
    close: () => sim.close(),
  };
}

/** How often Meta was asked to add each number, refusals included. */
export function additionsOf(sim: Simulator): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { body } of sim.requests({ method: 'POST', path: '/*/add_phone_numbers' })) {
    const { phone_number: number } = body as { phone_number?: string }; // as the kit sends it
    counts.set(number ?? '?', (counts.get(number ?? '?') ?? 0) + 1);
  }
  return counts;
}
