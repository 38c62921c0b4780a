import { createEmbeddedSignup } from '../create-embedded-signup.ts';
import type { EmbeddedSignup } from '../embedded-signup.ts';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import { loadOptions } from './load-options.ts';

/** The kit as a configuration file describes it. */
export interface OpenedSignup {
  signup: EmbeddedSignup;
  /** Which database and which app, in words without a secret. */
  place: string;
}

/** Opens the kit for a command; the database is brought up to date. @throws CliError, ConfigError, StoreUnavailableError */
export async function openSignup(file: string): Promise<OpenedSignup> {
  const options = await loadOptions(file);
  return { signup: await createEmbeddedSignup(options), place: placeOf(options) };
}

/** Does something with the kit, and closes it whatever comes of it. */
export async function withSignup<T>(file: string, act: (opened: OpenedSignup) => Promise<T>): Promise<T> {
  const opened = await openSignup(file);
  try {
    return await act(opened);
  } finally {
    await opened.signup.close();
  }
}

/** An address of PostgreSQL may hold a password, so it is not repeated. */
function placeOf({ database = 'sqlite:./data/signup.db', meta }: EmbeddedSignupOptions): string {
  return `${database.startsWith('sqlite:') ? database : 'PostgreSQL'}, app ${meta.appId}`;
}
