/**
 * Where a claim stands.
 *
 * - `received` — on disk, nothing proven yet
 * - `proven` — Meta says this customer's WhatsApp Business Account lists the number
 * - `registering` — the app is subscribed; the number is being registered
 * - `registered` — the number is in service
 * - `ended` — it was in service, and no longer is
 * - `needs_signup` — the code was lost or came too late: the customer must go through the popup again
 * - `needs_verification` — Meta wants a one-time code for the number before it can be registered
 * - `needs_operator` — Meta's answer is final, or two facts conflict: a person must decide
 * - `no_number` — the customer finished without a number
 * - `coexistence` — the number lives on in the WhatsApp Business app; it is never registered
 * - `rejected` — proof says no
 * - `dismissed` — an operator put it aside
 */
export const claimStatuses = [
  'received',
  'proven',
  'registering',
  'registered',
  'ended',
  'needs_signup',
  'needs_verification',
  'needs_operator',
  'no_number',
  'coexistence',
  'rejected',
  'dismissed',
] as const;

/** One of {@link claimStatuses}. */
export type ClaimStatus = (typeof claimStatuses)[number];

/**
 * Where the claimed number came from: the BSP's `pool`, the customer's `own`,
 * `none` (the customer finished without one), or `unknown` until proof.
 */
export const numberSources = ['pool', 'own', 'none', 'unknown'] as const;

/** One of {@link numberSources}. */
export type NumberSource = (typeof numberSources)[number];
