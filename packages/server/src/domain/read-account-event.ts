import type { AccountEvent } from './account-event.ts';
import { digitsOf } from './number-match.ts';
import { second } from './durations.ts';

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
 * acts on. Meta's own examples put `field` in three different places, so only the event's word decides.
 */
export function readAccountEvent(
  change: WebhookChange,
  { appId, businessId, now }: AccountEventContext,
): AccountEvent | undefined {
  const { field, value } = change;
  if (!isRecord(value) || (field !== undefined && field !== 'account_update')) return undefined;
  const { event } = value;
  const info = isRecord(value['waba_info']) ? value['waba_info'] : {};
  const at = timeOf(change.entryTime) ?? wholeSeconds(now);
  const ownerBusinessId = idOf(info['owner_business_id']);
  const named = idOf(info['waba_id']);
  // An entry is the account, or the portfolio that the webhook is for.
  const entry = idOf(change.entryId);
  const wabaId = named ?? (entry === businessId || entry === ownerBusinessId ? undefined : entry);

  if (event === 'PARTNER_APP_INSTALLED' || event === 'PARTNER_APP_UNINSTALLED') {
    const partnerAppId = idOf(info['partner_app_id']);
    // Its entry is a portfolio: without its name nobody knows which account is meant.
    if (named === undefined || (partnerAppId !== undefined && partnerAppId !== appId)) return undefined;
    return {
      kind: event === 'PARTNER_APP_INSTALLED' ? 'added' : 'removed',
      wabaId: named,
      ownerBusinessId,
      at,
    };
  }
  if (wabaId === undefined) return undefined;
  if (event === 'PARTNER_ADDED') return { kind: 'added', wabaId, ownerBusinessId, at };
  if (event === 'PARTNER_REMOVED' && named === undefined && value['phone_number'] !== undefined) {
    // Meta, "Onboarding WhatsApp Business app users": the number left, the account stays.
    const phoneNumber = digitsOf(textOf(value['phone_number']) ?? '');
    return phoneNumber === '' ? undefined : { kind: 'number_removed', wabaId, phoneNumber, at };
  }
  if (event === 'PARTNER_REMOVED' || event === 'ACCOUNT_DELETED') {
    return { kind: 'removed', wabaId, ownerBusinessId, at };
  }
  return undefined;
}

/** Whether something is an object with members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}

function idOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^[0-9]{1,20}$/.test(text) ? text : undefined;
}

/** Above this, a time is in milliseconds: in seconds it would be the year 5138. */
const mostSeconds = 100_000_000_000;

/** Meta's seconds; milliseconds are understood as well. Milliseconds UTC, in whole seconds. */
function timeOf(value: unknown): number | undefined {
  const time = Number(textOf(value) ?? Number.NaN);
  if (!Number.isFinite(time) || time <= 0) return undefined;
  const milliseconds = wholeSeconds(time < mostSeconds ? time * second : time);
  return Number.isSafeInteger(milliseconds) ? milliseconds : undefined;
}

function wholeSeconds(time: number): number {
  return Math.floor(time / second) * second;
}
