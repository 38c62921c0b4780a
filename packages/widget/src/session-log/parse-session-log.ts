import { ownValue } from './own-value.ts';
import { readFinishData } from './read-finish-data.ts';
import { readTroubleData } from './read-trouble-data.ts';
import type { SessionLogEntry } from './session-log-entry.ts';

const longestMessage = 8192;

/**
 * Reads the data of a message event. `undefined` for everything that is no entry of the session log, such as
 * the Facebook SDK's own traffic, which shares the origin. Never throws. The caller has checked the origin.
 */
export function parseSessionLog(raw: unknown): SessionLogEntry | undefined {
  try {
    const message: unknown = typeof raw === 'string' && raw.length <= longestMessage ? JSON.parse(raw) : raw;
    return ownValue(message, 'type') === 'WA_EMBEDDED_SIGNUP' ? readEntry(message) : undefined;
  } catch {
    // Text that is not JSON. It is not reported either: SDK messages can hold the login code.
    return undefined;
  }
}

function readEntry(message: unknown): SessionLogEntry | undefined {
  const event = ownValue(message, 'event');
  if (typeof event !== 'string' || !/^\w{1,80}$/.test(event)) return undefined;
  const data = ownValue(message, 'data');
  if (event === 'FINISH' || event.startsWith('FINISH_')) {
    return { kind: 'finish', said: { event, data: readFinishData(data) } };
  }
  const trouble = readTroubleData(message, data);
  const said = { event, data: trouble };
  if (event !== 'CANCEL' && event !== 'ERROR') return { kind: 'other', said };
  // A reported error arrives as CANCEL with an error code today, and as ERROR from older versions.
  const failed = event === 'ERROR' || trouble.error_code || trouble.error_id || trouble.error_message;
  return { kind: failed ? 'error' : 'cancel', said };
}
