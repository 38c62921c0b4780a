import type { IdentityEvidence } from './customer-identity.ts';
import { isRecord, type WebhookChange } from './read-account-event.ts';
import { readEventTime } from './read-event-time.ts';

/** Meta's code of a message that was not delivered, because its hash is not the customer's any more. */
const mismatchCode = '137000';

/**
 * Reads who customers are from a `messages` webhook: their hashes in contacts and statuses, and messages that were not delivered
 * for their hash (Meta, "Identity change check"). Never throws; what cannot be read is left out, and so are groups, users whom
 * Meta gives no `wa_id`, and what has no time: nobody could tell whether it is newer than what is known.
 *
 * @param now milliseconds UTC
 */
export function readIdentityEvidence(change: WebhookChange, now: number): IdentityEvidence[] {
  const { field, value } = change;
  if (field !== 'messages' || !isRecord(value) || !isRecord(value['metadata'])) return [];
  const phoneNumberId = digitsOf(value['metadata']['phone_number_id'], forms.id);
  if (phoneNumberId === undefined) return [];
  const timeOf = ({ timestamp }: Members) =>
    readEventTime(timestamp, now) ?? readEventTime(change.entryTime, now);
  return [...seenInContacts(value, phoneNumberId, timeOf), ...seenInStatuses(value, phoneNumberId, timeOf)];
}

type Members = Record<string, unknown>;
type TimeOf = (members: Members) => number | undefined;

/** A customer who writes has their hash among the contacts; the time is the message's. */
function seenInContacts(value: Members, phoneNumberId: string, timeOf: TimeOf): IdentityEvidence[] {
  const contacts = recordsOf(value['contacts']);
  const messages = recordsOf(value['messages']).filter(({ group_id: group }) => !isThere(group));
  return contacts.flatMap((contact) => {
    const waId = digitsOf(contact['wa_id'], forms.phoneNumber);
    const hash = wordOf(contact['identity_key_hash']);
    if (waId === undefined || hash === undefined) return [];
    return messages.flatMap((message): IdentityEvidence[] => {
      const isTheirs = contacts.length === 1 || digitsOf(message['from'], forms.phoneNumber) === waId;
      const messageId = wordOf(message['id']);
      const at = timeOf(message);
      if (!isTheirs || messageId === undefined || at === undefined) return [];
      return [{ kind: 'seen', phoneNumberId, waId, hash, at, messageId }];
    });
  });
}

/** A status names the hash of a message that went without one, or says that the hash of a message was wrong. */
function seenInStatuses(value: Members, phoneNumberId: string, timeOf: TimeOf): IdentityEvidence[] {
  return recordsOf(value['statuses']).flatMap((status): IdentityEvidence[] => {
    if (status['recipient_type'] === 'group') return [];
    const waId = digitsOf(status['recipient_id'], forms.phoneNumber);
    const messageId = wordOf(status['id']);
    const at = timeOf(status);
    if (waId === undefined || messageId === undefined || at === undefined) return [];
    const about = { phoneNumberId, waId, at, messageId };
    // A hash beside it might be the one that was wrong: it is not kept.
    if (isMismatch(status)) return [{ kind: 'mismatch', ...about }];
    const hash = wordOf(status['recipient_identity_key_hash']);
    return hash === undefined ? [] : [{ kind: 'seen', hash, ...about }];
  });
}

const isMismatch = ({ status, errors }: Members): boolean =>
  status === 'failed' && recordsOf(errors).some(({ code }) => textOf(code) === mismatchCode);

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

const recordsOf = (value: unknown): Members[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** What Meta’s ids look like; E.164 has 15 digits at most. */
const forms = { id: /^[0-9]{1,20}$/, phoneNumber: /^[0-9]{5,20}$/ };

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  // Beyond 2^53 a number has lost digits: it would be somebody else's.
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}

function digitsOf(value: unknown, form: RegExp): string | undefined {
  const text = textOf(value);
  return text !== undefined && form.test(text) ? text : undefined;
}

/** An id of a message, or a hash: nothing that a database would refuse, or that would fill it. */
const wordOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value) ? value : undefined;
