import type { TokenFlaw } from '../../world/access/caller.ts';
import { GraphError } from './graph-error.ts';

/** What is told about a token that names no caller; the subcodes are those of the error codes page. */
export const TOKEN_FLAWS: Readonly<
  Record<TokenFlaw, { readonly message: string; readonly subcode?: number }>
> = {
  unknown: { message: 'Invalid OAuth access token - Cannot parse access token' },
  expired: { message: 'Error validating access token: Session has expired.', subcode: 463 },
  app_removed: {
    message: 'Error validating access token: The user has not authorized the application.',
    subcode: 458,
  },
  password_changed: {
    message:
      'Error validating access token: The session has been invalidated because the user changed the password.',
    subcode: 460,
  },
  logged_out: {
    message: 'Error validating access token: This may be because the user logged out.',
    subcode: 467,
  },
};

/** The token is unknown, malformed, expired or was ended: 190, HTTP 401 in both profiles. */
export function tokenRefused(flaw: TokenFlaw): GraphError {
  return new GraphError({ status: 401, code: 190, challenge: 'invalid_token', ...TOKEN_FLAWS[flaw] });
}

/** There is no token: the error codes page has three answers; `missingTokenCode` is the switch. */
export function tokenMissing(code: 190 | 104 | 200): GraphError {
  if (code === 200) return new GraphError({ status: 403, code, message: '(#200) Provide valid app ID' });
  const message = 'An access token is required to request this resource.';
  return code === 190
    ? new GraphError({ status: 401, code, message, challenge: 'invalid_token' })
    : new GraphError({ status: 400, code, message, challenge: 'invalid_request' });
}

/** The app demands an `appsecret_proof` ("Require App Secret") and there is none. */
export function proofMissing(): GraphError {
  const message = 'API calls from the server require an appsecret_proof argument';
  return new GraphError({ status: 400, code: 100, type: 'GraphMethodException', message });
}

/** The `appsecret_proof` sent does not belong to the token. */
export function proofRefused(): GraphError {
  const message = 'Invalid appsecret_proof provided in the API argument';
  return new GraphError({ status: 400, code: 100, type: 'GraphMethodException', message });
}

/** No such object, or not for this caller: 400 and 100/33 in live answers, 404 and 803 in the OpenAPI description. */
export function unknownNode(method: string, id: string): GraphError {
  const verb = method.toLowerCase();
  return new GraphError(
    {
      status: 400,
      code: 100,
      subcode: 33,
      type: 'GraphMethodException',
      message:
        `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing ` +
        'permissions, or does not support this operation. Please read the Graph API documentation at ' +
        'https://developers.facebook.com/docs/graph-api',
    },
    { status: 404, code: 803, message: `(#803) Object with ID '${id}' not found` },
  );
}

/** The path is none of the graph's. */
export function unknownPath(path: string): GraphError {
  return new GraphError({ status: 400, code: 2500, message: `Unknown path components: ${path}` });
}

/** A field or edge that this kind of node does not have. */
export function unknownField(field: string, nodeType: string): GraphError {
  const message = `(#100) Tried accessing nonexisting field (${field}) on node type (${nodeType})`;
  return new GraphError({ status: 400, code: 100, message });
}

/** A required parameter is absent. */
export function missingParameter(name: string): GraphError {
  return new GraphError(
    { status: 400, code: 100, message: `(#100) The parameter ${name} is required.` },
    { status: 400, code: 100, message: `Missing required parameter: ${name}` },
  );
}

/** A parameter is there but wrong; `problem` begins with its name. */
export function invalidParameter(problem: string): GraphError {
  return new GraphError(
    { status: 400, code: 100, message: `(#100) Invalid parameter: ${problem}` },
    { status: 400, code: 100, message: `Invalid parameter: ${problem}` },
  );
}

/** The caller's kind of token may not do this. */
export function permissionDenied(): GraphError {
  return new GraphError(
    { status: 403, code: 200, message: '(#200) Permissions error' },
    {
      status: 403,
      code: 200,
      subcode: 1349174,
      message: '(#200) Permissions error',
      userTitle: 'Permission Denied',
    },
  );
}

/** The token lacks a permission that the call needs. */
export function scopeMissing(): GraphError {
  const form = { status: 403, code: 200, message: '(#200) Permissions error' };
  return new GraphError(form, { ...form, subcode: 1349176 });
}

/** Something went wrong on the side of Meta. */
export function unknownError(): GraphError {
  return new GraphError({ status: 500, code: 1, message: 'An unknown error occurred' });
}
