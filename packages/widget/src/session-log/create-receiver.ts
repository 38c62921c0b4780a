import { parseSessionLog } from './parse-session-log.ts';
import { windowOf } from './window-of.ts';
import type { SessionLogEntry } from './session-log-entry.ts';

/** What is read of a message event. */
export type Message = Pick<MessageEvent, 'origin' | 'data' | 'source'>;

/**
 * Receives the messages of one launch: exact origin first, then the data, then the window. The first window that
 * says something sensible is the popup; a second one is refused for as long as the launch lasts.
 */
export function createReceiver(origins: readonly string[]) {
  let reported = false;
  let popup: unknown;

  return ({ origin, source, data }: Message): SessionLogEntry | undefined => {
    if (!origins.includes(origin)) {
      // Perhaps Meta moved the popup to a new host: then the page's engineer has to be able to find out.
      if (origin.endsWith('.facebook.com') && !reported) {
        reported = true;
        // oxlint-disable-next-line no-console -- nothing of the customer's is in it
        console.warn('embedded-signup: not in dialogOrigins:', origin);
      }
      return undefined;
    }
    const from = windowOf(source);
    // Without one it comes from a window that is closed by now, saying its last word.
    if (popup && from && from !== popup) return undefined;
    const entry = parseSessionLog(data);
    if (entry) popup ??= from;
    return entry;
  };
}
