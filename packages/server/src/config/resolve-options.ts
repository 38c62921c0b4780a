import type { Request } from 'express';
import type { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import type { EmbeddedSignupOptions, HostHandlers, SmsOptions } from './options.ts';
import { optionsSchema } from './options-schema.ts';
import { Secret } from './secret.ts';

/** The options after all defaults, with secrets that do not print. */
export interface ResolvedOptions {
  meta: Omit<
    z.output<typeof optionsSchema>['meta'],
    'appSecret' | 'systemUserToken' | 'webhookVerifyToken'
  > & {
    /** The current app secret first. */
    appSecrets: [Secret, ...Secret[]];
    systemUserToken: () => Promise<Secret>;
    webhookVerifyToken: Secret | undefined;
  };
  database: string;
  /** The current one first. */
  secrets: [Secret, ...Secret[]];
  customer: EmbeddedSignupOptions['customer'];
  mayCall: (origin: string) => boolean;
  numbersPerSession: number;
  extras: Record<string, unknown>;
  creditLine?: z.output<typeof optionsSchema>['creditLine'];
  webhookOverride: { callbackUri: string; verifyToken: Secret } | undefined;
  identityCheck: boolean;
  attachWhenNoNumber: boolean;
  recovery: boolean;
  pool: z.output<typeof optionsSchema>['pool'];
  sms: ResolvedSms | undefined;
  on: HostHandlers;
  /** The current secret first. */
  events: { url: string; secrets: [Secret, ...Secret[]] } | undefined;
  operator: (req: Request) => string;
}

/** Who may post texts, with secrets that do not print, the current one first. */
export interface ResolvedSms {
  secrets: readonly Secret[];
  twilio: { authTokens: readonly Secret[]; url: string | undefined } | undefined;
  vonage:
    | { secrets: readonly Secret[]; method: NonNullable<NonNullable<SmsOptions['vonage']>['method']> }
    | undefined;
}

/**
 * Checks the options and puts the defaults in.
 *
 * @throws ConfigError naming every problem at once
 */
export function resolveOptions(options: EmbeddedSignupOptions): ResolvedOptions {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.flatMap(problemsOf));
  }
  const {
    meta,
    secrets,
    allowedOrigins,
    launch,
    events,
    webhookOverride,
    sms,
    deps: _deps,
    ...rest
  } = parsed.data;
  const { appSecret, systemUserToken, webhookVerifyToken, ...plainMeta } = meta;
  return {
    ...rest,
    meta: {
      ...plainMeta,
      appSecrets: hidden(appSecret),
      systemUserToken:
        typeof systemUserToken === 'function'
          ? async () => new Secret(await systemUserToken())
          : () => Promise.resolve(new Secret(systemUserToken)),
      webhookVerifyToken: webhookVerifyToken === undefined ? undefined : new Secret(webhookVerifyToken),
    },
    secrets: hidden(secrets),
    mayCall: typeof allowedOrigins === 'function' ? allowedOrigins : (from) => allowedOrigins.includes(from),
    extras: launch.extras,
    webhookOverride: webhookOverride && {
      callbackUri: webhookOverride.callbackUri,
      verifyToken: new Secret(webhookOverride.verifyToken),
    },
    sms: sms && {
      secrets: sms.secret === undefined ? [] : hidden(sms.secret),
      twilio: sms.twilio && { authTokens: hidden(sms.twilio.authToken), url: sms.twilio.url },
      vonage: sms.vonage && { secrets: hidden(sms.vonage.signatureSecret), method: sms.vonage.method },
    },
    events: events && { url: events.url, secrets: hidden(events.secret) },
  };
}

/** An option that is misspelt would be ignored, which is worse than a start that fails. */
function problemsOf(issue: z.core.$ZodIssue): ConfigProblem[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ option: issue.path.join('.'), message: issue.message }];
  }
  // What stands in the place of a name may be a secret.
  const named = issue.keys.map((key) => (/^[A-Za-z]\w{0,30}$/.test(key) ? key : '?'));
  const message = issue.message.startsWith('Unrecognized')
    ? 'is no option; look for a slip of the pen'
    : issue.message;
  return named.map((key) => ({ option: [...issue.path, key].join('.'), message }));
}

function hidden(texts: string[]): [Secret, ...Secret[]] {
  const [first, ...others] = texts.map((one) => new Secret(one));
  if (first === undefined) throw new RangeError('resolveOptions: a list of secrets cannot be empty');
  return [first, ...others];
}
