import type { Message } from './create-receiver.ts';

/** A launch that waits for messages. */
export interface Listener {
  /** Meta's window, when it is known; its frames are its own. */
  popup?: unknown;
  take: (message: Message) => void;
}

// One for the page, whatever number of elements waits: each message costs every listener of a page.
const waiting: Listener[] = [];

function hear(message: MessageEvent): void {
  const { source } = message;
  // Of a window that has just closed, nothing can be read; what it said last is still to be heard.
  const top = source && 'top' in source ? source.top : null;
  const its = waiting.find(({ popup }) => popup && (popup === source || popup === top));
  // A window that nobody knows: after a reload, or one that the SDK opened in a way of its own.
  (its ?? waiting.findLast(({ popup }) => !popup || !top))?.take(message);
}

/** Listens until `signal` ends. The page has a listener only as long as somebody waits. */
export function listen(listener: Listener, signal: AbortSignal): void {
  if (signal.aborted) return;
  waiting.push(listener);
  window.addEventListener('message', hear);
  signal.addEventListener('abort', () => {
    const place = waiting.indexOf(listener);
    if (place >= 0) waiting.splice(place, 1);
    if (waiting.length === 0) window.removeEventListener('message', hear);
  });
}
