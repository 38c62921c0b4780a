import { createEmbeddedSignup } from '../create-embedded-signup.ts';
import type { EmbeddedSignup } from '../embedded-signup.ts';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import { resolveOptions } from '../config/resolve-options.ts';
import { withDefaults } from '../system/default-deps.ts';
import type { CommandContext } from './command-context.ts';
import { needDatabase } from './need-database.ts';
import { optionsFor } from './options-for.ts';
import { terminalLogger } from './terminal-logger.ts';

/** The kit as its options describe it. */
export interface OpenedSignup {
  signup: EmbeddedSignup;
  /** Which database and which app, in words without a secret. */
  place: string;
  /** Meta's id of our own portfolio. */
  businessId: string;
  /** Milliseconds UTC. */
  now(): number;
}

/**
 * Does something with the kit, and closes it whatever comes of it. The database is brought up to date.
 *
 * @param file of `--config`; without it the options come from the environment
 * @param how `log: 'host'` leaves the log to the host's own logger; otherwise warnings are told to the person who looks, and
 * nothing else can get between the data on stdout. `database: 'made'` makes a SQLite file that is not there; otherwise that is
 * refused
 * @throws CliError, ConfigError, StoreUnavailableError
 */
export async function withSignup<T>(
  { env, terminal }: Pick<CommandContext, 'env' | 'terminal'>,
  file: string | undefined,
  act: (opened: OpenedSignup) => Promise<T>,
  { log = 'terminal', database = 'needed' }: { log?: 'host' | 'terminal'; database?: 'needed' | 'made' } = {},
): Promise<T> {
  const { options } = await optionsFor(file, env);
  if (database === 'needed') await needDatabase(resolveOptions(options).database);
  const signup = await createEmbeddedSignup(
    log === 'host' ? options : { ...options, deps: { ...options.deps, logger: terminalLogger(terminal) } },
  );
  try {
    const { now } = withDefaults(options.deps).clock;
    return await act({ signup, place: placeOf(options), businessId: options.meta.businessId, now });
  } finally {
    await signup.close();
  }
}

/** An address of PostgreSQL may hold a password, so it is not repeated. */
function placeOf({ database = 'sqlite:./data/signup.db', meta }: EmbeddedSignupOptions): string {
  return `${database.startsWith('sqlite:') ? database : 'PostgreSQL'}, app ${meta.appId}`;
}
