import type { Dispatcher } from 'undici';
import type { Timer } from '../../ports/clock.ts';
import type { GraphError } from '../../ports/graph-error.ts';
import { graphError } from '../../ports/graph-errors.ts';
import type { Endpoint, GraphRequest, Meaning } from '../graph-request.ts';
import { readError, type ReadFailure } from '../read-error.ts';
import { readUsage, type Usage } from '../usage-headers.ts';
import { readBody } from './read-body.ts';
import type { Slots } from './slots.ts';
import { sendOnce, SendFailure, type AttemptLimits, type WireAnswer } from './send-once.ts';
import type { WireRequest } from './wire-request.ts';

/** What came of one attempt. */
export type Outcome<Output> = {
  /** What the answer's headers said; `undefined` without an answer. */
  usage: Usage | undefined;
} & ({ value: Output } | { error: GraphError; limitOf: Meaning['limitOf']; wait: ReadFailure['wait'] });

/** What an attempt is made of. */
export interface AttemptDeps {
  dispatcher: Dispatcher;
  timer: Timer;
  slots: Slots;
  now: () => number;
  /** Called with every answer's `facebook-api-version`. */
  onServedVersion: (version: string) => void;
}

/** One call as it goes out, and what has to be known to read its answer. */
export interface AttemptCall<Output> {
  endpoint: Pick<Endpoint<never, Output>, 'repeat' | 'read' | 'meaning'>;
  request: GraphRequest;
  wire: WireRequest;
  /** Everything of the call that must not be seen. */
  secrets: readonly string[];
  limits: AttemptLimits;
  signal: AbortSignal | undefined;
}

/** Sends a call once. Nothing here repeats anything, and nothing here throws what came from outside. */
export async function attempt<Output>(
  deps: AttemptDeps,
  call: AttemptCall<Output>,
): Promise<Outcome<Output>> {
  const { action } = call.request;
  const { repeat } = call.endpoint;
  const harmlessTwice = repeat === 'read' || repeat === 'idempotent';
  try {
    return await readAnswer(deps, call, await sendOnce(deps, call.wire, call.limits, call.signal));
  } catch (failure) {
    if (!(failure instanceof SendFailure)) throw failure;
    const { sent, tooLarge, message: why } = failure;
    const options = { cause: new Error(why) };
    if (tooLarge) {
      const error = graphError(
        `Meta’s answer to “${action}” is too large.`,
        { kind: 'unreadable', action, sent: true },
        options,
      );
      return { error, limitOf: undefined, wait: undefined, usage: undefined };
    }
    const error = graphError(
      sent === false
        ? `Meta was not reached to ${action} (${why}).`
        : `Meta did not answer when asked to ${action} (${why}).`,
      {
        kind: 'unreachable',
        action,
        sent,
        harmlessTwice,
        advice: sent === false ? 'Nothing was sent: check the network, and try again.' : undefined,
      },
      options,
    );
    return { error, limitOf: undefined, wait: undefined, usage: undefined };
  }
}

async function readAnswer<Output>(
  { now, onServedVersion }: AttemptDeps,
  { endpoint, request, secrets, limits }: AttemptCall<Output>,
  answer: WireAnswer,
): Promise<Outcome<Output>> {
  const { action } = request;
  const { status, headers } = answer;
  const served = headers['facebook-api-version'];
  if (typeof served === 'string') onServedVersion(served);
  const usage = readUsage(headers, now());
  const body = await readBody(answer, limits.mostBytes);
  const isRefusal = isObject(body) && 'error' in body && isObject(body.error);
  if (status < 200 || status > 299 || isRefusal) {
    const failure = readError({
      action,
      status,
      body,
      usage,
      now: now(),
      repeat: endpoint.repeat,
      secrets,
      meaningHere: endpoint.meaning,
    });
    return { ...failure, usage };
  }
  try {
    return { value: endpoint.read(body), usage };
  } catch (cause) {
    const error = graphError(
      `Meta’s answer to “${action}” is not what it documents.`,
      { kind: 'unreadable', action, status, sent: true },
      { cause: new Error(placesOf(cause)) },
    );
    return { error, limitOf: undefined, wait: undefined, usage };
  }
}

/** `"error": null` beside a success is no refusal. */
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Where an answer is not as documented, without what stands there: the answer may hold a token. */
function placesOf(cause: unknown): string {
  if (!(cause instanceof Error) || !('issues' in cause) || !Array.isArray(cause.issues)) {
    return 'the answer could not be read';
  }
  const places = cause.issues.map((issue: { path?: unknown; code?: unknown }) => {
    const path = Array.isArray(issue.path) ? issue.path.map(String).join('.') : '';
    return `${path || 'the answer'}: ${String(issue.code)}`;
  });
  return places.slice(0, 10).join('; ');
}
