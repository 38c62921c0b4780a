import { parseSessionLog } from './parse-session-log.ts';
import type { SessionLogEntry } from './session-log-entry.ts';

/** What is read of a message event. */
export type Message = Pick<MessageEvent, 'origin' | 'data' | 'source'>;

/** What one launch needs to tell its own messages from others. */
export interface ReceiverOptions {
  /** The exact origins that are believed. */
  origins: readonly string[];
  /** Is told the origin, and nothing else, of a Facebook page that is not in the set. */
  report: (origin: string) => void;
}

/**
 * Receives the messages of one launch: exact origin first, then the data, then the window. The first window that
 * says something sensible is the popup; a second one is refused for as long as the launch lasts.
 */
export function createReceiver({ origins, report }: ReceiverOptions) {
  const allowed = new Set(origins);
  const reported = new Set<string>();
  let popup: Message['source'] = null;

  return (message: Message): SessionLogEntry | undefined => {
    const { origin, source } = message;
    if (!allowed.has(origin)) {
      // Perhaps Meta moved the popup to a new host: then the operator has to be able to find out.
      if (/^https:\/\/[a-z0-9.-]{1,100}\.facebook\.com$/.test(origin) && !reported.has(origin)) {
        reported.add(origin);
        report(origin);
      }
      return undefined;
    }
    if (popup && source !== popup) return undefined;
    const entry = parseSessionLog(message.data);
    if (entry) popup ??= source;
    return entry;
  };
}
