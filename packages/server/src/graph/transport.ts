import { createHmac } from 'node:crypto';
import { Pool, type Dispatcher } from 'undici';
import { GraphError } from '../ports/graph-error.ts';
import type { Endpoint, GraphRequest } from './graph-request.ts';
import { readError } from './read-error.ts';

/** What the transport is made of. */
export interface TransportDeps {
  /** Such as `https://graph.facebook.com`. */
  graphUrl: string;
  /** Such as `v26.0`. */
  graphVersion: string;
  appSecret: string;
  dispatcher: Dispatcher | undefined;
  now: () => number;
}

/** Sends one call, once: nothing here repeats anything. */
export interface Transport {
  /**
   * @param token `undefined` for calls that carry their secrets otherwise
   * @throws GraphError
   */
  call<Input, Output>(
    endpoint: Endpoint<Input, Output>,
    input: Input,
    token: { value: string; proof: boolean } | undefined,
  ): Promise<Output>;
  close(): Promise<void>;
}

/**
 * Longer than Meta's slowest answers, and shorter than the ten seconds in which a closing process must be done: the answer
 * to a code cannot be asked for twice. Milliseconds.
 */
const timeouts = { connect: 4_000, headers: 8_000, body: 8_000, whole: 8_000 };

/** Far above any answer the kit asks for. */
const mostBytes = 4 * 1024 * 1024;

/** One pool of connections to the one host; no redirects, no pipelining, no other host. */
export function createTransport(deps: TransportDeps): Transport {
  const base = new URL(deps.graphUrl);
  const own =
    deps.dispatcher ??
    new Pool(base.origin, {
      connections: 32,
      pipelining: 1,
      connect: { timeout: timeouts.connect },
      headersTimeout: timeouts.headers,
      bodyTimeout: timeouts.body,
      maxResponseSize: mostBytes,
    });

  return {
    async call(endpoint, input, token) {
      const request = endpoint.request(input);
      const { status, text, usageHeader } = await send(request, token);
      const body = parsedJson(text);
      const isRefusal = typeof body === 'object' && body !== null && 'error' in body;
      if (status < 200 || status > 299 || isRefusal) {
        throw readError({ action: request.action, status, body, usageHeader, now: deps.now() });
      }
      try {
        return endpoint.read(body);
      } catch (cause) {
        throw new GraphError(
          `Meta’s answer to “${request.action}” is not what it documents.`,
          {
            kind: 'unreadable',
            action: request.action,
            status,
          },
          { cause },
        );
      }
    },
    close: () => (deps.dispatcher === undefined ? own.destroy() : Promise.resolve()),
  };

  async function send(
    request: GraphRequest,
    token: { value: string; proof: boolean } | undefined,
  ): Promise<{ status: number; text: string; usageHeader: string | undefined }> {
    const query = new URLSearchParams(request.query);
    if (token?.proof === true) query.set('appsecret_proof', proofOf(token.value, deps.appSecret));
    const path = `${base.pathname.replace(/\/$/, '')}/${deps.graphVersion}${request.path}`;
    try {
      const answer = await own.request({
        origin: base.origin,
        path: query.size > 0 ? `${path}?${query}` : path,
        method: request.method,
        headers: {
          accept: 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token.value}` }),
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        headersTimeout: timeouts.headers,
        bodyTimeout: timeouts.body,
        // An answer that drips in byte by byte resets the other clocks again and again.
        signal: AbortSignal.timeout(timeouts.whole),
      });
      const header = answer.headers['x-business-use-case-usage'];
      return {
        status: answer.statusCode,
        text: await answer.body.text(),
        usageHeader: typeof header === 'string' ? header : undefined,
      };
    } catch (cause) {
      // undici's errors carry no URL and no headers, so they may be the cause.
      throw new GraphError(
        `Meta did not answer when asked to ${request.action}.`,
        {
          kind: 'unreachable',
          action: request.action,
        },
        { cause },
      );
    }
  }
}

/** Proof that a call comes from the app's own server (Meta, "Secure Graph API calls"). */
function proofOf(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
