import { createHash } from 'node:crypto';
import { Pool, type Dispatcher } from 'undici';
import type { Timer } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { createGivingUp, notMadeError, unlessGone } from './give-up.ts';
import { timeFor, type GraphLimits } from './graph-limits.ts';
import type { Endpoint } from './graph-request.ts';
import { callWithPolicy, type Sent } from './policy/call-with-policy.ts';
import { createClosedTimes } from './policy/closed-times.ts';
import { createRetryBudget } from './policy/retry-budget.ts';
import { quietly } from './quietly.ts';
import { attempt } from './wire/attempt.ts';
import { createSlots } from './wire/slots.ts';
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
  /** Milliseconds UTC. */
  now: () => number;
  /** Milliseconds of a clock that never goes back. */
  monotonic: () => number;
  random: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  timer: Timer;
  /** One that never fails. */
  logger: Logger | undefined;
  /** Called once per version that Meta serves instead of the one that was asked for. */
  onVersionMismatch: ((served: string) => void) | undefined;
}

/** How one call is made. */
export interface CallSettings {
  /** `undefined` for calls that carry their secrets otherwise. A function's time is the call's own. */
  token: string | (() => Promise<string>) | undefined;
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
  const { limits, now, monotonic, random, wait, timer, logger, appSecret } = deps;
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
  const closedTimes = createClosedTimes(monotonic);
  const budget = createRetryBudget({ share: limits.retryShare, most: limits.savedRetries });
  const slots = createSlots(limits.connections);
  const givingUp = createGivingUp();
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
    quietly(() => deps.onVersionMismatch?.(served));
  };

  return {
    async call(endpoint, input, { token, within, signal }) {
      const request = endpoint.request(input);
      const { action } = request;
      const { repeat } = endpoint;
      const time = timeFor(within === undefined ? limits.deadline : within);
      const harmlessTwice = repeat === 'read' || repeat === 'idempotent';
      const notMade = (why: string, sent: Sent) => notMadeError({ action, why, sent, harmlessTwice });
      if (time <= 0) throw notMade('no time was left for it', false);
      const deadline = monotonic() + time;
      return givingUp.during(signal, async (gone) => {
        const goOn = (sent: Sent) => {
          if (closed) throw notMade('the client is closed', sent);
          if (gone.aborted) throw notMade('it was given up', sent);
        };
        goOn(false);
        const used =
          typeof token === 'function' ? await unlessGone(token(), gone, { timer, ms: time }) : token;
        goOn(false);
        const left = deadline - monotonic();
        if (left <= 0 || (used === undefined && token !== undefined)) {
          throw notMade('its token did not come in time', false);
        }
        const wire = wireRequest(address, request, used, appSecret);
        const secrets = [appSecret, ...tokenSecrets(used, appSecret), ...(request.secrets ?? [])];
        return callWithPolicy(
          {
            closedTimes,
            budget,
            now,
            monotonic,
            random,
            settings: { attempts: limits.attempts, base: limits.backoffBase, cap: limits.backoffCap },
            wait: (ms) => unlessGone(wait(ms, gone), gone),
            goOn,
            onRetry: (error, ms) =>
              logger?.debug('a call to Meta is made again', { action, reason: error.reason, waitMs: ms }),
          },
          {
            action,
            repeat,
            limitsOf: { object: objectOf(request.path), path: request.path, token: fingerprint(used) },
            within: left,
          },
          (forOne) =>
            attempt(
              { dispatcher, timer, slots, now, onServedVersion },
              {
                endpoint,
                request,
                wire,
                secrets,
                signal: gone,
                limits: {
                  connect: Math.min(limits.connect, forOne),
                  // A call that cannot be made again gets all the time there is for its one answer.
                  headers: harmlessTwice ? Math.min(limits.headers, forOne) : forOne,
                  body: Math.min(limits.body, forOne),
                  whole: harmlessTwice ? Math.min(limits.attempt, forOne) : forOne,
                  mostBytes: limits.mostBytes,
                },
              },
            ),
        );
      });
    },
    async close() {
      closed = true;
      givingUp.all();
      // A dispatcher that was handed in is closed by whoever made it.
      if (deps.dispatcher === undefined) await dispatcher.destroy();
    },
  };
}

function tokenSecrets(token: string | undefined, appSecret: string): string[] {
  return token === undefined ? [] : [token, appsecretProof(token, appSecret)];
}

/** Tells tokens apart without keeping them. */
function fingerprint(token: string | undefined): string | undefined {
  return token === undefined ? undefined : createHash('sha256').update(token).digest('base64url');
}

const objectOf = (path: string): string | undefined => /^\/(\d+)/.exec(path)?.[1];
