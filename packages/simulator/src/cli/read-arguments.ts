import { resolveAssumptions, type Assumptions } from '../settings/assumptions.ts';
import type { SimulatorOptions } from '../options.ts';
import type { ListenOptions } from '../start-simulator.ts';
import { SMS_FORMS, type SmsRequest } from '../webhooks/sms/sms-request.ts';
import { ArgumentError, readOptions, type GivenOptions, type TextOption } from './read-options.ts';

/** A simulator to start, and what to do with it then. */
export interface StartCommand {
  readonly kind: 'start';
  readonly options: SimulatorOptions & ListenOptions;
  /** The callback to subscribe. */
  readonly webhook: string | undefined;
  /** Whether the requests are not to be logged. */
  readonly quiet: boolean;
}

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' | 'version' }
  | StartCommand
  | { readonly kind: 'refuse'; readonly problem: string };

/** Reads the arguments after the program's name. */
export function readArguments(args: readonly string[]): Command {
  try {
    return commandOf(readOptions(args));
  } catch (error) {
    if (error instanceof ArgumentError) return { kind: 'refuse', problem: error.message };
    throw error;
  }
}

function commandOf({ values, flags }: GivenOptions): Command {
  if (flags.has('help')) return { kind: 'help' };
  if (flags.has('version')) return { kind: 'version' };
  const given = (name: TextOption) => values.get(name)?.at(-1);
  const seed = given('seed');
  return {
    kind: 'start',
    options: {
      port: wholeNumber('port', given('port') ?? '4010', 65_535),
      host: given('host') ?? '127.0.0.1',
      numbers: wholeNumber('numbers', given('numbers') ?? '3', 100_000),
      clock: oneOf('clock', given('clock') ?? 'real', ['real', 'manual']),
      profile: oneOf('profile', given('profile') ?? 'live', ['live', 'openapi']),
      times: oneOf('times', given('times') ?? 'iso', ['iso', 'unix']),
      seed: seed === undefined ? undefined : wholeNumber('seed', seed, 2 ** 32 - 1),
      stateFile: given('state'),
      assume: assumptionsIn(values.get('assume') ?? []),
      sms: providerIn(given),
    },
    webhook: callback('webhook', given('webhook')),
    quiet: flags.has('quiet'),
  };
}

function wholeNumber(name: TextOption, text: string, most: number): number {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw new ArgumentError(`--${name} must be a whole number from 0 to ${most}, not "${text}".`);
}

function oneOf<const Word extends string>(name: TextOption, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new ArgumentError(`--${name} must be ${words.join(' or ')}, not "${text}".`);
  return found;
}

function callback(name: TextOption, url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const { protocol, username, password } = URL.canParse(url) ? new URL(url) : new URL('about:blank');
  if (username !== '' || password !== '')
    throw new ArgumentError(`--${name} must not name a user or a password: requests cannot carry them.`);
  if (/^https?:$/.test(protocol)) return url;
  throw new ArgumentError(`--${name} must be an address that begins with http:// or https://, not "${url}".`);
}

/** The provider that hands in texts; each form has a name of its own for what it proves itself with. */
function providerIn(given: (name: TextOption) => string | undefined): SmsRequest | undefined {
  const url = callback('sms', given('sms'));
  if (url === undefined) {
    const stray = (['sms-form', 'sms-secret'] as const).find((name) => given(name) !== undefined);
    if (stray !== undefined) throw new ArgumentError(`--${stray} needs --sms URL.`);
    return undefined;
  }
  const form = oneOf('sms-form', given('sms-form') ?? 'json', SMS_FORMS);
  const secret = given('sms-secret');
  if (secret !== undefined && !/^[!-~]+$/.test(secret)) {
    throw new ArgumentError('--sms-secret must be printable ASCII without blanks.');
  }
  const secretName = { json: 'secret', twilio: 'authToken', vonage: 'signatureSecret' }[form];
  return { url, form, [secretName]: secret };
}

function assumptionsIn(texts: readonly string[]): Partial<Assumptions> | undefined {
  if (texts.length === 0) return undefined;
  const given = texts.map((text) => {
    const [, name, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new ArgumentError(`--assume must be NAME=VALUE, not "${text}".`);
    }
    return [name, valueIn(value)] as const;
  });
  try {
    return resolveAssumptions(Object.fromEntries(given));
  } catch (error) {
    if (error instanceof TypeError) throw new ArgumentError(`--assume: ${error.message}.`);
    throw error;
  }
}

/** Numbers and yes or no as such, anything else as a word. */
function valueIn(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(\d+(\.\d+)?|Infinity)$/.test(text) ? Number(text) : text;
}
