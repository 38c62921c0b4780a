import type { Simulator } from '../../../src/index.ts';
import { onboarded, seedOne } from '../../support/playground.ts';

/** A number of the pool that was never verified. */
export function unverified(simulator: Simulator, phoneNumber?: string) {
  const seed = phoneNumber === undefined ? { count: 1 } : { phoneNumbers: [phoneNumber] };
  return seedOne(simulator, { ...seed, status: 'NOT_VERIFIED' });
}

/** A claimed number that nobody registered in 90 days, so that it has to be verified again. */
export async function lapsedOnAccount(simulator: Simulator) {
  const claimed = await onboarded(simulator);
  simulator.advance('P91D');
  return claimed;
}

/** The digits of the newest code that reached a phone, read off the text as a person would. */
export function codeOnThePhone(simulator: Simulator, to?: string): string {
  const digits = /(\d{3})-?(\d{3})/.exec(simulator.inbox(to).at(-1)?.text ?? '');
  if (digits === null) throw new Error('no code reached the phone');
  return `${digits[1]}${digits[2]}`;
}
