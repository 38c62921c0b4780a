import type { ClaimStatus, ClaimView } from '@embedded-signup-kit/protocol';

/** Every value of the element's `status`, and every name of its custom states (`:state(ready)` …). */
export const widgetStatuses = [
  /** Session and SDK are on their way. */
  'loading',
  /** A press opens Meta's window. */
  'ready',
  /** Meta's window is being opened. */
  'launching',
  /** The customer is in Meta's window. */
  'in-popup',
  /** The server has the claim, or is being told. */
  'claiming',
  /** Meta confirmed it; the number is being registered. */
  'registering',
  /** Meta wants one more code for the number; it is asked for in place. */
  'verifying',
  /** Done. */
  'registered',
  /** The customer left; a press starts again. */
  'cancelled',
  /** It did not work; a press tries again, except while the operator is at it, or where no press would help. */
  'failed',
  /**
   * Nobody is signed in, the SDK is missing, or the page is set up wrong. It recovers by itself when the SDK comes,
   * and otherwise when the customer comes back to it.
   */
  'unavailable',
] as const;

/** One of {@link widgetStatuses}. */
export type WidgetStatus = (typeof widgetStatuses)[number];

/**
 * What the element shows for a claim that stands there. `coexistence` is a good end for the customer, so it
 * shares `registered`; the event `signup-registered` is still kept for claims that really are.
 */
export const claimStatusTable: Readonly<Record<ClaimStatus, WidgetStatus>> = {
  received: 'claiming',
  proven: 'registering',
  registering: 'registering',
  registered: 'registered',
  ended: 'failed',
  needs_signup: 'failed',
  needs_verification: 'verifying',
  needs_operator: 'failed',
  no_number: 'failed',
  coexistence: 'registered',
  rejected: 'failed',
  dismissed: 'failed',
};

/** Whether the claim came to nothing, or waits for the operator. */
export function hasFailed({ status }: Pick<ClaimView, 'status'>): boolean {
  return widgetStatusOf({ status }) === 'failed';
}

/** As {@link claimStatusTable} says; a status that a newer server has is under way, until it becomes one that is known. */
export function widgetStatusOf({ status }: Pick<ClaimView, 'status'>): WidgetStatus {
  const known: Readonly<Partial<Record<string, WidgetStatus>>> = claimStatusTable;
  return known[status] ?? 'claiming';
}

/** Whether the server, or Meta, is at work on the claim: then the same signup must not be offered again. */
export function isMoving({ status }: Pick<ClaimView, 'status'>): boolean {
  return !['failed', 'registered'].includes(widgetStatusOf({ status }));
}

/** Whether somebody has to act before the claim goes on, a person or Meta: it is looked at now and then. */
export function isWaiting({ status }: Pick<ClaimView, 'status'>): boolean {
  return status === 'needs_verification' || status === 'needs_operator' || status === 'needs_signup';
}
