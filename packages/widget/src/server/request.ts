import type { Problem } from '@embedded-signup-kit/protocol';
import type { SignupProblem } from '../launch/signup-problem.ts';

/** A request that came to nothing. */
export interface Failure {
  problem: SignupProblem;
  /** There is no point in asking again at once. */
  final: boolean;
  /** The signup server itself said no, and would say so again: not a proxy, and not for want of a log-in. */
  refused: boolean;
}

/** What came of a request. */
export type Result<Answer> = { answer: Answer; problem?: undefined } | Failure;

/** One request to the signup server. */
export interface ServerRequest<Answer> {
  /** Where the host mounted the signup server: a path or an address. */
  base: string;
  path: string;
  /** What a good answer has. Only tells a signup server from something else at the address, such as a login page. */
  expected?: keyof Answer;
  /** With a body it is a POST, otherwise a GET. */
  body?: unknown;
  /** Goes out as `Authorization: Bearer …`. */
  session?: string | undefined;
  /** Ends the request. One without a signal is for what must not get lost: it outlives the page. */
  signal?: AbortSignal | undefined;
}

// Nobody waits longer at a spinner; a server that hangs is treated like one that cannot be reached.
const patience = 15_000;

/** Sends a request to the signup server; it never throws. */
export async function request<Answer>(
  fetch: typeof globalThis.fetch,
  { base, path, expected, body, session, signal }: ServerRequest<Answer>,
): Promise<Result<Answer>> {
  const ender = new AbortController();
  const end = () => ender.abort();
  const timer = setTimeout(end, patience);
  signal?.addEventListener('abort', end);
  try {
    const ended = new Promise<never>((_, reject) => ender.signal.addEventListener('abort', reject));
    const asked = fetch(base.replace(/\/*$/, path), {
      method: body ? 'POST' : 'GET',
      credentials: 'include',
      keepalive: !signal,
      signal: ender.signal,
      headers: {
        'content-type': 'application/json',
        ...(session && { authorization: `Bearer ${session}` }),
      },
      body: JSON.stringify(body),
    });
    // A function of the page's own may not pass the signal on.
    const answer = await Promise.race([asked, ended]);
    const said: unknown = await Promise.race([answer.json().catch(() => undefined), ended]);
    // What a signup server says is believed, since the page trusts it with its customers anyway.
    if (answer.ok && expected && expected in Object(said)) return { answer: said as Answer };
    return failure(answer.status, said);
  } catch {
    return { problem: { code: 'server_unreachable' }, final: false, refused: false };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

function failure(status: number, said: unknown): Failure {
  // What a signup server says of a problem; of anything else, nothing is there.
  const { code, detail, requestId } = Object(said) as Partial<Problem>;
  const final = status < 500 && status !== 408 && status !== 429;
  return {
    problem: {
      code: code ?? (status === 401 ? 'unauthenticated' : 'server_answer_unreadable'),
      message: detail,
      reference: requestId,
    },
    final,
    refused: final && code !== undefined && code !== 'unauthenticated',
  };
}
