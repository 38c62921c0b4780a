import { ConfigError } from '../config/config-error.ts';
import { optionsFromEnv } from '../config/options-from-env.ts';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import { CliError, UsageError } from './cli-error.ts';
import { describeFailure } from './describe-failure.ts';
import { loadOptions } from './load-options.ts';

/** Options, and where they are from. */
export interface FoundOptions {
  options: EmbeddedSignupOptions;
  /** The file as it was given, or `undefined` for the environment. */
  file: string | undefined;
}

const ours = /^(META|SIGNUP)_[A-Z_]+$/;
const bothWays =
  'Name a file with --config <file>, or set META_APP_ID, META_APP_SECRET, META_CONFIG_ID, META_BUSINESS_ID, META_SYSTEM_USER_TOKEN and SIGNUP_SECRETS in the environment.';

/**
 * The options of a command: those of the file, or, without one, those of the environment.
 *
 * @throws UsageError when there are neither; CliError, ConfigError when they cannot be read
 */
export async function optionsFor(
  file: string | undefined,
  env: Record<string, string | undefined>,
): Promise<FoundOptions> {
  if (file !== undefined) return { options: await loadOptions(file), file };
  if (!Object.keys(env).some((name) => ours.test(name)))
    throw new UsageError(`there are no options. ${bothWays}`);
  try {
    return { options: { ...optionsFromEnv(env), customer: () => undefined }, file };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const why = describeFailure(error);
    throw new CliError(`without --config <file> the options come from the environment, and ${why}`, {
      cause: error,
    });
  }
}
