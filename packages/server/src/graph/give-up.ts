import type { Timer } from '../ports/clock.ts';
import { graphError } from '../ports/graph-errors.ts';
import type { Sent } from './policy/call-with-policy.ts';

/** Ends calls before their time: all of a client at once, or one by its own signal. */
export interface GivingUp {
  /** Runs a call with a signal of its own, and forgets it afterwards. */
  during<Output>(
    signal: AbortSignal | undefined,
    call: (gone: AbortSignal) => Promise<Output>,
  ): Promise<Output>;
  /** Gives up every call under way. */
  all(): void;
}

/** One signal per call: a common one would hold on to every call that ever was. */
export function createGivingUp(): GivingUp {
  const underWay = new Set<AbortController>();
  return {
    async during(signal, call) {
      const gone = new AbortController();
      const onAbort = () => gone.abort();
      if (signal?.aborted === true) gone.abort();
      signal?.addEventListener('abort', onAbort);
      underWay.add(gone);
      try {
        return await call(gone.signal);
      } finally {
        signal?.removeEventListener('abort', onAbort);
        underWay.delete(gone);
      }
    },
    all() {
      for (const gone of underWay) gone.abort();
    },
  };
}

/** Waits for something, but not after the call is given up, nor longer than so many milliseconds: `undefined` then. */
export async function unlessGone<Value>(
  waited: Promise<Value>,
  gone: AbortSignal,
  limit?: { timer: Timer; ms: number },
): Promise<Value | undefined> {
  if (gone.aborted) {
    waited.catch(() => undefined);
    return undefined;
  }
  const ends: (() => void)[] = [];
  const over = new Promise<undefined>((resolve) => {
    const end = () => resolve(undefined);
    gone.addEventListener('abort', end);
    ends.push(() => gone.removeEventListener('abort', end));
    if (limit === undefined) return;
    const timeout = limit.timer.after(limit.ms, end);
    ends.push(() => timeout.cancel());
  });
  try {
    return await Promise.race([waited, over]);
  } finally {
    for (const end of ends) end();
  }
}

/** A call that did not go out, or not once more. */
export interface NotMade {
  action: string;
  why: string;
  /** Of the attempts before. */
  sent: Sent;
  harmlessTwice: boolean;
}

/** The error of a call that is given up before it is made. */
export function notMadeError({ action, why, sent, harmlessTwice }: NotMade) {
  const again = sent === false ? '' : ' again';
  return graphError(`The call to ${action} was not made${again}: ${why}.`, {
    kind: 'unreachable',
    action,
    sent,
    harmlessTwice,
    advice: sent === false ? 'Nothing was sent.' : undefined,
  });
}
