import type { NumberFacts } from './number-facts.ts';
import type { NumberNews } from './number-news.ts';
import { idOf, isRecord, phoneNumberOf, textOf, type WebhookChange } from './read-account-event.ts';
import { readEventTime, wholeSeconds } from './read-event-time.ts';

/**
 * Reads what a webhook says about numbers in service (Meta, "phone_number_quality_update", "phone_number_name_update",
 * "account_update", "business_capability_update"). Never throws; what cannot be read is left out. Words that nobody knew are
 * kept as they are.
 *
 * @param now milliseconds UTC
 */
export function readNumberNews(change: WebhookChange, now: number): NumberNews[] {
  const { value } = change;
  if (!isRecord(value)) return [];
  // News of the future would win over whatever is read until then: if Meta's clock is ahead of ours, it has just happened.
  const heard = wholeSeconds(now);
  const at = Math.min(readEventTime(change.entryTime, now) ?? heard, heard);
  const wabaId = accountOf(change, value);
  switch (change.field ?? value['field']) {
    case 'phone_number_quality_update':
      return ofNumber(value, wabaId, at, qualityFacts(value));
    case 'phone_number_name_update':
      return ofNumber(value, wabaId, at, nameFacts(value));
    case 'business_capability_update':
      return ofCap(value, wabaId, at);
    case 'account_review_update':
      return wabaId === undefined ? [] : [{ about: 'account', wabaId, at }];
    case 'account_update':
    // One of Meta's examples has no field; the events of other fields name something else as well.
    case undefined:
    case null:
      return wabaId === undefined || wordOf(value['event']) === undefined
        ? []
        : [{ about: 'account', wabaId, at }];
    default:
      return [];
  }
}

/**
 * The account that is meant. An entry is the account, or a portfolio: one that is named as the owner is none, and an account
 * that has the id of a portfolio is nobody's.
 */
function accountOf({ entryId }: WebhookChange, value: Record<string, unknown>): string | undefined {
  const info = isRecord(value['waba_info']) ? value['waba_info'] : {};
  const entry = idOf(entryId);
  return idOf(info['waba_id']) ?? (entry === idOf(info['owner_business_id']) ? undefined : entry);
}

function ofNumber(
  value: Record<string, unknown>,
  wabaId: string | undefined,
  at: number,
  facts: NumberFacts,
): NumberNews[] {
  const phoneNumber = phoneNumberOf(value['display_phone_number']);
  return phoneNumber === undefined ? [] : [{ about: 'number', wabaId, phoneNumber, facts, at }];
}

function qualityFacts(value: Record<string, unknown>): NumberFacts {
  // The latter is what Meta wrote before February 2026.
  const limit = wordOf(value['max_daily_conversations_per_business']) ?? wordOf(value['current_limit']);
  return {
    ...(limit === undefined ? {} : { messagingLimit: limit }),
    ...(value['event'] === 'THROUGHPUT_UPGRADE' ? { throughputLevel: 'HIGH' } : {}),
  };
}

/** Meta has other words for a decision than for what it leads to (Meta, "Phone numbers", `name_status`). */
const nameStatuses: ReadonlyMap<string, string> = new Map([
  ['REJECTED', 'DECLINED'],
  ['PENDING', 'PENDING_REVIEW'],
  ['DEFERRED', 'PENDING_REVIEW'],
]);

function nameFacts(value: Record<string, unknown>): NumberFacts {
  const decision = wordOf(value['decision']);
  if (decision === undefined) return {};
  const name = decision === 'APPROVED' ? wordOf(value['requested_verified_name']) : undefined;
  return {
    nameStatus: nameStatuses.get(decision) ?? decision,
    ...(name === undefined ? {} : { verifiedName: name }),
  };
}

function ofCap(value: Record<string, unknown>, wabaId: string | undefined, at: number): NumberNews[] {
  const said = textOf(value['max_phone_numbers_per_business'] ?? value['max_phone_numbers_per_waba']) ?? '';
  if (wabaId === undefined || !/^[0-9]{1,9}$/.test(said)) return [];
  return [{ about: 'cap', wabaId, mostNumbers: Number(said), at }];
}

/** Longer than any word or name of Meta's. */
const longest = 512;

/** A word of Meta's, as it is. What a history could not show in one line is none, and PostgreSQL takes no NUL. */
function wordOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && text !== '' && text.length <= longest && !/\p{Cc}/u.test(text)
    ? text
    : undefined;
}
