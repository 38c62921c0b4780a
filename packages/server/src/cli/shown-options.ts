import type { EmbeddedSignupOptions } from '../config/options.ts';
import type { ResolvedOptions } from '../config/resolve-options.ts';
import type { Secret } from '../config/secret.ts';
import { shownAddress, shownDatabase } from './shown-address.ts';

type Shown = string | number | boolean | readonly string[] | Record<string, unknown>;

/**
 * The options as they may be shown, in order: every secret is only said to be set, with the class of its length. A function
 * is never called.
 */
export function shownOptions(
  given: EmbeddedSignupOptions,
  { meta, events, sms, webhookOverride, creditLine, pool, ...options }: ResolvedOptions,
): [name: string, value: Shown][] {
  const handlers = Object.keys(options.on);
  const replaced = Object.entries(given.deps ?? {}).flatMap(([name, part]) =>
    part === undefined ? [] : [name],
  );
  const all: [string, Shown | undefined][] = [
    ['meta.appId', meta.appId],
    ['meta.appSecret', each(meta.appSecrets)],
    ['meta.configId', meta.configId],
    ['meta.businessId', meta.businessId],
    ['meta.systemUserToken', tokenOf(given.meta.systemUserToken)],
    [
      'meta.webhookVerifyToken',
      meta.webhookVerifyToken === undefined ? notSet : one(meta.webhookVerifyToken),
    ],
    ['meta.graphVersion', meta.graphVersion],
    ['meta.graphUrl', shownAddress(meta.graphUrl)],
    ['meta.sdkUrl', shownAddress(meta.sdkUrl)],
    ['meta.dialogOrigins', meta.dialogOrigins],
    ['database', shownDatabase(options.database)],
    ['secrets', each(options.secrets)],
    ['allowedOrigins', typeof given.allowedOrigins === 'function' ? aFunction : (given.allowedOrigins ?? [])],
    ['numbersPerSession', options.numbersPerSession],
    ['launch.extras', Object.keys(options.extras).length === 0 ? undefined : options.extras],
    ['creditLine', creditLine],
    ['webhookOverride.callbackUri', webhookOverride && shownAddress(webhookOverride.callbackUri)],
    ['webhookOverride.verifyToken', webhookOverride && one(webhookOverride.verifyToken)],
    ['identityCheck', options.identityCheck],
    ['attachWhenNoNumber', options.attachWhenNoNumber],
    ['recovery', options.recovery],
    ['pool.low', pool.low],
    ['pool.keepFresh', pool.keepFresh],
    ['pool.codeLanguage', pool.codeLanguage],
    ['sms', sms === undefined ? notSet : undefined],
    ['sms.secret', sms && sms.secrets.length > 0 ? each(sms.secrets) : undefined],
    ['sms.twilio.authToken', sms?.twilio && each(sms.twilio.authTokens)],
    ['sms.twilio.url', sms?.twilio?.url === undefined ? undefined : shownAddress(sms.twilio.url)],
    ['sms.vonage.signatureSecret', sms?.vonage && each(sms.vonage.secrets)],
    ['sms.vonage.method', sms?.vonage?.method],
    ['on', handlers.length === 0 ? notSet : handlers],
    ['events.url', events === undefined ? notSet : shownAddress(events.url)],
    ['events.secret', events && each(events.secrets)],
    ['operator', given.operator === undefined ? notSet : aFunction],
    ['deps', replaced.length === 0 ? undefined : replaced],
  ];
  return all.filter((entry): entry is [string, Shown] => entry[1] !== undefined);
}

const notSet = 'not set';
const aFunction = 'a function';

/** Whoever guesses a secret is helped by its length, so only a class of it is told. */
export function lengthClass(bytes: number): string {
  if (bytes < 16) return 'less than 16 bytes';
  if (bytes < 32) return '16 to 31 bytes';
  return bytes < 64 ? '32 to 63 bytes' : '64 bytes or more';
}

const ofText = (text: string): string => `set (${lengthClass(Buffer.byteLength(text))})`;
const one = (secret: Secret): string => ofText(secret.reveal());
const each = (secrets: readonly Secret[]): string | string[] => {
  const shown = secrets.map(one);
  return shown.length === 1 ? (shown[0] ?? notSet) : shown;
};
const tokenOf = (token: EmbeddedSignupOptions['meta']['systemUserToken']): string =>
  typeof token === 'string' ? ofText(token) : `${aFunction} that fetches it`;
