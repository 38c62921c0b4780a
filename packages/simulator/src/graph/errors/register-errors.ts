import { MINUTE } from '../../clock/units.ts';
import { GraphError } from './graph-error.ts';

function refused(code: number, title: string, details: string): GraphError {
  return new GraphError({ status: 400, code, message: `(#${code}) ${title}`, details });
}

/** register or deregister: an eleventh call in 72 hours, or the block after it. */
export function tooManyRegisterCalls(): GraphError {
  return refused(
    133016,
    'Account register or deregister rate limit exceeded',
    'Registration or deregistration failed because there were too many attempts for this phone number.',
  );
}

/** register: the number has another two-step PIN. */
export function pinMismatch(): GraphError {
  return refused(133005, 'Two step verification PIN mismatch', 'The two-step verification PIN is incorrect.');
}

/** register: the number must be verified (again) first. */
export function numberNotVerified(): GraphError {
  const details = 'The phone number needs to be verified before it can be registered.';
  return refused(133006, 'Phone number re-verification needed', details);
}

/** register: too many wrong PINs. The error codes page sends readers to the details for the time to wait (`wait`, ms). */
export function tooManyPinGuesses(wait: number): GraphError {
  const minutes = Math.ceil(wait / MINUTE);
  return refused(
    133008,
    'Too many two-step verification PIN guesses',
    `Too many wrong PINs. Try again in ${minutes} minute${minutes === 1 ? '' : 's'}.`,
  );
}

/** register: another PIN too soon after a wrong one. */
export function pinGuessedTooFast(): GraphError {
  const details = 'The two-step verification PIN was entered too quickly. Wait before trying again.';
  return refused(133009, 'Two step verification PIN guessed too fast', details);
}

/** register: a number with these digits was deleted minutes ago. */
export function recentlyDeleted(): GraphError {
  return refused(
    133015,
    'The phone number was recently deleted',
    'The deletion of this phone number has not completed yet. Wait 5 minutes before registering it.',
  );
}

/** register or deregister on a number that stays on the WhatsApp Business app, as a public incident log has it. */
export function notForBusinessApp(endpoint: 'Register' | 'Deregister'): GraphError {
  const message = `${endpoint} endpoint is not available for SMB businesses.`;
  return new GraphError({ status: 400, code: 100, message });
}

/** deregister: there is no registration to end. */
export function notRegistered(): GraphError {
  const failure = { status: 400, code: 100, message: '(#100) Phone number not registered' };
  return new GraphError(failure, { ...failure, subcode: 2207051 });
}
