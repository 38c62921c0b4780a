import type { ServerResponse } from 'node:http';
import type { RecordedRequest } from '../ledger/request-ledger.ts';

/** Measures how long callers wait for their answers. */
export interface AnswerTimes {
  /** A request has come. */
  arrived(res: ServerResponse): void;
  /** It was a Graph call, and is about to be answered, or not. */
  recorded(request: RecordedRequest, res: ServerResponse): void;
}

/** Tells about each recorded call with the ms of real time from its coming until its connection is done with it; at once when no answer goes out. */
export function timeAnswers(
  onAnswer: (request: RecordedRequest, ms: number) => void,
  measure: () => number,
): AnswerTimes {
  const arrivals = new WeakMap<ServerResponse, number>();
  return {
    arrived(res) {
      arrivals.set(res, measure());
    },
    recorded(request, res) {
      const startedAt = arrivals.get(res) ?? measure();
      const tell = () => onAnswer(request, measure() - startedAt);
      // A call without an answer may hang for ever, and whoever made another may have gone away before it was there.
      if (request.status === undefined || res.closed) tell();
      else res.once('close', tell);
    },
  };
}
