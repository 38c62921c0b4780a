import type { ResolvedOptions } from '../config/resolve-options.ts';
import type { Clock } from '../ports/clock.ts';
import { PostError, type PostJson } from '../ports/post-json.ts';
import type { Delivery } from './delivery.ts';
import { signEvent } from './sign-event.ts';

/** Delivers to the host's address, signed. Only an answer of 2xx says that the event arrived. */
export function postEvent({
  events,
  post,
  clock,
  timeoutMs,
}: {
  events: ResolvedOptions['events'];
  post: PostJson;
  clock: Clock;
  timeoutMs: number;
}): Delivery {
  if (events === undefined) return () => Promise.resolve('no_destination');
  const { url, secrets } = events;
  const sign = signEvent(secrets);
  return async (event) => {
    const body = JSON.stringify(event);
    const headers = sign({ id: event.id, at: clock.now(), body });
    try {
      const { status } = await post({ url, headers, body, timeoutMs });
      return status >= 200 && status < 300 ? undefined : `HTTP ${status}`;
    } catch (error) {
      return error instanceof PostError ? error.message : 'PostError';
    }
  };
}
