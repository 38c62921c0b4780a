import { invalidParameter } from './general-errors.ts';
import type { GraphError } from './graph-error.ts';

/** The account is not one that is shared with the caller. */
export function unknownAccount(): GraphError {
  return invalidParameter('waba_id is not an account that is shared with you');
}

/** The business is not one whose accounts are shared with the caller. */
export function unknownReceiver(): GraphError {
  return invalidParameter('receiving_business_id is not a business that shares an account with you');
}

/** "Credit lines cannot be changed after being attached to a WABA" (credit lines page, without a code). */
export function creditCannotBeChanged(): GraphError {
  return invalidParameter('waba_id has a credit line already, and credit lines cannot be changed');
}
