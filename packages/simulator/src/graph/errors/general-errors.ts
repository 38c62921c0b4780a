import { GraphError } from './graph-error.ts';

const TOKEN_FLAWS = {
  missing: { message: 'An access token is required to request this resource.' },
  unknown: { message: 'Invalid OAuth access token - Cannot parse access token' },
  expired: { message: 'Error validating access token: Session has expired.', subcode: 463 },
} as const;

/** The token is missing, unknown, expired or malformed: 190, HTTP 401 in both profiles. */
export function tokenRefused(flaw: keyof typeof TOKEN_FLAWS): GraphError {
  return new GraphError({ status: 401, code: 190, challenge: 'invalid_token', ...TOKEN_FLAWS[flaw] });
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
