import { checkOf, finding, type Finding } from '../check.ts';

/** Words of examples, and what people type when they want to go on. */
const guessable =
  /change[-_ ]?me|example|password|placeholder|your[-_ ]|secret[-_ ]?(here|key)|0123456789|123456|abcdef|qwerty/i;

/** A random text of 32 characters has some twenty different ones. */
const leastVariety = 10;

const make = 'make a new one with: openssl rand -base64 32';

/** `secrets` cannot be guessed, and are used for nothing else. Their length is looked at with the options. */
export const checkSecrets = checkOf('secrets', ['secrets'], ({ options, unusable }) => {
  const secrets = options.secrets.map((secret) => secret.reveal());
  const others = new Set([
    ...(unusable.has('meta.appSecret') ? [] : options.meta.appSecrets.map((secret) => secret.reveal())),
    options.meta.webhookVerifyToken?.reveal(),
  ]);
  const found: Finding[] = [];
  for (const [index, secret] of secrets.entries()) {
    const name = `secrets[${index}]`;
    if (secrets.indexOf(secret) < index || others.has(secret)) {
      found.push(
        finding(
          'secret_repeated',
          `${name} is used twice`,
          `${name} (SIGNUP_SECRETS) is used for something else as well: ${make}.`,
        ),
      );
    } else if (isWeak(secret)) {
      found.push(
        finding('secret_weak', `${name} can be guessed`, `${name} (SIGNUP_SECRETS) can be guessed: ${make}.`),
      );
    }
  }
  const count = secrets.length === 1 ? 'one' : String(secrets.length);
  return Promise.resolve({ seen: `${count}, long enough`, findings: found });
});

function isWeak(secret: string): boolean {
  return guessable.test(secret) || new Set(secret).size < leastVariety;
}
