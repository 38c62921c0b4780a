import type { IdentityEvidence } from './customer-identity.ts';
import { isRecord, type WebhookChange } from './read-account-event.ts';
import { readEventTime, wholeSeconds } from './read-event-time.ts';

/** Meta's code of a message that was not delivered, because its hash is not the customer's any more. */
const mismatchCode = '137000';

/**
 * Reads who customers are from a `messages` webhook: their hashes in contacts and statuses, and messages that were not delivered
 * for their hash (Meta, "Identity change check"). Never throws; what cannot be read is left out, and so are groups, users whom
 * Meta gives no `wa_id`, and hashes without a time: nobody could tell whether they are newer than what is known. A message that
 * was not delivered is heard all the same, without a date.
 *
 * @param now milliseconds UTC
 * @param onLeftOut called for each hash that was left out because its time is missing, or cannot be: our clock may be behind
 */
export function readIdentityEvidence(
  change: WebhookChange,
  now: number,
  onLeftOut: () => void = () => undefined,
): IdentityEvidence[] {
  const { field, value } = change;
  if (field !== 'messages' || !isRecord(value) || !isRecord(value['metadata'])) return [];
  const phoneNumberId = digitsOf(value['metadata']['phone_number_id'], forms.id);
  if (phoneNumberId === undefined) return [];
  const timeOf = ({ timestamp }: Members) =>
    readEventTime(timestamp, now) ?? readEventTime(change.entryTime, now);
  const reading = { phoneNumberId, timeOf, now, onLeftOut };
  return seenInContacts(value, reading).concat(seenInStatuses(value, reading));
}

type Members = Record<string, unknown>;

interface Reading {
  phoneNumberId: string;
  timeOf: (members: Members) => number | undefined;
  now: number;
  onLeftOut: () => void;
}

/**
 * A customer who writes has their hash among the contacts; the time is the message's. Each is looked at once: a webhook has
 * 3 MB, and whoever reads it serves others meanwhile.
 */
function seenInContacts(value: Members, { phoneNumberId, timeOf, onLeftOut }: Reading): IdentityEvidence[] {
  const contacts = recordsOf(value['contacts']);
  const hashes = new Map<string, string>();
  for (const contact of contacts) {
    const waId = digitsOf(contact['wa_id'], forms.phoneNumber);
    const hash = wordOf(contact['identity_key_hash']);
    if (waId !== undefined && hash !== undefined) hashes.set(waId, hash);
  }
  const [only] = hashes.keys();
  const evidence: IdentityEvidence[] = [];
  for (const message of recordsOf(value['messages'])) {
    // One contact alone has all messages.
    const waId = contacts.length === 1 ? only : digitsOf(message['from'], forms.phoneNumber);
    const hash = waId === undefined ? undefined : hashes.get(waId);
    const messageId = wordOf(message['id']);
    if (waId === undefined || hash === undefined || messageId === undefined || isThere(message['group_id'])) {
      continue;
    }
    const at = timeOf(message);
    if (at === undefined) onLeftOut();
    else evidence.push({ kind: 'seen', phoneNumberId, waId, hash, at, messageId });
  }
  return evidence;
}

/** A status names the hash of a message that went without one, or says that the hash of a message was wrong. */
function seenInStatuses(
  value: Members,
  { phoneNumberId, timeOf, now, onLeftOut }: Reading,
): IdentityEvidence[] {
  return recordsOf(value['statuses']).flatMap((status): IdentityEvidence[] => {
    if (status['recipient_type'] === 'group') return [];
    const waId = digitsOf(status['recipient_id'], forms.phoneNumber);
    const messageId = wordOf(status['id']);
    if (waId === undefined || messageId === undefined) return [];
    const at = timeOf(status);
    const about = { phoneNumberId, waId, messageId };
    // A hash beside it might be the one that was wrong: it is not kept.
    if (isMismatch(status)) {
      return at === undefined
        ? [{ kind: 'mismatch', ...about, at: wholeSeconds(now), undated: true }]
        : [{ kind: 'mismatch', ...about, at }];
    }
    const hash = wordOf(status['recipient_identity_key_hash']);
    if (hash === undefined) return [];
    if (at !== undefined) return [{ kind: 'seen', hash, ...about, at }];
    onLeftOut();
    return [];
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
