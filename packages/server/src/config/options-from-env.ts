import { readFileSync } from 'node:fs';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import type { EmbeddedSignupOptions, MetaOptions } from './options.ts';
import { smsFromEnv } from './sms-from-env.ts';

/** The part of the options that an environment can hold. */
export type EnvOptions = Omit<EmbeddedSignupOptions, 'customer' | 'deps' | 'launch' | 'meta'> & {
  meta: MetaOptions;
};

/**
 * Reads the options from environment variables (`META_APP_ID`, `META_APP_SECRET`, … `SIGNUP_DATABASE`,
 * `SIGNUP_SECRETS`; see the README's table). A secret may be given as `NAME_FILE`, the path of a file that holds it.
 * Lists are separated by commas or white space.
 *
 * @throws ConfigError naming every variable that is missing or unreadable
 */
export function optionsFromEnv(env: Record<string, string | undefined> = process.env): EnvOptions {
  const problems: ConfigProblem[] = [];
  const plain = (name: string): string | undefined => env[name]?.trim() || undefined;
  const secret = (name: string): string | undefined => {
    const file = plain(`${name}_FILE`);
    if (file === undefined) return plain(name);
    try {
      return readFileSync(file, 'utf8').trim() || undefined;
    } catch {
      problems.push({ option: `${name}_FILE`, message: 'names a file that cannot be read' });
      return '?';
    }
  };
  const needed = (name: string, value: string | undefined): string => {
    if (value === undefined) problems.push({ option: name, message: 'is not set' });
    return value ?? '';
  };
  const list = (value: string | undefined): string[] | undefined => value?.split(/[\s,]+/).filter(Boolean);
  const set = <K extends string, V>(key: K, value: V | undefined) =>
    (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };

  const perSession = plain('SIGNUP_NUMBERS_PER_SESSION');
  const options: EnvOptions = {
    meta: {
      appId: needed('META_APP_ID', plain('META_APP_ID')),
      appSecret: list(needed('META_APP_SECRET', secret('META_APP_SECRET'))) ?? [],
      configId: needed('META_CONFIG_ID', plain('META_CONFIG_ID')),
      businessId: needed('META_BUSINESS_ID', plain('META_BUSINESS_ID')),
      systemUserToken: needed('META_SYSTEM_USER_TOKEN', secret('META_SYSTEM_USER_TOKEN')),
      ...set('webhookVerifyToken', secret('META_WEBHOOK_VERIFY_TOKEN')),
      ...set('graphVersion', plain('META_GRAPH_VERSION')),
      ...set('graphUrl', plain('META_GRAPH_URL')),
      ...set('sdkUrl', plain('META_SDK_URL')),
      ...set('dialogOrigins', list(plain('META_DIALOG_ORIGINS'))),
    },
    secrets: list(needed('SIGNUP_SECRETS', secret('SIGNUP_SECRETS'))) ?? [],
    ...set('database', secret('SIGNUP_DATABASE')),
    ...set('allowedOrigins', list(plain('SIGNUP_ALLOWED_ORIGINS'))),
    ...set('numbersPerSession', perSession === undefined ? undefined : Number(perSession)),
    ...set('sms', smsFromEnv({ plain, secret, list, problems })),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return options;
}
