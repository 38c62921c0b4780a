import type { SignupState } from './signup-state.ts';

/** What the button does now; `undefined` when there is nothing to press for. */
export type Action = 'launch' | 'retry' | 'reopen';

/** The one meaning that the button has in this state. */
export function actionOf({ status, looksClosed, claim }: SignupState): Action | undefined {
  if (status === 'ready' || status === 'cancelled') return 'launch';
  if (status === 'in-popup' && looksClosed) return 'reopen';
  // With the operator at work, another signup would only add a second claim for the same number.
  if (claim?.status === 'needs_operator') return undefined;
  return status === 'failed' || status === 'unavailable' ? 'retry' : undefined;
}
