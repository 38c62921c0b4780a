import { graphAdvice } from '../ports/graph-advice.ts';
import { GraphError, type GraphErrorKind } from '../ports/graph-error.ts';
import { PhoneNumberError } from './phone-number-errors.ts';

/** Why a number could not be read, where it was not Meta who said so. */
export type OwnUnreadReason = 'no_owner' | 'token_sealed' | 'broken';

/**
 * Why a read failed, in one stable word, with Meta's code where there is one: `auth:190`, `not_found:100`, `unreachable`,
 * `no_owner`.
 */
export function unreadReason(error: unknown): string {
  if (error instanceof GraphError) {
    const { code } = error.facts;
    return code === undefined ? error.kind : `${error.kind}:${code}`;
  }
  const own: OwnUnreadReason =
    error instanceof PhoneNumberError
      ? 'no_owner'
      : error instanceof Error && error.name === 'CipherError'
        ? 'token_sealed'
        : 'broken';
  return own;
}

/** What the sentences of other calls do not say. */
const sentences: Readonly<Partial<Record<GraphErrorKind | OwnUnreadReason, string>>> = {
  auth: 'Meta does not take the token any more. Have the customer sign up again; of a number that was imported without a token, check the one of your own system user.',
  permission:
    'The token may not read this number. Have the customer sign up again; if the number has left, end its claim.',
  not_found:
    'Meta shows this number to our token no more. Look for it in WhatsApp Manager: if it has left, end its claim; otherwise have the customer sign up again.',
  throttled: 'Meta has had too many calls about this account. Nothing is to be done: it is read again.',
  transient: 'Meta asked for another try. Nothing is to be done: it is read again.',
  unreachable: 'Meta could not be reached. Nothing is to be done: it is read again.',
  unreadable: 'Meta’s answer could not be understood. It is read again; if that goes on, update the kit.',
  no_owner:
    'No live claim owns the number any more, so there is no token to read it with. Nothing is to be done.',
  token_sealed:
    'The customer’s token cannot be opened: the secret that it was sealed with is missing. Put it back into the option secrets.',
  broken: 'The read broke before it came to an end. Look in the log; it is tried again.',
};

/** What to do about it: a sentence for people. Also of a word that a newer version wrote. */
export function unreadAdvice(reason: string): string {
  const [word = ''] = reason.split(':');
  const all: Readonly<Record<string, string>> = { ...graphAdvice, ...sentences };
  return Object.hasOwn(all, word) ? (all[word] ?? graphAdvice.unknown) : graphAdvice.unknown;
}
