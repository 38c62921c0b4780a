import { issueAuthorizationCode } from '../world/issue-authorization-code.ts';
import type { Business, Person } from '../world/business.ts';
import { addPhoneNumber, claimNumber } from '../world/claim-number.ts';
import { isNumberTaken, poolNumber } from '../world/number-lookup.ts';
import type { PhoneNumber } from '../world/phone-number.ts';
import { verificationStatusOf } from '../world/preverified-number.ts';
import type { Moment } from '../world/simulation.ts';
import type { FinishedIds } from './session-log.ts';

/** The number a customer signs up with. */
export type NumberChoice =
  { readonly kind: 'preverified'; readonly id: string } | { readonly kind: 'own'; readonly digits: string };

/** The business a customer signs up: one they have, or a new one. */
export type BusinessChoice =
  { readonly kind: 'existing'; readonly id: string } | { readonly kind: 'new'; readonly name: string };

/** Everything a customer decided in the popup. */
export interface SignupChoices {
  readonly person: Person;
  readonly business: BusinessChoice;
  readonly number: NumberChoice;
  /** Whether they entered the right one-time code for the number. */
  readonly codeEntered: boolean;
  /** The name customers will see on WhatsApp; the business's name when undefined. */
  readonly displayName: string | undefined;
  /** The page's fallback redirect, when the log-in named one. */
  readonly redirectUri: string | undefined;
}

/** What a finished sign-up leaves behind. */
export interface FinishedSignup extends FinishedIds {
  /** For the page: to be exchanged within 30 seconds. */
  readonly code: string;
}

/** Why a sign-up could not finish. Nothing has happened then. */
export type SignupRefusal = 'number-unavailable' | 'needs-code';

/**
 * Finishes a sign-up in one go: business, account, phone number (for a pool number in exchange for the
 * pre-verified object) and code. Of two customers after one number the second is refused.
 */
export function finishSignup(moment: Moment, choices: SignupChoices): FinishedSignup | SignupRefusal {
  const refusal = refusalOf(moment, choices);
  if (refusal !== undefined) return refusal;

  const { world, ids } = moment;
  const business = businessFor(moment, choices);
  world.created += 1;
  const account = {
    id: ids.objectId(),
    sequence: world.created,
    name: business.name,
    ownerBusinessId: business.id,
    createdAt: moment.now,
    subscription: undefined,
  };
  world.accounts.set(account.id, account);
  const phoneNumber = phoneNumberFor(moment, choices, account.id, choices.displayName ?? business.name);
  const { redirectUri } = choices;
  moment.tell({
    kind: 'signed-up',
    finish: 'FINISH',
    businessId: business.id,
    accountId: account.id,
    phoneNumberId: phoneNumber.id,
  });
  return {
    phoneNumberId: phoneNumber.id,
    wabaId: account.id,
    businessId: business.id,
    code: issueAuthorizationCode(moment, { businessId: business.id, redirectUri }),
  };
}

function refusalOf(moment: Moment, { number, codeEntered }: SignupChoices): SignupRefusal | undefined {
  if (number.kind === 'own') {
    if (isNumberTaken(moment, number.digits)) return 'number-unavailable';
    return codeEntered ? undefined : 'needs-code';
  }
  const offered = poolNumber(moment, number.id);
  if (offered === undefined) return 'number-unavailable';
  return codeEntered || verificationStatusOf(offered, moment.now) === 'VERIFIED' ? undefined : 'needs-code';
}

function businessFor({ world, ids }: Moment, choices: SignupChoices): Business {
  const { person, business: choice } = choices;
  const owned = person.businessIds.flatMap((id) => world.businesses.get(id) ?? []);
  const existing = owned.find((business) =>
    choice.kind === 'existing' ? business.id === choice.id : business.name === choice.name,
  );
  if (existing !== undefined) return existing;
  const created = {
    id: ids.objectId(),
    name: choice.kind === 'new' ? choice.name : person.name,
    verified: false,
  };
  world.businesses.set(created.id, created);
  person.businessIds.push(created.id);
  return created;
}

function phoneNumberFor(
  moment: Moment,
  { number }: SignupChoices,
  accountId: string,
  verifiedName: string,
): PhoneNumber {
  if (number.kind === 'own') {
    return addPhoneNumber(moment, { accountId, digits: number.digits, verifiedName, isPreverified: false });
  }
  const offered = poolNumber(moment, number.id);
  // refusalOf has just seen it, and nothing ran in between.
  if (offered === undefined) throw new Error(`pre-verified number ${number.id} vanished within one sign-up`);
  return claimNumber(moment, offered, { accountId, verifiedName });
}
