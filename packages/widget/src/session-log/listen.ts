import type { Message } from './create-receiver.ts';
import { windowOf } from './window-of.ts';

/** A launch that waits for messages. */
export interface Listener {
  /** Meta's window, when it is known; its frames are its own. */
  popup?: Pick<Window, 'closed'> | undefined;
  take: (message: Message) => void;
}

// One for the page, whatever number of elements waits: each message costs every listener of a page.
const waiting: Listener[] = [];

function hear(message: MessageEvent): void {
  const from = windowOf(message.source);
  const its = from ? waiting.find(({ popup }) => popup === from) : undefined;
  // A window that nobody knows: after a reload, or one that the SDK opened in a way of its own.
  const unknown = waiting.findLast(({ popup }) => !popup);
  // The last word of a window that has just closed, of which nothing more can be read.
  const closed = from ? undefined : (waiting.findLast(({ popup }) => popup?.closed) ?? waiting.at(-1));
  (its ?? unknown ?? closed)?.take(message);
}

/** Listens until `signal` ends. The page has a listener only as long as somebody waits. */
export function listen(listener: Listener, signal: AbortSignal): void {
  if (signal.aborted) return;
  waiting.push(listener);
  window.addEventListener('message', hear);
  signal.addEventListener('abort', () => {
    waiting.splice(waiting.indexOf(listener), 1);
    if (waiting.length === 0) window.removeEventListener('message', hear);
  });
}
