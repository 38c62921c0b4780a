import type { CodeRefusal } from '../../world/access/redeem-authorization-code.ts';
import { GraphError } from './graph-error.ts';

const EXCHANGE = { status: 400, challenge: 'invalid_code' };

/** `client_id` is no app we know. */
export function unknownApp(): GraphError {
  const message = 'Error validating application. Cannot get application info due to a system error.';
  return new GraphError({ ...EXCHANGE, code: 101, message });
}

/** `client_secret` is not the app's. */
export function wrongAppSecret(): GraphError {
  return new GraphError({ ...EXCHANGE, code: 1, message: 'Error validating client secret.' });
}

const REFUSALS: Readonly<Record<CodeRefusal, { message: string; subcode?: number }>> = {
  unknown: { message: 'Invalid verification code format.' },
  used: { message: 'This authorization code has been used.', subcode: 36009 },
  late: { message: 'This authorization code has expired.', subcode: 36007 },
  'other-redirect': {
    message:
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in ' +
      'the OAuth dialog request',
    subcode: 36008,
  },
};

/** The code was not exchanged. A code that was never issued is answered like one in the wrong format. */
export function codeNotExchanged(refusal: CodeRefusal): GraphError {
  return new GraphError({ ...EXCHANGE, code: 100, ...REFUSALS[refusal] });
}

/** system_user_access_tokens: the customer ended the tokens; only a new sign-up brings another one. */
export function sessionKeyInvalid(): GraphError {
  const message =
    '(#452) Session key invalid. This could be because the session key has an incorrect format, or because the user ' +
    'has revoked this session';
  return new GraphError({ status: 400, code: 452, message });
}

/** debug_token by someone who is neither the app nor its owner. */
export function notTheAppOwner(): GraphError {
  const message =
    '(#100) You must provide an app access token, or a user access token that is an owner or developer of the app';
  return new GraphError({ status: 400, code: 100, message });
}

/** debug_token of a token that was made for another app than the one who asks (seen in public error reports). */
export function tokenOfAnotherApp(): GraphError {
  const message = '(#100) The App_id in the input_token did not match the Viewing App';
  return new GraphError({ status: 400, code: 100, message });
}

/** An edge that only the app itself may read (public error reports; the reference names no code). */
export function appTokenNeeded(): GraphError {
  const message = '(#15) This method must be called with an app access_token.';
  return new GraphError({ status: 400, code: 15, message });
}
