import { ownValue } from './own-value.ts';
import type { TroubleData } from './session-log-entry.ts';

const keys = ['current_step', 'error_code', 'error_id', 'error_message', 'session_id', 'timestamp'] as const;
// As long as the server takes them: a long text is cut, so that the event is not refused for it.
const longest = 300;

/** Step, error code, message and Meta's session id: from `data`, or from beside it, where some flows put them. */
export function readTroubleData(message: unknown, data: unknown): TroubleData {
  const trouble: TroubleData = {};
  for (const key of keys) {
    const value = ownValue(data, key) ?? ownValue(message, key);
    // Meta sends codes and times as numbers or as text.
    if (typeof value === 'string' || typeof value === 'number') trouble[key] = `${value}`.slice(0, longest);
  }
  return trouble;
}
