import type { ClaimReason } from '@embedded-signup-kit/protocol';
import type { Claim } from '../ports/records.ts';

/** Names in a sentence; there may be any number of them. */
const mostNamed = 10;

const whatToDo = 'Assign the claim to its customer, or dismiss it.';

/** Nobody can tell by machine which of them took the number. */
export const severalCustomers = (customerIds: readonly string[]): ClaimReason => ({
  code: 'several_customers',
  message: `This number of the pool was set aside for more than one customer who could have taken it: ${listed(customerIds)}. Find out which of them has it. ${whatToDo}`,
});

/** The only customer who ever had the number's id, too long ago. */
export const longAgo = (customerId: string): ClaimReason => ({
  code: 'launched_long_ago',
  message: `This number of the pool was set aside only for the customer ${customerId}, and their sign-up was over long before it was taken. Find out whether they have it. ${whatToDo}`,
});

/** Two facts conflict. */
export const accountOfAnother = (customerId: string, owner: Claim): ClaimReason => ({
  code: 'account_of_another',
  message: `This number of the pool was set aside for the customer ${customerId}, and it is on an account on which the customer ${owner.customerId} has a live claim (${owner.id}). ${whatToDo}`,
});

/** A number of the pool that found its way to an account by itself. */
export const nobodyLaunched: ClaimReason = {
  code: 'nobody_launched',
  message: `This number is of the pool, but it was set aside for nobody when it was taken. ${whatToDo}`,
};

/** @param naming claims whose session log named the account: hearsay, and said to be */
export const ownNumber = (naming: readonly Claim[]): ClaimReason => ({
  code: 'own_number',
  message: `Meta lists this number on an account that was shared with you, and no page claimed it. ${hearsay(naming)}${whatToDo}`,
});

/** Meta's word alone was not enough for proof. */
export const recoveryRefused = ({ id, reason }: Claim): ClaimReason => ({
  code: 'recovery_refused',
  message: `Meta lists this number, but the claim ${id} on it was refused (${reason?.code ?? 'rejected'}). ${whatToDo}`,
});

/** An account that was shared, and has had no number since. */
export const withoutNumber = (naming: readonly Claim[]): ClaimReason => ({
  code: 'without_number',
  message: `An account was shared with you, and it has no number. ${hearsay(naming)}Ask its customer to sign up again, or dismiss this.`,
});

/** An account that was shared, and that Meta shows to none of our tokens. */
export const accountUnreadable = (naming: readonly Claim[]): ClaimReason => ({
  code: 'account_unreadable',
  message: `An account was shared with you, but Meta does not show it to your system user. ${hearsay(naming)}Give the system user access to it, then assign the claim to its customer; or dismiss it.`,
});

function hearsay(naming: readonly Claim[]): string {
  const named = naming.filter(({ customerId }) => customerId !== '');
  if (named.length === 0) return '';
  const said = named.map(({ id, customerId }) => `customer ${customerId} (claim ${id})`);
  return `A sign-up of ${listed(said)} named this account; that is hearsay. `;
}

function listed(names: readonly string[]): string {
  const told = names.slice(0, mostNamed).join(', ');
  return names.length > mostNamed ? `${told} and ${names.length - mostNamed} more` : told;
}
