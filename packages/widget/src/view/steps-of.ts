import type { SignupState } from '../launch/signup-state.ts';

/** The way from Meta's window to a number in service: names of labels. */
export const steps = ['signedUp', 'confirmed', 'inService'] as const;

/** How many of the {@link steps} are done; 0 while there is nothing to show. */
export function stepsDone({ status, claim }: SignupState): number {
  if (claim?.status === 'coexistence') return 0;
  if (status === 'claiming') return 1;
  if (status === 'registered') return steps.length;
  return status === 'registering' || status === 'verifying' ? 2 : 0;
}
