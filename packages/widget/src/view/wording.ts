import type { Say } from '../labels/labels-for.ts';
import type { SignupState } from '../launch/signup-state.ts';
import type { WidgetStatus } from '../status.ts';

/** The numbers on the screen: the one that was claimed, or those that are held for this customer. */
export function numbersOf({ claim, session }: SignupState): readonly string[] {
  if (!claim) return session?.numbers.map((held) => held.displayPhoneNumber) ?? [];
  const number = claim.displayPhoneNumber ?? claim.phoneNumber;
  return number ? [number] : [];
}

/** What to do in Meta's window. */
export function hintOf(state: SignupState, say: Say): string {
  if (state.claim || !state.session) return '';
  const numbers = numbersOf(state);
  return say(numbers.length ? 'choose' : 'noNumber').replace('{number}', () => numbers.join(' / '));
}

/** The one sentence that tells where the signup stands; it is also read out. */
export function sentenceOf({ status, claim, problem, looksClosed }: SignupState, say: Say): string {
  if (status === 'in-popup' && looksClosed) return say('closed');
  return say(problem?.code, claim?.status, status);
}

/** What to quote when asking for help. */
export function referenceOf({ problem }: SignupState): string {
  return [problem?.code, problem?.reference].filter(Boolean).join(' · ');
}

/** The way from Meta's window to a number in service: names of labels. */
export const steps = ['signedUp', 'confirmed', 'inService'] as const;

const done: Partial<Record<WidgetStatus, number>> = {
  claiming: 1,
  registering: 2,
  verifying: 2,
  registered: 3,
};

/** How many of the {@link steps} are done; 0 while there is nothing to show. */
export function stepsDone({ status, claim }: SignupState): number {
  return claim?.status === 'coexistence' ? 0 : (done[status] ?? 0);
}
