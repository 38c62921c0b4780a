import type { InboxMessage } from '../world/codes/one-time-code.ts';
import type { World } from '../world/world.ts';

/** A one-time code went to a phone: which phone, how and when, not the code. */
export type SentCode = Pick<InboxMessage, 'to' | 'method' | 'sentAt'>;

/** Tells about the codes sent since it was called last; call it after anything that may have sent one. */
export function watchInbox(world: World, onCode: (sent: SentCode) => void): () => void {
  let seen = world.inbox.length;
  return () => {
    const { length } = world.inbox;
    // A reset has emptied it.
    seen = Math.min(seen, length);
    const fresh = world.inbox.slice(seen);
    // First, because whoever is told may look around here, and so call this again.
    seen = length;
    for (const { to, method, sentAt } of fresh) onCode({ to, method, sentAt });
  };
}
