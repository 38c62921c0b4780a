import type { Json } from '../../json.ts';
import type { ErrorProfile } from '../../settings/settings.ts';
import { unknownError } from '../errors/general-errors.ts';
import { challengeHeader, errorBody, GraphError } from '../errors/graph-error.ts';

/** An answer ready to be sent. */
export interface Reply {
  readonly status: number;
  /** Besides those that every answer has; names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  readonly errorCode?: number;
}

interface Deps {
  readonly profile: ErrorProfile;
  readonly traceId: string;
}

/**
 * Does the work and makes a reply of its result or its GraphError. The work may add headers, which go out with
 * either. A defect of the simulator's own becomes Meta's unknown error, and a warning of this process.
 */
export function replyTo(deps: Deps, work: (headers: Record<string, string>) => Json): Reply {
  const headers: Record<string, string> = {};
  try {
    return { status: 200, headers, body: work(headers) };
  } catch (error) {
    if (error instanceof GraphError) return errorReply(deps, error, headers);
    process.emitWarning(error instanceof Error ? error : String(error));
    return errorReply(deps, unknownError(), headers);
  }
}

/** The reply of a failure. */
export function errorReply(
  { profile, traceId }: Deps,
  error: GraphError,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const form = error.forms[profile];
  const challenge = challengeHeader(form);
  return {
    status: form.status,
    headers: { ...headers, ...(challenge !== undefined && { 'www-authenticate': challenge }) },
    body: errorBody(form, traceId),
    errorCode: form.code,
  };
}
