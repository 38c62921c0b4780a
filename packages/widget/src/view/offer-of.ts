import type { Say } from '../labels/labels-for.ts';
import type { SignupState } from '../launch/signup-state.ts';

/** The numbers on the screen: the one that was claimed, or those that are held for this customer. */
export function numbersOf(state: SignupState): readonly string[] {
  const { claim, session } = state;
  if (claim) return [claim.displayPhoneNumber ?? claim.phoneNumber ?? []].flat();
  return session && isOffering(state) ? session.numbers.map((held) => held.displayPhoneNumber) : [];
}

/** What to do in Meta's window. */
export function hintOf(state: SignupState, say: Say): string {
  if (state.claim || !isOffering(state)) return '';
  const numbers = numbersOf(state);
  return say(numbers.length ? 'choose' : 'noNumber').replace('{number}', () => numbers.join(' / '));
}

function isOffering(state: SignupState): boolean {
  return !!state.session && !/claim|regist|verif/.test(state.status);
}
