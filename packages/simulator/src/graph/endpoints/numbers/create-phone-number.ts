import { digitsOf, parsePhoneNumber } from '../../../phone/phone-number.ts';
import { addPhoneNumber, claimNumber } from '../../../world/numbers/claim-number.ts';
import { isAtNumberLimit } from '../../../world/numbers/number-limit.ts';
import { isNumberTaken, poolNumber } from '../../../world/numbers/number-lookup.ts';
import { verificationStatusOf } from '../../../world/numbers/preverified-number.ts';
import { momentOf } from '../../../world/simulation.ts';
import type { World } from '../../../world/world.ts';
import type { WhatsAppAccount } from '../../../world/businesses/whatsapp-account.ts';
import type { NodeEndpoint } from '../../call/graph-call.ts';
import type { Parameters } from '../../call/parameters.ts';
import { invalidParameter, missingParameter } from '../../errors/general-errors.ts';
import { numberAlreadyAdded, numberLimitReached } from '../../errors/phone-errors.ts';

/**
 * `POST /<WABA_ID>/phone_numbers`: with `preverified_id` claims a pool number without the popup; without it adds an
 * ordinary number that is still to be verified. The number is named as `cc` + `phone_number`, or as the 2024 guide
 * has it, `country_dial_code` + `display_phone_number`. Throws GraphError 100, or 200 when the portfolio is full.
 */
export const createPhoneNumber: NodeEndpoint<WhatsAppAccount> = (deps, account, { parameters }) => {
  const moment = momentOf(deps);
  if (parameters.text('migrate_phone_number') === 'true') {
    throw invalidParameter('migrate_phone_number: this phone number is not on another account');
  }
  const preverifiedId = parameters.text('preverified_id');
  const pooled = preverifiedId === undefined ? undefined : poolNumber(moment, preverifiedId);
  if (preverifiedId !== undefined && pooled === undefined) {
    throw invalidParameter('preverified_id is not a number of your pool');
  }
  const { digits, verifiedName } = readNumber(parameters);
  const accountId = account.id;
  const checkLimit = () => {
    if (isAtNumberLimit(deps.world, account.ownerBusinessId)) throw numberLimitReached();
  };
  if (pooled === undefined) {
    if (isNumberTaken(moment, digits)) throw numberAlreadyAdded(whereIs(deps.world, digits, accountId));
    checkLimit();
    const added = { accountId, digits, verifiedName, isPreverified: false, isVerified: false };
    return { id: addPhoneNumber(moment, added).id };
  }
  if (digits !== pooled.digits) throw invalidParameter('phone_number is not the number of preverified_id');
  checkLimit();
  const isVerified = verificationStatusOf(pooled, moment.now) === 'VERIFIED';
  return { id: claimNumber(moment, pooled, { accountId, verifiedName, isVerified }).id };
};

function readNumber(parameters: Parameters): { digits: string; verifiedName: string } {
  const callingCode = parameters.text('cc') ?? parameters.text('country_dial_code');
  const named = parameters.text('phone_number') ?? parameters.text('display_phone_number');
  if (callingCode === undefined) throw missingParameter('cc');
  if (!/^\+?\d{1,3}$/.test(callingCode)) throw invalidParameter('cc must be one to three digits');
  if (named === undefined) throw missingParameter('phone_number');
  const verifiedName = parameters.required('verified_name');
  if (verifiedName.length < 2 || verifiedName.length > 75) {
    throw invalidParameter('verified_name must have 2 to 75 characters');
  }
  const international = withCallingCode(digitsOf(callingCode), named);
  const digits = parsePhoneNumber(international);
  if (digits === undefined) throw invalidParameter('phone_number is not a phone number');
  return { digits, verifiedName };
}

/**
 * The documents want the number with its calling code, without it, or either way. One that begins with the code and
 * has more than ten digits is taken to have it.
 */
function withCallingCode(callingCode: string, named: string): string {
  if (named.trimStart().startsWith('+')) return named;
  const digits = digitsOf(named);
  const hasCode = digits.length > 10 && digits.startsWith(callingCode);
  return hasCode ? named : callingCode + named;
}

function whereIs(world: World, digits: string, accountId: string): 'same-account' | 'elsewhere' {
  const here = [...world.phoneNumbers.values()].some(
    (number) => number.digits === digits && number.accountId === accountId,
  );
  return here ? 'same-account' : 'elsewhere';
}
