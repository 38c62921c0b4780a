import { isRecord, ownValue } from '../own-value.ts';
import { readFinishData } from './read-finish-data.ts';
import { readTroubleData } from './read-trouble-data.ts';
import type { SessionLogEntry } from './session-log-entry.ts';

const marker = 'WA_EMBEDDED_SIGNUP';
const longestMessage = 8192;

/**
 * Reads the data of a message event. `undefined` for everything that is no entry of the session log, such as
 * the Facebook SDK's own traffic, which shares the origin. Never throws. The caller has checked the origin.
 */
export function parseSessionLog(raw: unknown): SessionLogEntry | undefined {
  try {
    const message = typeof raw === 'string' ? parseText(raw) : raw;
    return isRecord(message) && ownValue(message, 'type') === marker ? readEntry(message) : undefined;
  } catch {
    // Text that is not JSON. It is not reported either: SDK messages can hold the login code.
    return undefined;
  }
}

function parseText(text: string): unknown {
  return text.length <= longestMessage && text.includes(marker) ? JSON.parse(text) : undefined;
}

function readEntry(message: object): SessionLogEntry | undefined {
  const event = ownValue(message, 'event');
  if (typeof event !== 'string' || !/^\w{1,80}$/.test(event)) return undefined;
  const found = ownValue(message, 'data');
  const data = isRecord(found) ? found : {};
  if (/^FINISH(_[A-Z0-9_]+)?$/.test(event)) return { kind: 'finish', event, data: readFinishData(data) };
  const trouble = readTroubleData(message, data);
  // A reported error arrives as CANCEL with an error code today, and as ERROR from older versions.
  const failed = event === 'ERROR' || trouble.error_code || trouble.error_id || trouble.error_message;
  const kind = !/^(CANCEL|ERROR)$/.test(event) ? 'other' : failed ? 'error' : 'cancel';
  return { kind, event, data: trouble };
}
