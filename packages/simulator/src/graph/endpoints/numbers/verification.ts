import { mayRequestCode } from '../../../world/codes/code-attempts.ts';
import { verifyPhoneNumber } from '../../../world/numbers/claim-number.ts';
import { phoneNumberVerificationOf, type PhoneNumber } from '../../../world/numbers/phone-number.ts';
import { isTooEarlyToReverify, type PreverifiedNumber } from '../../../world/numbers/preverified-number.ts';
import { sendOneTimeCode } from '../../../world/codes/send-one-time-code.ts';
import { momentOf, type Moment, type Simulation } from '../../../world/simulation.ts';
import { spendVerifyCodeCall } from '../../../world/codes/spend-verify-code-call.ts';
import { useOneTimeCode } from '../../../world/codes/use-one-time-code.ts';
import { SUCCESS, type GraphCall, type NodeEndpoint } from '../../call/graph-call.ts';
import { invalidParameter } from '../../errors/general-errors.ts';
import { tooManyCalls } from '../../errors/throttle-errors.ts';
import {
  alreadyVerified,
  codeRefused,
  tooEarlyToReverify,
  tooManyCodeRequests,
} from '../../errors/verification-errors.ts';
import { requireUnclaimed } from './preverified-number.ts';

/** Locales in every documented spelling: `en`, `en_US`, `en-US` and longer ones. */
const LOCALE = /^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$/;

/**
 * `POST /<PREVERIFIED_ID>/request_code`: has a code sent to the number. A verified number is refused until the
 * last 45 days. Throws GraphError 100, 613, or 136024 in the live profile.
 */
export const requestPreverifiedCode: NodeEndpoint<PreverifiedNumber> = (deps, number, call) => {
  requireUnclaimed('POST', number);
  return requestCode(deps, call, number.digits, isTooEarlyToReverify(number, deps.clock.now()));
};

/** `POST /<PHONE_NUMBER_ID>/request_code`: the same for a number on an account that is not verified (any more). */
export const requestPhoneNumberCode: NodeEndpoint<PhoneNumber> = (deps, number, call) =>
  requestCode(deps, call, number.digits, isVerified(deps, number));

/**
 * `POST /<PREVERIFIED_ID>/verify_code`: the right code within ten minutes verifies the number for 90 days. An app
 * may make 125 such calls an hour. Throws GraphError 4, 100, or 136025 in the live profile.
 */
export const verifyPreverifiedCode: NodeEndpoint<PreverifiedNumber> = (deps, number, call) => {
  const moment = spendCall(deps);
  requireUnclaimed('POST', number);
  useCode(moment, call, number.digits, isTooEarlyToReverify(number, moment.now));
  number.verifiedAt = moment.now;
  return SUCCESS;
};

/** `POST /<PHONE_NUMBER_ID>/verify_code`: the same for a number on an account; its answer also has the id. */
export const verifyPhoneNumberCode: NodeEndpoint<PhoneNumber> = (deps, number, call) => {
  const moment = spendCall(deps);
  useCode(moment, call, number.digits, isVerified(deps, number));
  verifyPhoneNumber(moment, number);
  return { ...SUCCESS, id: number.id };
};

function requestCode(deps: Simulation, { parameters }: GraphCall, digits: string, isTooEarly: boolean) {
  parameters.required('code_method');
  const method = parameters.oneOf('code_method', ['SMS', 'VOICE']) ?? 'SMS';
  const language = parameters.required('language');
  if (!LOCALE.test(language)) throw invalidParameter('language must be a valid locale identifier');
  if (isTooEarly) throw tooEarlyToReverify();
  const moment = momentOf(deps);
  if (!mayRequestCode(moment, digits)) throw tooManyCodeRequests();
  sendOneTimeCode(moment, { digits, method, language });
  return SUCCESS;
}

function spendCall(deps: Simulation): Moment {
  const moment = momentOf(deps);
  if (!spendVerifyCodeCall(moment)) throw tooManyCalls(deps.settings.assumptions);
  return moment;
}

function useCode(moment: Moment, { parameters }: GraphCall, digits: string, isDone: boolean): void {
  const code = parameters.required('code');
  if (!/^\d+$/.test(code)) throw invalidParameter('code must be a numeric string');
  if (isDone) throw alreadyVerified();
  const outcome = useOneTimeCode(moment, { digits, code });
  if (outcome !== 'right') throw codeRefused(outcome);
}

function isVerified({ clock }: Simulation, number: PhoneNumber): boolean {
  return phoneNumberVerificationOf(number, clock.now()) === 'VERIFIED';
}
