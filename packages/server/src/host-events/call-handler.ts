import type { HostHandlers } from '../config/options.ts';
import type { Timer } from '../ports/clock.ts';
import type { HostEvent } from '../ports/host-events.ts';
import type { Delivery } from './delivery.ts';

/** Delivers to the host's own functions. What they throw, or that they never end, is a word and nothing more. */
export function callHandler({
  on,
  timer,
  timeoutMs,
}: {
  on: HostHandlers;
  timer: Timer;
  timeoutMs: number;
}): Delivery {
  return (event) =>
    new Promise((resolve) => {
      // The event is of the type that this one is for.
      const handler = on[event.type] as ((event: HostEvent) => unknown) | undefined;
      if (handler === undefined) {
        resolve('no_destination');
        return;
      }
      const limit = timer.after(timeoutMs, () => resolve('too_slow'));
      // A copy: what the handler does to it is not done to the lease. In a function, so that a throw is a rejection.
      const call = async () => void (await handler(structuredClone(event)));
      void call()
        .then(
          () => resolve(undefined),
          (error: unknown) => resolve(nameOf(error)),
        )
        .finally(() => limit.cancel());
    });
}

/** The class of what was thrown. Its message is the host's own and stays there; a name that is no name is none. */
function nameOf(error: unknown): string {
  try {
    if (!(error instanceof Error)) return error === null ? 'null' : typeof error;
    const { name } = error;
    return typeof name === 'string' && /^[A-Za-z_$][\w$]{0,63}$/.test(name) ? name : 'Error';
  } catch {
    // Looking at it throws as well.
    return 'Error';
  }
}
