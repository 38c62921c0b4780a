import type { Fault, ScriptedFault } from '../../faults/fault-script.ts';
import { bodyOf, oneOf, optional, text, wholeNumber } from './json-readers.ts';

/** Reads a list of `{match, times?, fault}`. Throws TypeError. */
export function readFaults(value: unknown): ScriptedFault[] {
  if (!Array.isArray(value)) throw new TypeError('the faults must be a list');
  return value.map((item: unknown) => {
    const body = bodyOf(item, ['match', 'times', 'fault']);
    const match = bodyOf(body['match'] ?? {}, ['method', 'path']);
    return {
      match: { method: optional('method', match, text), path: optional('path', match, text) },
      times: optional('times', body, wholeNumber),
      fault: readFault(body['fault']),
    };
  });
}

function readFault(value: unknown): Fault {
  const body = bodyOf(value, ['kind', 'status', 'error', 'ms']);
  const kind = oneOf(['error', 'reset', 'lost', 'slow'])('kind', body['kind']);
  if (kind === 'slow') return { kind, ms: wholeNumber('ms', body['ms']) };
  if (kind !== 'error') return { kind };
  const error = bodyOf(body['error'], ['code', 'message', 'error_subcode', 'type', 'is_transient']);
  return {
    kind,
    status: wholeNumber('status', body['status']),
    error: {
      code: wholeNumber('code', error['code']),
      message: text('message', error['message'] ?? 'Simulated error'),
      error_subcode: optional('error_subcode', error, wholeNumber),
      type: optional('type', error, text),
      is_transient: error['is_transient'] === undefined ? undefined : error['is_transient'] === true,
    },
  };
}
