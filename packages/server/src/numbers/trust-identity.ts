import { z } from 'zod';
import { identityStanding, nobody, withTrust, type CustomerIdentity } from '../domain/customer-identity.ts';
import { hour } from '../domain/durations.ts';
import { wholeSeconds } from '../domain/read-event-time.ts';
import { changeIdOf } from '../ports/change-id.ts';
import { exactly, given, oneLine } from '../ports/given.ts';
import { InvalidRequestError } from '../ports/invalid-request-error.ts';
import type { IdentityRecord } from '../ports/identity-store.ts';
import type { NumbersDeps } from './deps.ts';
import { ownedNumber } from './owned-number.ts';
import { IdentityChangedError, IdentityCheckOffError, IdentityUnknownError } from './phone-number-errors.ts';
import { recipientOf, send, textFields, type SentText } from './send-text.ts';

/** A customer for whom the host vouches. */
export interface TrustedCustomer {
  /** Meta's id of the WhatsApp phone number. Digits. */
  phoneNumberId: string;
  /** Their number, with the plus and the calling code; or the `waId` that the host was told, with a plus in front. */
  to: string;
  /**
   * Of the change that the host made sure of: it stands in the event `identityChanged`, in `identity()` and in
   * `IdentityChangedError`. Give it always. Without it the host vouches for whoever is there at this moment, also for a change
   * that it has never heard of.
   */
  changeId?: string | undefined;
  /** The text that was not delivered, to be sent again. Without it nothing is sent. */
  body?: string | undefined;
  /** @default false */
  previewUrl?: boolean | undefined;
  /** Who of the host made sure of it: for the record. @default 'host' */
  who?: string | undefined;
}

/** For so long after the host vouched a text may be tried again without a hash: then others may have the number. Milliseconds. */
const triesWithoutHash = hour;

/**
 * Keeps that the host has made sure, by other ways than WhatsApp, who the customer is; and sends the text that was not
 * delivered to the new identity. The hash that was seen last is theirs then, and the text goes with it. Where that hash was
 * refused, or none was seen, the text goes without one, and the next hash that Meta names is theirs (Meta, "Identity change
 * check").
 *
 * Where Meta refused the text the same call may be made again, with the same `changeId`: as long as the customer has not changed
 * since, nothing more is kept, and the text goes with the hash that is theirs by now; without one only where none was named yet,
 * and for an hour.
 *
 * @returns the text that was sent; `undefined` without a body
 * @throws IdentityChangedError when the customer has changed once more since that change, or somebody has vouched for a later
 * one; nothing has changed then
 * @throws IdentityCheckOffError when the text would go with a hash, and Meta would not look at it; nothing has changed either,
 * unless the check was switched off at this moment: then the customer is trusted, and nothing was sent
 * @throws IdentityUnknownError when a text is tried again after that hour, and no hash is known; nothing was sent
 * @throws InvalidRequestError, PhoneNumberMissingError, PhoneNumberLeftError, CipherError; nothing has changed either
 * @throws SendAnswerLostError, GraphError; the customer is trusted all the same
 * @throws StoreUnavailableError
 */
export function trustIdentity(deps: Pick<NumbersDeps, 'graph' | 'store' | 'cipher' | 'clock'>) {
  const { store, clock } = deps;
  return async (customer: TrustedCustomer): Promise<SentText | undefined> => {
    const { phoneNumberId, to, body, previewUrl, changeId, who = 'host' } = given(customerSchema, customer);
    const number = await ownedNumber(deps, phoneNumberId);
    const recipient = await recipientOf(deps, number, to);
    const whose = { phoneNumberId, waId: recipient };
    const now = clock.now();
    if (body !== undefined) {
      const known = (await store.findIdentity(whose)) ?? nobody;
      await checkedHash(deps, phoneNumberId, withTrust(known, now));
    }
    // First, so that the hash that comes with the text's status is not one more change.
    const { outcome, identity } = await store.trustIdentity({ ...whose, now, who, changeId });
    if (outcome === 'another_change') throw changedSince(whose, identity);
    if (body === undefined) return undefined;
    // The hash that the host vouches for is one to send with: without it the text would go to whoever comes next.
    const identityHash = await checkedHash(deps, phoneNumberId, identity);
    const isLate = now - (identity.trustedAt ?? now) > triesWithoutHash;
    if (identityHash === undefined && isLate) throw new IdentityUnknownError();
    return send(deps, number, { to: recipient, body, previewUrl, identityHash });
  };
}

/**
 * The hash of a customer who is trusted; `undefined` where none is of use.
 *
 * @throws IdentityCheckOffError where Meta would not compare it
 */
async function checkedHash(
  { store }: Pick<NumbersDeps, 'store'>,
  phoneNumberId: string,
  identity: CustomerIdentity,
): Promise<string | undefined> {
  const standing = identityStanding(identity);
  if (standing.standing !== 'known') return undefined;
  const number = await store.findPhoneNumber(phoneNumberId);
  if (number?.identityCheck === false) throw new IdentityCheckOffError();
  return standing.hash;
}

/** Somebody else again has come since the change that the host was told of, or somebody has vouched for a later one. */
function changedSince(
  customer: { phoneNumberId: string; waId: string },
  identity: IdentityRecord,
): IdentityChangedError | InvalidRequestError {
  const { seen, mismatch } = identity;
  const standing = identityStanding(identity);
  const news = standing.standing === 'changed' ? { ...standing, at: standing.changedAt } : (seen ?? mismatch);
  if (news === undefined) return new InvalidRequestError([{ path: 'changeId', message: 'is of nobody' }]);
  const { at, messageId } = news;
  const changeId = changeIdOf(customer, identity);
  return new IdentityChangedError({ changedAt: wholeSeconds(at), messageId, changeId }, 'since');
}

const customerSchema = exactly({
  ...textFields,
  body: textFields.body.optional(),
  who: oneLine(100).optional(),
  changeId: z
    .string('must be a text')
    .regex(/^[A-Za-z0-9_-]{16}$/, 'must be as the host was told it')
    .optional(),
});
