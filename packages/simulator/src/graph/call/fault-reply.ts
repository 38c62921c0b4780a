import type { Fault, FaultError, ThrottledFault } from '../../faults/fault.ts';
import { accountUsageHeaders, appUsageHeaders } from '../../limits/usage-headers.ts';
import type { Settings } from '../../settings/settings.ts';
import { GraphError } from '../errors/graph-error.ts';
import { limitReached } from '../errors/throttle-errors.ts';
import { errorReply, type Reply } from './reply.ts';

interface Deps {
  readonly settings: Settings;
  readonly traceId: string;
  /** The account, or other object, that a throttle is about. */
  readonly object: string;
}

const UNKNOWN_ERROR: FaultError = { code: 1, message: 'An unknown error occurred' };

/**
 * What is sent instead of the true reply, for faults that say something of their own. `done` is the true reply where
 * the work was done; where it was not, faults that only spoil an answer spoil a plain success.
 */
export function replyWithFault(deps: Deps, fault: Fault | undefined, done: Reply | undefined): Reply {
  const { settings, traceId } = deps;
  const { profile } = settings;
  switch (fault?.kind) {
    case 'error': {
      const { status, error, headers } = fault;
      return errorReply({ profile, traceId }, scriptedError(status, error), headers);
    }
    case 'error-in-200': {
      return errorReply({ profile, traceId }, scriptedError(200, fault.error ?? UNKNOWN_ERROR));
    }
    case 'throttled': {
      return throttledReply(deps, fault);
    }
    default: {
      return done ?? { status: 200, headers: {}, body: { success: true } };
    }
  }
}

function throttledReply({ settings, traceId, object }: Deps, fault: ThrottledFault): Reply {
  const { profile, assumptions } = settings;
  const { code = assumptions.accountLimitCode, regainMinutes } = fault;
  const { usage = code >= 1000 ? 'account' : 'app' } = fault;
  const full = { percent: 100, regainMinutes };
  return errorReply({ profile, traceId }, limitReached(code, assumptions), {
    ...(usage !== 'none' && usage !== 'app' && accountUsageHeaders(object, full)),
    ...(usage !== 'none' && usage !== 'account' && appUsageHeaders(full)),
  });
}

function scriptedError(status: number, error: FaultError): GraphError {
  const { code, message, type, error_subcode: subcode, is_transient: isTransient } = error;
  const { error_user_title: userTitle, error_user_msg: userMessage, details } = error;
  const form = { status, code, message, type, subcode, isTransient };
  return new GraphError({
    ...form,
    ...(userTitle !== undefined && { userTitle }),
    ...(userMessage !== undefined && { userMessage }),
    ...(details !== undefined && { details }),
  });
}
