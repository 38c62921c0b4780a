import {
  handsetOf,
  reach,
  statusInPool,
  statusOnAccount,
  type AccountNumber,
  type Model,
  type PoolNumber,
} from './model.ts';
import { OK, REQUEST_CODE_ERROR, RULES, VERIFY_CODE_ERROR, type Expected } from './rules.ts';

/** A number that can be verified, in the pool or on an account. */
export type Verifiable =
  | { readonly in: 'pool'; readonly number: PoolNumber }
  | { readonly in: 'account'; readonly number: AccountNumber };

/** Whether a number is verified, and not to be verified again yet. */
function isVerifiedEnough(model: Model, { in: place, number }: Verifiable): boolean {
  const { now } = model;
  if (place === 'account') {
    return (
      statusOnAccount(number, now) === 'VERIFIED' && reach(model, 'refused: verified on an account', true)
    );
  }
  if (statusInPool(number, now) === 'EXPIRED') return reach(model, 'not refused: verification lapsed', false);
  if (number.verifiedAt === undefined) return false;
  const end = number.verifiedAt + RULES.verifiedFor;
  return now < end - RULES.renewableInTheLast
    ? reach(model, 'refused: verified, not in the last 45 days', true)
    : reach(model, 'not refused: the last 45 days', false);
}

/** request_code. */
export function requestCode(model: Model, target: Verifiable): Expected {
  if (isVerifiedEnough(model, target)) return REQUEST_CODE_ERROR;
  const handset = handsetOf(model, target.number.digits);
  if (hasSpentRequests(model, target.number.digits)) {
    return reach(model, 'code refused: too many requests', REQUEST_CODE_ERROR);
  }
  handset.requests.push(model.now);
  return reach(model, `code requested, ${target.in}`, OK);
}

/** Whether a number got as many codes as it may for now. */
export function hasSpentRequests(model: Model, digits: string): boolean {
  const { calls, window } = RULES.codeRequests;
  return handsetOf(model, digits).requests.filter((at) => at > model.now - window).length >= calls;
}

/** Whether wrong codes have locked a number for now. */
export function isCodeLocked(model: Model, digits: string): boolean {
  return model.now < handsetOf(model, digits).guesses.lockedUntil;
}

/** verify_code with these digits. A number that is verified already takes none; such attempts are not guesses. */
export function verifyCode(model: Model, target: Verifiable, given: string): Expected {
  const { code, guesses } = handsetOf(model, target.number.digits);
  if (isVerifiedEnough(model, target)) return VERIFY_CODE_ERROR;
  if (isCodeLocked(model, target.number.digits)) {
    return reach(model, 'code refused: locked', VERIFY_CODE_ERROR);
  }
  if (code?.text !== given || !code.open) {
    guesses.wrong += 1;
    if (guesses.wrong === RULES.wrongCodes.before) {
      guesses.wrong = 0;
      guesses.lockedUntil = model.now + RULES.wrongCodes.lock;
    }
    return reach(
      model,
      code?.text === given ? 'code refused: used' : 'code refused: wrong',
      VERIFY_CODE_ERROR,
    );
  }
  if (model.now >= code.sentAt + RULES.codeFor) return reach(model, 'code refused: late', VERIFY_CODE_ERROR);
  code.open = false;
  guesses.wrong = 0;
  if (target.in === 'pool') target.number.verifiedAt = model.now;
  else target.number.registerBy = model.now + RULES.registeredWithin;
  return reach(model, `verified, ${target.in}`, OK);
}
