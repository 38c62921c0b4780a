import type { ConfigProblem } from './config-error.ts';
import type { SmsOptions } from './options.ts';

/** How an environment is read. */
export interface EnvReader {
  plain(name: string): string | undefined;
  /** The same, or from the file that `NAME_FILE` names. */
  secret(name: string): string | undefined;
  list(value: string | undefined): string[] | undefined;
  problems: ConfigProblem[];
}

/** Who may post texts, by `SIGNUP_SMS_…`; `undefined` when nothing of it is set. */
export function smsFromEnv({ plain, secret, list, problems }: EnvReader): SmsOptions | undefined {
  const own = list(secret('SIGNUP_SMS_SECRET'));
  const authToken = list(secret('SIGNUP_SMS_TWILIO_AUTH_TOKEN'));
  const url = plain('SIGNUP_SMS_TWILIO_URL');
  // Vonage's secrets may have commas in them.
  const signatureSecret = secret('SIGNUP_SMS_VONAGE_SECRET')?.split(/\s+/);
  const method = plain('SIGNUP_SMS_VONAGE_METHOD');
  const alone = (name: string, other: string) =>
    problems.push({ option: name, message: `is not set, but ${other} is` });
  if (url !== undefined && authToken === undefined)
    alone('SIGNUP_SMS_TWILIO_AUTH_TOKEN', 'SIGNUP_SMS_TWILIO_URL');
  if (method !== undefined && signatureSecret === undefined) {
    alone('SIGNUP_SMS_VONAGE_SECRET', 'SIGNUP_SMS_VONAGE_METHOD');
  }
  if (own === undefined && authToken === undefined && signatureSecret === undefined) return undefined;
  return {
    ...(own === undefined ? {} : { secret: own }),
    ...(authToken === undefined ? {} : { twilio: { authToken, ...(url === undefined ? {} : { url }) } }),
    ...(signatureSecret === undefined
      ? {}
      : {
          vonage: {
            signatureSecret,
            // Checked with all other options, which names the words that there are.
            ...(method === undefined ? {} : { method: method as VonageMethod }),
          },
        }),
  };
}

type VonageMethod = NonNullable<NonNullable<SmsOptions['vonage']>['method']>;
