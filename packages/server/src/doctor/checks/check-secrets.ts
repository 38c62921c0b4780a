import type { ResolvedOptions } from '../../config/resolve-options.ts';
import type { Secret } from '../../config/secret.ts';
import { checkOf, finding, type Finding } from '../check.ts';
import { nameOfOption } from '../option-names.ts';

/** Words of examples, and what people type when they want to go on. */
const guessable =
  /change[-_ ]?me|example|password|placeholder|your[-_ ]|secret[-_ ]?(here|key)|0123456789|123456|abcdef|qwerty/i;

/** A random text of 32 characters has some twenty different ones. */
const leastVariety = 10;

/** What a provider made may be shorter than what we ask for, and never this short. Characters. */
const leastOfProvider = 8;

/** A secret that is given in the options. */
interface GivenSecret {
  /** As it is written there, such as `secrets[0]`. */
  name: string;
  text: string;
  /** How a new one is made. */
  make: string;
  isProviders: boolean;
}

/** The secrets of the options cannot be guessed, and are used for one thing each. Their length is looked at with the options. */
export const checkSecrets = checkOf('secrets', ['secrets'], ({ options, unusable }) => {
  const { meta, webhookOverride } = options;
  const metas = [
    ...(unusable.has('meta.appSecret') ? [] : meta.appSecrets),
    ...[meta.webhookVerifyToken, webhookOverride?.verifyToken].flatMap((one) => one ?? []),
  ];
  const used = new Set(metas.map((secret) => secret.reveal()));
  const found: Finding[] = [];
  for (const { name, text, make, isProviders } of givenIn(options)) {
    const named = nameOfOption(name);
    if (used.has(text)) {
      found.push(
        finding(
          'secret_repeated',
          `${name} is used twice`,
          `${named} is used for something else as well: ${make}.`,
        ),
      );
    } else if (guessable.test(text) || (isProviders ? text.length < leastOfProvider : isMonotonous(text))) {
      found.push(finding('secret_weak', `${name} can be guessed`, `${named} can be guessed: ${make}.`));
    }
    used.add(text);
  }
  const count = options.secrets.length === 1 ? 'one' : String(options.secrets.length);
  return Promise.resolve({ seen: `${count}, long enough`, findings: found });
});

function givenIn({ secrets, sms, events }: ResolvedOptions): GivenSecret[] {
  const ours = 'make a new one with: openssl rand -base64 32';
  const all = (option: string, given: readonly Secret[] = [], make = ours, isProviders = false) =>
    given.map((secret, index) => ({
      name: given.length === 1 && option !== 'secrets' ? option : `${option}[${index}]`,
      // Of events, the same one with its usual beginning and without is one.
      text: secret.reveal().replace(/^whsec_/, ''),
      make,
      isProviders,
    }));
  return [
    ...all('secrets', secrets),
    ...all('sms.secret', sms?.secrets),
    ...all(
      'sms.twilio.authToken',
      sms?.twilio?.authTokens,
      'copy the auth token anew from Twilio’s console',
      true,
    ),
    ...all('sms.vonage.signatureSecret', sms?.vonage?.secrets, 'make a new one in Vonage’s dashboard', true),
    ...all('events.secret', events?.secrets, 'make a new one with: echo whsec_$(openssl rand -base64 32)'),
  ];
}

const isMonotonous = (text: string): boolean => new Set(text).size < leastVariety;
