import type { Begun, Mixture, Who } from './mixture.ts';

/** Where a claim may end. */
export interface Expected {
  /** `status reason`, or the status alone where the reason is Meta's to give or there is none. */
  end: string;
  /** Whose account and number it is then on record with; `undefined`: nobody's. */
  account: Who | undefined;
  number: Who | undefined;
  source: 'pool' | 'own' | 'none' | 'unknown';
}

const nothing = { account: undefined, number: undefined, source: 'unknown' } as const;

/**
 * The rule, written down once more and without looking at the kit: the customer comes from the session, the account
 * from the token that the code gave, the number from that account's list; and a number of the pool is only for whom it
 * was set aside.
 *
 * @param used whether an earlier claim brought the same code
 * @param targets what Meta's `debug_token` says of a token's accounts
 */
export function expectedEnd(
  { trial, popups }: Begun,
  { session, code, waba, phone, event }: Mixture,
  used: boolean,
  targets: 'listed' | 'absent',
): Expected {
  if (code === 'none') return { end: 'needs_signup code_missing', ...nothing };
  if (code === 'junk') return { end: 'needs_signup', ...nothing };
  if (used) return { end: 'needs_signup code_lost', ...nothing };

  const kind = trial.popups[code];
  // A popup that gave no number has no id to name.
  const namesNumber = phone === 'random' || (phone !== 'none' && popups[phone].phoneNumberId !== undefined);
  if (waba !== 'none' && waba !== code) {
    // Without a list the account itself answers, and it answers as one that does not exist. A finish without a number
    // may be taken as one, but it is on record with no account then.
    return event === 'FINISH_ONLY_WABA' && !namesNumber && targets === 'absent'
      ? { end: 'no_number', ...nothing, source: 'none' }
      : { end: 'rejected account_not_granted', ...nothing };
  }
  if (waba === 'none' && targets === 'absent') {
    return { end: 'needs_operator account_unknown', ...nothing };
  }
  // An account is on record once Meta's word on the token names it, or lists a number of it.
  const account = targets === 'listed' ? code : undefined;
  if (event === 'FINISH_ONLY_WABA' && !namesNumber) {
    return { end: 'no_number', account, number: undefined, source: 'none' };
  }
  if (namesNumber && (phone !== code || kind === 'none')) {
    return { end: 'rejected number_not_listed', ...nothing };
  }
  if (kind === 'none') {
    return { end: 'no_number', account, number: undefined, source: 'none' };
  }
  const found = { account: code, number: code };
  if (kind === 'spare' || (kind === 'pool' && session !== code)) {
    return { end: 'needs_operator pool_number_of_another', ...found, source: 'unknown' };
  }
  if (kind === 'coexistence') return { end: 'coexistence', ...found, source: 'own' };
  return { end: 'registered', ...found, source: kind };
}
