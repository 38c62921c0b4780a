import { createHash } from 'node:crypto';
import { Pool, type Dispatcher } from 'undici';
import type { Timer } from '../ports/clock.ts';
import { graphError } from '../ports/graph-errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Endpoint } from './graph-request.ts';
import type { GraphLimits } from './graph-limits.ts';
import { callWithPolicy } from './policy/call-with-policy.ts';
import { createClosedTimes } from './policy/closed-times.ts';
import { createRetryBudget } from './policy/retry-budget.ts';
import { attempt } from './wire/attempt.ts';
import { appsecretProof, graphAddress, wireRequest } from './wire/wire-request.ts';

/** What calls to Meta are made of. */
export interface CallerDeps {
  /** Such as `https://graph.facebook.com`. */
  graphUrl: string;
  /** Such as `v26.0`. */
  graphVersion: string;
  appSecret: string;
  /** Instead of the client's own pool of connections. */
  dispatcher: Dispatcher | undefined;
  limits: GraphLimits;
  now: () => number;
  random: () => number;
  wait: (ms: number) => Promise<void>;
  timer: Timer;
  logger: Logger | undefined;
  /** Called once per version that Meta serves instead of the one that was asked for. */
  onVersionMismatch: ((served: string) => void) | undefined;
}

/** How one call is made. */
export interface CallSettings {
  /** `undefined` for calls that carry their secrets otherwise. */
  token: string | undefined;
  /** For all attempts together, milliseconds. */
  within?: number | undefined;
  /** Gives the call up. */
  signal?: AbortSignal | undefined;
}

/** Makes calls, as often as the policy of their class allows. */
export interface Caller {
  /**
   * @throws GraphError
   * @throws TypeError, RangeError when the input cannot be sent; nothing was sent then
   */
  call<Input, Output>(
    endpoint: Endpoint<Input, Output>,
    input: Input,
    settings: CallSettings,
  ): Promise<Output>;
  /** Calls under way fail as `unreachable`. */
  close(): Promise<void>;
}

/** One pool of connections to the one host; no redirects, no pipelining, no other host. */
export function createCaller(deps: CallerDeps): Caller {
  const { limits, now, random, wait, timer, logger, appSecret } = deps;
  const address = graphAddress(deps.graphUrl, deps.graphVersion);
  const dispatcher =
    deps.dispatcher ??
    new Pool(address.origin, {
      connections: limits.connections,
      pipelining: 1,
      connect: { timeout: limits.connect },
      // Counted in send-once.ts, exactly; undici's own clock ticks every half second.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  const closedTimes = createClosedTimes(now);
  const budget = createRetryBudget({ share: limits.retryShare, most: limits.savedRetries });
  const known = new Set([deps.graphVersion]);
  let closed = false;

  const onServedVersion = (served: string) => {
    if (known.has(served) || !/^v\d{1,3}\.\d{1,2}$/.test(served)) return;
    known.add(served);
    // Meta serves an old version's calls by the oldest usable one, without an error ("Versions").
    logger?.warn('Meta serves another Graph version than the one asked for', {
      asked: deps.graphVersion,
      served,
    });
    try {
      deps.onVersionMismatch?.(served);
    } catch {
      // What a listener throws must not turn an answer, of a call that was paid for, into a failure.
    }
  };

  return {
    async call(endpoint, input, { token, within = limits.deadline, signal }) {
      const request = endpoint.request(input);
      const wire = wireRequest(address, request, token, appSecret);
      const { action } = request;
      const { repeat } = endpoint;
      const secrets = [appSecret, ...tokenSecrets(token, appSecret), ...(request.secrets ?? [])];
      let tried = false;
      // A call that cannot be made again gets all the time there is for its one answer.
      const mayComeAgain = repeat === 'read' || repeat === 'idempotent';
      return callWithPolicy(
        {
          closedTimes,
          budget,
          now,
          random,
          settings: { attempts: limits.attempts, base: limits.backoffBase, cap: limits.backoffCap },
          wait: (ms) => waitOrAbort(wait(ms), signal),
          onRetry: (error, ms) =>
            logger?.debug('a call to Meta is made again', { action, reason: error.reason, waitMs: ms }),
        },
        { action, repeat, limitsOf: { object: objectOf(request.path), token: fingerprint(token) }, within },
        async (left) => {
          if (closed) throw notMade(action, 'the client is closed', tried);
          if (signal?.aborted === true) throw notMade(action, 'it was given up', tried);
          tried = true;
          return attempt(
            { dispatcher, timer, now, onServedVersion },
            {
              endpoint,
              request,
              wire,
              secrets,
              signal,
              limits: {
                connect: Math.min(limits.connect, left),
                headers: mayComeAgain ? Math.min(limits.headers, left) : left,
                body: Math.min(limits.body, left),
                whole: mayComeAgain ? Math.min(limits.attempt, left) : left,
                mostBytes: limits.mostBytes,
              },
            },
          );
        },
      );
    },
    async close() {
      closed = true;
      // A dispatcher that was handed in is closed by whoever made it.
      if (deps.dispatcher === undefined) await dispatcher.destroy();
    },
  };
}

function notMade(action: string, why: string, tried: boolean) {
  return graphError(`The call to ${action} was not made${tried ? ' again' : ''}: ${why}.`, {
    kind: 'unreachable',
    action,
    sent: tried ? 'unknown' : false,
    advice: tried ? undefined : 'Nothing was sent.',
  });
}

function tokenSecrets(token: string | undefined, appSecret: string): string[] {
  return token === undefined ? [] : [token, appsecretProof(token, appSecret)];
}

/** Tells tokens apart without keeping them. */
function fingerprint(token: string | undefined): string | undefined {
  return token === undefined ? undefined : createHash('sha256').update(token).digest('base64url');
}

const objectOf = (path: string): string | undefined => /^\/(\d+)/.exec(path)?.[1];

/** Ends with the wait, or when the caller gives up. */
async function waitOrAbort(waited: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return waited;
  if (signal.aborted) return undefined;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<void>((resolve) => {
    onAbort = resolve;
    signal.addEventListener('abort', onAbort);
  });
  try {
    await Promise.race([waited, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
  return undefined;
}
