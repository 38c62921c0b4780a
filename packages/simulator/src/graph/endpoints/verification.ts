import { sendOneTimeCode } from '../../world/send-one-time-code.ts';
import { useOneTimeCode } from '../../world/use-one-time-code.ts';
import { phoneNumberVerificationOf, type PhoneNumber } from '../../world/phone-number.ts';
import { isTooEarlyToReverify, type PreverifiedNumber } from '../../world/preverified-number.ts';
import { invalidParameter } from '../errors/general-errors.ts';
import { SUCCESS, type GraphCall, type NodeEndpoint } from '../call/graph-call.ts';
import { alreadyVerified, codeRefused } from '../errors/phone-errors.ts';
import { momentOf, type Simulation } from '../../world/simulation.ts';

/** Locales in every documented spelling: `en`, `en_US`, `en-US` and longer ones. */
const LOCALE = /^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$/;

/**
 * `POST /<PREVERIFIED_ID>/request_code`: has a code sent to the number. A verified number is refused until the
 * last 45 days. Throws GraphError 100, or 136024 in the live profile.
 */
export const requestPreverifiedCode: NodeEndpoint<PreverifiedNumber> = (deps, number, call) =>
  requestCode(deps, call, number.digits, isTooEarlyToReverify(number, deps.clock.now()));

/** `POST /<PHONE_NUMBER_ID>/request_code`: the same for a number on an account that is not verified (any more). */
export const requestPhoneNumberCode: NodeEndpoint<PhoneNumber> = (deps, number, call) =>
  requestCode(deps, call, number.digits, isVerified(deps, number));

/**
 * `POST /<PREVERIFIED_ID>/verify_code`: the right code within ten minutes verifies the number for 90 days.
 * Throws GraphError 100, or 136025 in the live profile.
 */
export const verifyPreverifiedCode: NodeEndpoint<PreverifiedNumber> = (deps, number, call) => {
  number.verifiedAt = verifyCode(deps, call, number.digits);
  return SUCCESS;
};

/** `POST /<PHONE_NUMBER_ID>/verify_code`: the same for a number on an account; its answer also has the id. */
export const verifyPhoneNumberCode: NodeEndpoint<PhoneNumber> = (deps, number, call) => {
  number.verifiedAt = verifyCode(deps, call, number.digits);
  return { ...SUCCESS, id: number.id };
};

function requestCode(deps: Simulation, { parameters }: GraphCall, digits: string, refused: boolean) {
  parameters.required('code_method');
  const method = parameters.oneOf('code_method', ['SMS', 'VOICE']) ?? 'SMS';
  const language = parameters.required('language');
  if (!LOCALE.test(language)) throw invalidParameter('language must be a valid locale identifier');
  if (refused) throw alreadyVerified();
  sendOneTimeCode(momentOf(deps), { digits, method, language });
  return SUCCESS;
}

/** Uses the code up and returns the time of verification (ms, UTC). */
function verifyCode(deps: Simulation, { parameters }: GraphCall, digits: string): number {
  const code = parameters.required('code');
  if (!/^\d+$/.test(code)) throw invalidParameter('code must be a numeric string');
  const moment = momentOf(deps);
  const outcome = useOneTimeCode(moment, { digits, code });
  if (outcome !== 'right') throw codeRefused(outcome);
  return moment.now;
}

function isVerified({ clock }: Simulation, number: PhoneNumber): boolean {
  return phoneNumberVerificationOf(number, clock.now()) === 'VERIFIED';
}
