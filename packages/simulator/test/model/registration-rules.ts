import {
  reach,
  statusOnAccount,
  type AccountNumber,
  type Allowance,
  type Login,
  type Model,
} from './model.ts';
import {
  INVALID,
  LOGIN_LATE,
  LOGIN_USED,
  OK,
  PIN_GUESSES_SPENT,
  PIN_MISMATCH,
  RULES,
  TOO_MANY_REGISTRATIONS,
  VERIFY_FIRST,
  type Expected,
} from './rules.ts';

/** Counts a call, whatever becomes of it; false for the eleventh and in the block after it. */
function spend(model: Model, allowance: Allowance, what: string): boolean {
  const { calls, window, block } = RULES.registrations;
  if (model.now < allowance.blockedUntil) return reach(model, `${what} refused: blocked`, false);
  allowance.calls = allowance.calls.filter((at) => at > model.now - window);
  if (allowance.calls.length >= calls) {
    allowance.blockedUntil = model.now + block;
    return reach(model, `${what} refused: eleventh call`, false);
  }
  allowance.calls.push(model.now);
  return true;
}

/** register with this PIN. */
export function register(model: Model, number: AccountNumber, pin: string): Expected {
  if (!spend(model, number.registrations, 'register')) return TOO_MANY_REGISTRATIONS;
  if (statusOnAccount(number, model.now) !== 'VERIFIED') {
    return reach(model, 'register refused: not verified', VERIFY_FIRST);
  }
  const { pins } = number;
  if (model.now < pins.lockedUntil) return reach(model, 'register refused: PIN locked', PIN_GUESSES_SPENT);
  if (number.pin !== undefined && number.pin !== pin) {
    pins.wrong += 1;
    if (pins.wrong === RULES.wrongPins.before) {
      pins.wrong = 0;
      pins.lockedUntil = model.now + RULES.wrongPins.lock;
    }
    return reach(model, 'register refused: other PIN', PIN_MISMATCH);
  }
  pins.wrong = 0;
  const how = number.registeredAt === undefined ? 'registered' : 'registered again';
  number.pin = pin;
  number.registeredAt ??= model.now;
  return reach(model, how, OK);
}

/** deregister. The documents do not say how long a deregistered number stays verified: 90 days are taken anew. */
export function deregister(model: Model, number: AccountNumber): Expected {
  if (!spend(model, number.deregistrations, 'deregister')) return TOO_MANY_REGISTRATIONS;
  if (number.registeredAt === undefined) return reach(model, 'deregister refused: not registered', INVALID);
  number.registeredAt = undefined;
  number.registerBy = model.now + RULES.registeredWithin;
  return reach(model, 'deregistered', OK);
}

/** The exchange of a code from the popup. */
export function exchange(model: Model, login: Login): Expected {
  if (login.token !== undefined) return reach(model, 'exchange refused: used', LOGIN_USED);
  if (model.now >= login.issuedAt + RULES.loginFor) return reach(model, 'exchange refused: late', LOGIN_LATE);
  return reach(model, 'exchanged', OK);
}
