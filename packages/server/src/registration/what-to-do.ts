import type { GraphError, GraphErrorKind } from '../ports/graph-error.ts';

/** A sentence for each meaning of an error: what a person does when the kit can do nothing more by itself. */
export type Sentences = Readonly<Record<GraphErrorKind, string>>;

const signUpAgain = 'Ask the customer to sign up again.';
const tryAgain = 'Then have the claim tried again.';
const supplyPin =
  'The number has a two-step PIN that is not ours. Ask the customer for it and enter it at this claim, or have it switched off in WhatsApp Manager and have the claim tried again.';

/** What to do about a claim whose step failed for good. */
export const whatToDo: Sentences = {
  auth: `Meta does not take the customer’s token, or not the app secret. Check meta.appSecret; if it is right: ${signUpAgain.toLowerCase()}`,
  permission: `The app may not do this for the customer. Check that it has advanced access to whatsapp_business_management and whatsapp_business_messaging. ${tryAgain}`,
  payment_needed: `Meta wants the payment of this account settled first. Have its payment method set in WhatsApp Manager. ${tryAgain}`,
  not_found: `Meta does not show the account or the number to the customer’s token: it was deleted, or the customer took it back. ${signUpAgain}`,
  invalid_input: `Meta does not take this request as it is. Look its code up in Meta’s list of errors, and quote the trace id of the history to Meta’s support. ${tryAgain}`,
  throttled: `Meta has been refusing for days, because of too many calls. Look at the app’s limits in Meta’s App Dashboard. ${tryAgain}`,
  transient: `Meta has been asking for another try for days. Look at Meta’s status page. ${tryAgain}`,
  code_used: signUpAgain,
  code_expired: signUpAgain,
  code_refused: signUpAgain,
  pin_mismatch: supplyPin,
  pin_locked: `Meta has locked this number because its two-step PIN was entered wrong too often. Leave it alone until Meta allows it. ${supplyPin}`,
  needs_verification: `Meta wants this number verified by a one-time code. Have a code sent to it from this claim, and hand the code in there.`,
  already_verified: `Meta says that the number is verified already. Look at it in WhatsApp Manager. ${tryAgain}`,
  request_code_failed: `Meta did not send the one-time code. Wait an hour at the least. ${tryAgain}`,
  verify_code_failed: `Meta did not take the one-time code. Have a new one sent. ${tryAgain}`,
  not_registered: `Meta says that the number is not registered. Look at it in WhatsApp Manager. ${tryAgain}`,
  deregister_first: `An earlier deregistration of this number did not end. Deregister it once more in WhatsApp Manager or by Meta’s API. ${tryAgain}`,
  attempts_exhausted: `Meta has locked the number for 72 hours after too many attempts. Wait for that. ${tryAgain}`,
  recently_deleted: `The number was deleted a short while ago. Make sure in WhatsApp Manager that it is free. ${tryAgain}`,
  number_refused: `Meta does not take this number on this account. Look at both in WhatsApp Manager. ${tryAgain}`,
  undeliverable: `Meta does not deliver to this number. Look its code up in Meta’s list of errors. ${tryAgain}`,
  unreachable: `Meta could not be reached for days. Check this server’s way to meta.graphUrl. ${tryAgain}`,
  unreadable: `Meta’s answers could not be read for a day. Check what answers at meta.graphUrl, and whether there is a newer version of this kit. ${tryAgain}`,
  unknown: `Meta answers with a code that this kit has no word for. Look it up in Meta’s list of errors, and quote the trace id of the history to Meta’s support. ${tryAgain}`,
};

/** These end by themselves, so what the client advises is about the next try, and no longer true once a person is asked. */
const waits: ReadonlySet<GraphErrorKind> = new Set([
  'throttled',
  'transient',
  'unreachable',
  'unreadable',
  'recently_deleted',
  'attempts_exhausted',
]);

/**
 * The sentence for a claim.
 *
 * @param own the step's own sentences, where they say more
 */
export function sentenceFor({ kind, facts }: GraphError, own: Partial<Sentences> = {}): string {
  const sentence = own[kind] ?? whatToDo[kind];
  if (facts.advice === undefined || waits.has(kind)) return sentence;
  return own[kind] === undefined && kind !== 'pin_mismatch'
    ? `${facts.advice} ${tryAgain}`
    : `${facts.advice} ${sentence}`;
}
