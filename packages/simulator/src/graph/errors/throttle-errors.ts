import type { Assumptions } from '../../settings/assumptions.ts';
import type { ThrottleCode } from '../../faults/fault.ts';
import { GraphError } from './graph-error.ts';

/**
 * The app has made too many calls of one kind: code 4. Live bodies carry it with HTTP 400, the OpenAPI description
 * with 429 and subcode 2446079; `throttledStatus` is the switch for the live profile.
 */
export function tooManyCalls({ throttledStatus }: Pick<Assumptions, 'throttledStatus'>): GraphError {
  const message = '(#4) Application request limit reached';
  return new GraphError(
    { status: throttledStatus, code: 4, message, isTransient: true, challenge: 'invalid_request' },
    { status: 429, code: 4, subcode: 2446079, message, isTransient: true },
  );
}

const ACCOUNT_MESSAGE =
  'There have been too many calls to this WhatsApp Business account. Wait a bit and try again. For more info, please ' +
  'refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.';

// Titles, subcodes and statuses are those of the error codes pages and the OpenAPI description.
const REFUSALS: Readonly<
  Record<Exclude<ThrottleCode, 4>, { message: string; subcode?: number; openapiStatus?: number }>
> = {
  17: { message: 'User request limit reached', subcode: 2446079 },
  32: { message: 'Page request limit reached' },
  613: { message: 'Calls to this api have exceeded the rate limit.', openapiStatus: 422 },
  80007: { message: 'Rate limit issues' },
  80008: { message: ACCOUNT_MESSAGE },
  130429: { message: 'Rate limit hit', subcode: 2494055 },
};

/** A limit was reached; which one decides the code: 4, 17, 32, 613, 80007, 80008 or 130429. */
export function limitReached(
  code: ThrottleCode,
  { throttledStatus }: Pick<Assumptions, 'throttledStatus'>,
): GraphError {
  if (code === 4) return tooManyCalls({ throttledStatus });
  const { message, subcode, openapiStatus = 429 } = REFUSALS[code];
  const failure = { code, subcode, message: `(#${code}) ${message}` };
  return new GraphError({ ...failure, status: throttledStatus }, { ...failure, status: openapiStatus });
}
