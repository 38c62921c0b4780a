import { ConfigError, type ConfigProblem } from '../../config/config-error.ts';
import { optionsFromEnv } from '../../config/options-from-env.ts';
import type { EmbeddedSignupOptions } from '../../config/options.ts';
import { optionOf } from '../../doctor/option-names.ts';
import { noOptions, usableOptions, type UsableOptions } from '../../doctor/usable-options.ts';
import { CliError, UsageError } from '../cli-error.ts';
import { loadOptions } from '../load-options.ts';
import { optionsFor } from '../options-for.ts';

/** Options to look at, as far as there are any. */
export interface ConfigToExamine extends UsableOptions {
  /** As they were given; empty where there are none. */
  given: Partial<EmbeddedSignupOptions>;
  /** Why there are none. */
  configFailure: string | undefined;
}

/** A file may fetch its secrets from elsewhere. Milliseconds. */
const patience = 8_000;

/**
 * Reads the options of a command so that what is wrong with them can be told, instead of being the end.
 *
 * @throws UsageError when there is neither a file nor a variable
 */
export async function configToExamine(
  file: string | undefined,
  env: Record<string, string | undefined>,
): Promise<ConfigToExamine> {
  try {
    if (file === undefined) return await fromEnvironment(env);
    const given = await inTime(loadOptions(file));
    return { ...usableOptions(given), given, configFailure: undefined };
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof CliError)) throw error;
    const problems = problemsOf(error.cause);
    return {
      ...noOptions(),
      problems: problems ?? [],
      given: {},
      configFailure: problems === undefined ? error.message : undefined,
    };
  }
}

function inTime<T>(loading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(
      () => reject(new CliError(`the configuration takes longer than ${patience / 1000} s to load.`)),
      patience,
    );
    loading.then(resolve, reject).finally(() => clearTimeout(deadline));
  });
}

/** Of a ConfigError, also of one from another copy of this package, as the host's configuration may load. */
function problemsOf(cause: unknown): ConfigProblem[] | undefined {
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'config_invalid' && 'problems' in cause))
    return undefined;
  return Array.isArray(cause.problems) ? (cause.problems as ConfigProblem[]) : undefined; // as ConfigError has them
}

/** What stands in for a variable without which there are no options. */
const standIns: Readonly<Record<string, string>> = {
  META_APP_ID: '0',
  META_APP_SECRET: '-',
  META_CONFIG_ID: '0',
  META_BUSINESS_ID: '0',
  META_SYSTEM_USER_TOKEN: '-',
  SIGNUP_SECRETS: '0'.repeat(32),
};

async function fromEnvironment(env: Record<string, string | undefined>): Promise<ConfigToExamine> {
  try {
    const { options: given } = await optionsFor(undefined, env);
    return { ...usableOptions(given), given, configFailure: undefined };
  } catch (error) {
    if (!(error instanceof CliError && error.cause instanceof ConfigError)) throw error;
    const { problems } = error.cause;
    const patched = { ...env };
    const standing: string[] = [];
    for (const { option: variable } of problems) {
      const name = variable.replace(/_FILE$/, '');
      const option = optionOf(variable);
      const isOfTexts = option.startsWith('sms.');
      // One half of what texts need is a problem without the other.
      const all = isOfTexts ? Object.keys(env).filter((one) => one.startsWith('SIGNUP_SMS_')) : [name];
      for (const one of all) {
        patched[`${one}_FILE`] = undefined;
        patched[one] = standIns[one];
      }
      standing.push(isOfTexts ? 'sms' : option);
    }
    const given = { ...optionsFromEnv(patched), customer: () => undefined };
    const usable = usableOptions(given);
    return {
      ...usable,
      problems: [...problems, ...usable.problems],
      unusable: new Set([...usable.unusable, ...standing]),
      given,
      configFailure: undefined,
    };
  }
}
