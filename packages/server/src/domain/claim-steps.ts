/**
 * The steps of a claim, in their order. They are kept in rows of work, so a name is never reused.
 *
 * - `exchange` — the code for the customer's token
 * - `prove` — Meta's own word on account and number
 * - `attach` — a held number for a customer who finished without one, if the host wants that
 * - `attach_named` — the number of the pool that an operator named, under the name they gave. Not `attach`, because a version that
 *   does not know of these claims leaves steps alone that it does not know
 * - `subscribe` — the app to the account's webhooks
 * - `credit` — the BSP's credit line to the account, if configured
 * - `register` — the number
 * - `code` — the one-time code that Meta wants before, where texts to a number of the pool reach the kit; then `register` again
 * - `identity` — Meta's identity check on, if configured
 */
export const claimSteps = [
  'exchange',
  'prove',
  'attach',
  'attach_named',
  'subscribe',
  'credit',
  'register',
  'code',
  'identity',
] as const;

/** One of {@link claimSteps}. */
export type ClaimStep = (typeof claimSteps)[number];

/** The step that a new claim begins with. */
export const firstStep: ClaimStep = 'exchange';

/**
 * The steps to which a late half of a claim is news. The others have all they need; waking one of them would only make it
 * call Meta before its time.
 */
export const stepsThatListen: readonly ClaimStep[] = ['exchange', 'prove'];
