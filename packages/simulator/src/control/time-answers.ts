import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestListener, ServerResponse } from 'node:http';
import type { RecordedRequest } from '../ledger/request-ledger.ts';

/** Measures how long callers wait for their answers. */
export interface AnswerTiming {
  /** The same listener; what it does for a request is known as such to `recorded`. */
  around(listener: RequestListener): RequestListener;
  /** Takes a call while it is being answered. */
  recorded(request: RecordedRequest): void;
}

interface Exchange {
  readonly res: ServerResponse;
  readonly startedAt: number;
}

/** Tells about each recorded call with the ms of real time from its coming until its connection is done with it; at once when no answer goes out. */
export function timeAnswers(
  onAnswer: (request: RecordedRequest, ms: number) => void,
  measure = () => performance.now(),
): AnswerTiming {
  const exchanges = new AsyncLocalStorage<Exchange>();
  return {
    around: (listener) => (req, res) =>
      exchanges.run({ res, startedAt: measure() }, () => listener(req, res)),
    recorded(request) {
      const exchange = exchanges.getStore();
      if (exchange === undefined) return;
      const { res, startedAt } = exchange;
      const tell = () => onAnswer(request, measure() - startedAt);
      // A call without an answer may hang for ever, and whoever made another may have gone away before it was there.
      if (request.status === undefined || res.closed) tell();
      else res.once('close', tell);
    },
  };
}
