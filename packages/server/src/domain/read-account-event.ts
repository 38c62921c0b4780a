import type { AccountEvent } from './account-event.ts';
import { digitsOf } from './number-match.ts';
import { readEventTime, wholeSeconds } from './read-event-time.ts';

/** One change of a webhook, as Meta sent it. */
export interface WebhookChange {
  entryId: unknown;
  entryTime: unknown;
  field: unknown;
  value: unknown;
}

/** Who we are, and what the clock says; milliseconds UTC. */
export interface AccountEventContext {
  appId: string;
  businessId: string;
  now: number;
}

/**
 * Reads what a change says about a customer's account (Meta, "account_update"); `undefined` when it says nothing that the kit
 * acts on. Meta's own examples put `field` in three different places, so it is the event's word that decides. Never throws.
 */
export function readAccountEvent(
  change: WebhookChange,
  { appId, businessId, now }: AccountEventContext,
): AccountEvent | undefined {
  const { value } = change;
  if (!isRecord(value) || !isAccountUpdate(change.field ?? value['field'])) return undefined;
  const { event } = value;
  const info = isRecord(value['waba_info']) ? value['waba_info'] : {};
  const ownerBusinessId = idOf(info['owner_business_id']);
  const at = readEventTime(change.entryTime, now) ?? wholeSeconds(now);
  const named = idOf(info['waba_id']);
  // An entry is the account, or the portfolio that the webhook is for.
  const entry = idOf(change.entryId);
  const wabaId = named ?? (entry === businessId || entry === ownerBusinessId ? undefined : entry);

  switch (event) {
    // The entry of these is a portfolio: without its name nobody knows which account is meant.
    case 'PARTNER_ADDED':
      return named === undefined ? undefined : { kind: 'added', wabaId: named, ownerBusinessId, at };
    case 'PARTNER_APP_INSTALLED':
    case 'PARTNER_APP_UNINSTALLED': {
      if (named === undefined || !isOurs(info['partner_app_id'], appId)) return undefined;
      const kind = event === 'PARTNER_APP_INSTALLED' ? 'added' : 'removed';
      return { kind, wabaId: named, ownerBusinessId, at };
    }
    case 'PARTNER_REMOVED':
      if (wabaId !== undefined && isThere(value['phone_number'])) {
        // Meta, "Onboarding WhatsApp Business app users": the number left, the account stays.
        const phoneNumber = phoneNumberOf(value['phone_number']);
        return phoneNumber === undefined ? undefined : { kind: 'number_removed', wabaId, phoneNumber, at };
      }
      return wabaId === undefined ? undefined : { kind: 'removed', wabaId, ownerBusinessId, at };
    case 'ACCOUNT_DELETED':
      return wabaId === undefined ? undefined : { kind: 'removed', wabaId, ownerBusinessId, at };
    default:
      return undefined;
  }
}

/** Whether something is an object with members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

/** A field of another name has events of its own; one that is missing stands elsewhere. */
const isAccountUpdate = (field: unknown): boolean => !isThere(field) || field === 'account_update';

/** It came to our app's address: without an app's id it is ours. */
const isOurs = (partnerAppId: unknown, appId: string): boolean =>
  !isThere(partnerAppId) || idOf(partnerAppId) === appId;

/** A text, or a number that is surely the one that was sent. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  // Beyond 2^53 a number has lost digits: it would be another account's id.
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}

/** An id of Meta's, in digits. */
export function idOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^[0-9]{1,20}$/.test(text) ? text : undefined;
}

/** The digits of a telephone number, in whichever of Meta's forms it comes. */
export function phoneNumberOf(value: unknown): string | undefined {
  const digits = digitsOf(textOf(value) ?? '');
  return /^[0-9]{5,20}$/.test(digits) ? digits : undefined;
}
