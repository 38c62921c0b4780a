import type { Problem } from '@embedded-signup-kit/protocol';
import { ServerProblem } from './server-problem.ts';

/** What requests need from their surroundings. */
export interface RequestDeps {
  fetch: typeof fetch;
  setTimeout: (run: () => void, ms: number) => number;
  clearTimeout: (timer: number) => void;
}

/** One request to the signup server. */
export interface ServerRequest {
  url: string;
  /** With a body it is a POST, otherwise a GET. */
  body?: unknown;
  /** Goes out as `Authorization: Bearer …`. */
  session?: string | undefined;
  /** Ends the request. One without a signal is for what must not get lost: it outlives the page. */
  signal?: AbortSignal | undefined;
}

// Nobody waits longer at a spinner; a server that hangs is treated like one that cannot be reached.
const patience = 15_000;

/** Sends a request and returns the JSON of a good answer, or throws a {@link ServerProblem}. */
export async function request(
  deps: RequestDeps,
  { url, body, session, signal }: ServerRequest,
): Promise<unknown> {
  const ender = new AbortController();
  const end = () => ender.abort();
  const timer = deps.setTimeout(end, patience);
  signal?.addEventListener('abort', end);
  try {
    return await processAnswer(
      await deps.fetch(url, {
        method: body ? 'POST' : 'GET',
        credentials: 'include',
        keepalive: !signal,
        signal: ender.signal,
        headers: {
          'content-type': 'application/json',
          ...(session && { authorization: `Bearer ${session}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  } catch (error) {
    throw error instanceof ServerProblem ? error : new ServerProblem('server_unreachable', 0);
  } finally {
    deps.clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

async function processAnswer(answer: Response): Promise<unknown> {
  const { ok, status } = answer;
  // A login page, or a proxy's error page, is no JSON.
  const body: unknown = await answer.json().catch(() => undefined);
  if (ok) return body;
  // What a signup server says of a problem; of anything else, nothing is there.
  const { code, detail, requestId } = Object(body) as Partial<Problem>;
  throw new ServerProblem(
    code ?? (status === 401 ? 'unauthenticated' : 'server_answer_unreadable'),
    status,
    detail,
    requestId,
  );
}
