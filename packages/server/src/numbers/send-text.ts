import { metaId } from '@embedded-signup-kit/protocol/schemas';
import { z } from 'zod';
import { readRecipient } from '../domain/number-formats.ts';
import { comparableDigits } from '../domain/number-match.ts';
import { exactly, given, oneLine } from '../ports/given.ts';
import { GraphError } from '../ports/graph-error.ts';
import { InvalidRequestError } from '../ports/invalid-request-error.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import type { NumbersDeps } from './deps.ts';
import { hashOfCustomer } from './identity-hash.ts';
import { ownedNumber, type OwnedNumber } from './owned-number.ts';
import { SendAnswerLostError } from './phone-number-errors.ts';

/** A text for a customer of a business number. */
export interface TextToSend {
  /** Of the sender: Meta's id of the WhatsApp phone number. Digits. */
  phoneNumberId: string;
  /**
   * With the plus and the calling code, as people write it: `+1 (631) 555-1234`. Where Meta writes a customer's `wa_id` in
   * another way than their number, take the `wa_id`, with a plus in front: it is good also where nobody could have such a number
   * today, once Meta has named it with a hash.
   */
  to: string;
  /** At most 4,096 characters. */
  body: string;
  /** Only to who the customer is known to be: with their identity hash. @default false */
  verified?: boolean | undefined;
  /** Whether the first link is shown with a preview. @default false */
  previewUrl?: boolean | undefined;
}

/** A text that Meta took. Whether it arrives is told by webhooks. */
export interface SentText {
  /** Starts with `wamid.`. */
  messageId: string;
  /** The customer's WhatsApp id, where Meta names one. */
  waId: string | undefined;
}

/**
 * Sends a text.
 *
 * @throws IdentityUnknownError, IdentityChangedError, IdentityCheckOffError for a verified one; nothing was sent then
 * @throws InvalidRequestError, PhoneNumberMissingError, PhoneNumberLeftError; nothing was sent either
 * @throws SendAnswerLostError when nobody knows whether it was
 * @throws GraphError, CipherError, StoreUnavailableError
 */
export function sendText(deps: Pick<NumbersDeps, 'graph' | 'store' | 'cipher'>) {
  const hashOf = hashOfCustomer(deps);
  return async (text: TextToSend): Promise<SentText> => {
    const { phoneNumberId, to, verified, ...message } = given(textSchema, text);
    const number = await ownedNumber(deps, phoneNumberId);
    const recipient = await recipientOf(deps, number, to);
    const hash = verified === true ? await hashOf({ phoneNumberId, waId: recipient }) : undefined;
    return send(deps, number, { ...message, to: recipient, identityHash: hash });
  };
}

/** What every text has: where it goes, and what it says. */
export const textFields = {
  phoneNumberId: metaId,
  to: oneLine(40),
  // It goes to Meta alone, so lines and marks in it are welcome.
  body: z
    .string('must be a text')
    .min(1, 'must not be empty')
    .max(4096, 'must have 4,096 characters or less'),
  previewUrl: z.boolean('must be true or false').optional(),
};

const textSchema = exactly({ ...textFields, verified: z.boolean('must be true or false').optional() });

/**
 * The number that a text is for, E.164 with the plus. A customer whom Meta has named is written to as Meta wrote them, also when
 * nobody could have such a number today: countries change their plans, and Meta keeps the `wa_id`.
 *
 * @throws InvalidRequestError saying where Meta would deliver what was written without one
 * @throws StoreUnavailableError
 */
export async function recipientOf(
  { store }: Pick<NumbersDeps, 'store'>,
  { claim, phoneNumberId }: OwnedNumber,
  to: string,
): Promise<string> {
  if (claim.phoneNumber === undefined) throw new Error(`The claim ${claim.id} owns a number without digits.`);
  return readTo({ store }, { phoneNumberId, phoneNumber: claim.phoneNumber }, to);
}

/**
 * The same for any business number.
 *
 * @param from `phoneNumber`: E.164, with the plus; `undefined` where nobody knows it
 * @param strangers whether what nobody could have is refused, or taken as it is written, of somebody who is not known
 * @throws InvalidRequestError, StoreUnavailableError
 */
export async function readTo(
  { store }: Pick<NumbersDeps, 'store'>,
  { phoneNumberId, phoneNumber = '' }: { phoneNumberId: string; phoneNumber: string | undefined },
  to: string,
  strangers: 'refused' | 'as_written' = 'refused',
): Promise<string> {
  const read = readRecipient(to, phoneNumber);
  const isRead = !('problem' in read);
  // Of some countries a zero, say, is read as no part of the number. Meta may have named it all the same.
  if (isRead && comparableDigits(read.phoneNumber) === comparableDigits(to)) return read.phoneNumber;
  const isExact = /^\+[0-9]{5,20}$/.test(to);
  if (isExact && (await store.findIdentity({ phoneNumberId, waId: to })) !== undefined) return to;
  if (isRead) return read.phoneNumber;
  if (isExact && strangers === 'as_written') return to;
  throw new InvalidRequestError([{ path: 'to', message: asPredicate(read.problem) }]);
}

/** An issue goes on after its path, and the sentences about numbers begin with “It”. */
const asPredicate = (problem: string): string =>
  `cannot be used: ${problem.replace(/^It /, 'it ').replace(/\.$/, '')}`;

/**
 * Has Meta send it, once.
 *
 * @throws SendAnswerLostError, GraphError
 */
export async function send(
  { graph }: Pick<NumbersDeps, 'graph'>,
  { phoneNumberId, token }: OwnedNumber,
  text: { to: string; body: string; previewUrl?: boolean | undefined; identityHash?: string | undefined },
): Promise<SentText> {
  try {
    return await graph.sendText({ ...text, phoneNumberId, token });
  } catch (error) {
    if (error instanceof GraphError && mayBeDone(error)) throw new SendAnswerLostError({ cause: error });
    throw error;
  }
}
