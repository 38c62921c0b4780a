import type { Action, SignupState } from './signup-state.ts';

/** The one meaning that the button has in this state. */
export function actionOf({ status, looksClosed, claim, problem }: SignupState): Action | undefined {
  // No press mends the page's address, or its headers.
  if (problem?.code === 'page_not_https' || problem?.code === 'opener_cut') return undefined;
  if (status === 'ready' || status === 'cancelled') return 'launch';
  if (status === 'in-popup' && looksClosed) return 'reopen';
  // With the operator at work, another signup at once would only add a second claim for the same number. Who comes back
  // later may want another number, and is let.
  if (claim?.status === 'needs_operator') return undefined;
  return status === 'failed' || status === 'unavailable' ? 'retry' : undefined;
}
