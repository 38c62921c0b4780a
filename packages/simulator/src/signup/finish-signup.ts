import type { Business } from '../world/businesses/business.ts';
import { addPhoneNumber, claimNumber } from '../world/numbers/claim-number.ts';
import { issueAuthorizationCode } from '../world/access/issue-authorization-code.ts';
import { poolNumber } from '../world/numbers/number-lookup.ts';
import type { PhoneNumber } from '../world/numbers/phone-number.ts';
import { verificationStatusOf } from '../world/numbers/preverified-number.ts';
import type { Moment } from '../world/simulation.ts';
import type { WhatsAppAccount } from '../world/businesses/whatsapp-account.ts';
import type { FinishedIds } from './session-log.ts';
import type { SignupChoices, SignupRefusal } from './signup-choices.ts';
import { existingBusiness, signupRefusal } from './signup-refusal.ts';

/** What a finished sign-up leaves behind. */
export interface FinishedSignup extends FinishedIds {
  /** For the page: to be exchanged within 30 seconds. */
  readonly code: string;
}

/**
 * Finishes a sign-up in one go: business, account, phone number (for a pool number in exchange for the
 * pre-verified object) and code. Of two customers after one number the second is refused.
 */
export function finishSignup(moment: Moment, choices: SignupChoices): FinishedSignup | SignupRefusal {
  const refusal = signupRefusal(moment, choices);
  if (refusal !== undefined) return refusal;

  const { world, now } = moment;
  const { finish, redirectUri, byRedirect, assets } = choices;
  const business = existingBusiness(moment, choices) ?? createBusiness(moment, choices);
  const known = choices.accountId === undefined ? undefined : world.accounts.get(choices.accountId);
  const account = known ?? createAccount(moment, business);
  // Whoever shares an account that they had taken back gives it to the partner again.
  account.removedAt = undefined;
  const added = addChosenNumber(moment, choices, account.id, choices.displayName ?? business.name);
  const phoneNumberId = (added ?? earlierNumber(moment, choices, account))?.id;
  if (!world.onboardings.has(business.id)) world.onboardings.set(business.id, now);
  moment.tell({
    kind: 'signed-up',
    finish,
    businessId: business.id,
    accountId: account.id,
    createdAccount: known === undefined,
    phoneNumberId,
  });
  const code = issueAuthorizationCode(moment, { businessId: business.id, redirectUri, byRedirect });
  return { phoneNumberId, wabaId: account.id, businessId: business.id, assets, code };
}

function createBusiness({ world, ids }: Moment, { person, business: choice }: SignupChoices): Business {
  const name = choice.kind === 'new' ? choice.name : person.name;
  const created = { id: ids.objectId(), name, verified: false };
  world.businesses.set(created.id, created);
  person.businessIds.push(created.id);
  return created;
}

function createAccount({ world, ids, now }: Moment, business: Business): WhatsAppAccount {
  world.created += 1;
  const account: WhatsAppAccount = {
    id: ids.objectId(),
    sequence: world.created,
    name: business.name,
    ownerBusinessId: business.id,
    createdAt: now,
    subscription: undefined,
  };
  world.accounts.set(account.id, account);
  return account;
}

function addChosenNumber(
  moment: Moment,
  { number, codeEntered }: SignupChoices,
  accountId: string,
  verifiedName: string,
): PhoneNumber | undefined {
  if (number.kind === 'none') return undefined;
  if (number.kind === 'preverified') {
    const offered = poolNumber(moment, number.id);
    // signupRefusal has just seen it, and nothing ran in between.
    if (offered === undefined)
      throw new Error(`pre-verified number ${number.id} vanished within one sign-up`);
    const isVerified = codeEntered || verificationStatusOf(offered, moment.now) === 'VERIFIED';
    return claimNumber(moment, offered, { accountId, verifiedName, isVerified });
  }
  const { digits } = number;
  const added = { accountId, digits, verifiedName, isPreverified: false };
  if (number.kind === 'own') {
    return addPhoneNumber(moment, { ...added, isVerified: codeEntered, pin: number.pin });
  }
  const shared = addPhoneNumber(moment, { ...added, onBusinessApp: true });
  // It can send at once: the partner must not register it (coexistence page), and sees platform_type CLOUD_API.
  shared.registeredAt = moment.now;
  shared.qualityRating = 'GREEN';
  shared.throughputLevel = 'STANDARD';
  return shared;
}

/** The number that a finish without one names: an app-only install always, one without registration by a switch. */
function earlierNumber(
  { world, assumptions }: Moment,
  { finish }: SignupChoices,
  account: WhatsAppAccount,
): PhoneNumber | undefined {
  const isNamed =
    finish === 'FINISH_GRANT_ONLY_API_ACCESS' ||
    (finish === 'FINISH_ONLY_WABA' && assumptions.partialFinishNamesNumber);
  if (!isNamed) return undefined;
  return [...world.phoneNumbers.values()].findLast(({ accountId }) => accountId === account.id);
}
