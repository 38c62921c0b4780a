import { DAY } from '../clock/units.ts';
import type { Business } from '../world/businesses/business.ts';
import { isNumberTaken, poolNumber } from '../world/numbers/number-lookup.ts';
import { verificationStatusOf } from '../world/numbers/preverified-number.ts';
import type { Moment } from '../world/simulation.ts';
import type { SignupChoices, SignupRefusal } from './signup-choices.ts';

/** New customers count for seven days (Embedded Signup overview: 10, or 200 once the partner is verified). */
const ONBOARDING_WINDOW = 7 * DAY;

/** Why these choices cannot be carried out now, or undefined when they can. Changes nothing. */
export function signupRefusal(moment: Moment, choices: SignupChoices): SignupRefusal | undefined {
  return refusalOfNumber(moment, choices) ?? refusalOfBusiness(moment, choices);
}

/** The business these choices mean, or undefined when it is a new one. */
export function existingBusiness(
  { world }: Pick<Moment, 'world'>,
  { person, business: choice }: SignupChoices,
): Business | undefined {
  return person.businessIds
    .flatMap((id) => world.businesses.get(id) ?? [])
    .find(({ id, name }) => (choice.kind === 'existing' ? id === choice.id : name === choice.name));
}

function refusalOfNumber(
  moment: Moment,
  { number, codeEntered, unverified }: SignupChoices,
): SignupRefusal | undefined {
  if (number.kind === 'none') return undefined;
  if (number.kind !== 'preverified') {
    if (isNumberTaken(moment, number.digits)) return 'number-unavailable';
    return codeEntered || unverified || number.kind === 'business-app' ? undefined : 'needs-code';
  }
  const offered = poolNumber(moment, number.id);
  if (offered === undefined) return 'number-unavailable';
  const isVerified = verificationStatusOf(offered, moment.now) === 'VERIFIED';
  return codeEntered || unverified || isVerified ? undefined : 'needs-code';
}

function refusalOfBusiness(moment: Moment, choices: SignupChoices): SignupRefusal | undefined {
  const { world, now, onboardingsPerWeek } = moment;
  const business = existingBusiness(moment, choices);
  if (choices.accountId !== undefined) {
    const account = world.accounts.get(choices.accountId);
    if (account === undefined || account.ownerBusinessId !== business?.id) return 'account-unavailable';
  }
  if (business !== undefined && world.onboardings.has(business.id)) return undefined;
  const lately = [...world.onboardings.values()].filter((at) => at > now - ONBOARDING_WINDOW);
  return lately.length < onboardingsPerWeek ? undefined : 'too-many-customers';
}
