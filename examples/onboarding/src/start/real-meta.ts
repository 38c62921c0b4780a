import { optionsFromEnv, type EnvOptions } from '@embedded-signup-kit/server';
import { inExample } from '../example-folder.ts';
import { StartProblem } from './start-problem.ts';

/** A log-in that anybody can guess must not lead to a real business portfolio. */
const shortest = 12;

/**
 * The options for the real Meta, from `META_*` and `SIGNUP_*`; without `SIGNUP_DATABASE`, a file in the example's folder.
 *
 * @throws ConfigError
 */
export function realMeta(env: Record<string, string | undefined>): EnvOptions {
  return { database: `sqlite:${inExample('data/signup.db')}`, ...optionsFromEnv(env) };
}

/**
 * The password of every account, for a site that others can reach.
 *
 * @throws StartProblem
 */
export function sitePassword(env: Record<string, string | undefined>): string {
  const password = env['SITE_PASSWORD'] ?? '';
  if (password.length >= shortest) return password;
  throw new StartProblem(
    `Set SITE_PASSWORD to ${shortest} characters or more: with META_APP_ID set, whoever logs in works with your real numbers.`,
  );
}
