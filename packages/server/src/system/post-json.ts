import { Agent, request } from 'undici';
import type { Timer } from '../ports/clock.ts';
import { PostError, type PostJson, type PostJsonInput } from '../ports/post-json.ts';

/** As many as events are delivered at once: none waits here behind a slow one. */
const connections = 16;

/** Less than a whole call has, so that one which cannot connect is over before its time is. Milliseconds. */
const connectWithin = 10_000;

/** Bytes of an answer that are read, so that its connection can be used again. More ends the connection. */
const mostBytes = 64 * 1024;

/** {@link PostJson} over connections of its own. */
export interface JsonPoster {
  post: PostJson;
  /** Ends the connections; calls under way fail. */
  close(): Promise<void>;
}

/** Makes a {@link JsonPoster} on undici. */
export function createPostJson({ timer }: { timer: Timer }): JsonPoster {
  const agent = new Agent({
    connections,
    pipelining: 1,
    connect: { timeout: connectWithin },
    // The deadline below is exact; undici's own clock ticks every half second.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    post: (input) => post(agent, timer, input),
    close: () => agent.destroy(),
  };
}

function post(
  agent: Agent,
  timer: Timer,
  { url, headers, body, timeoutMs }: PostJsonInput,
): Promise<{ status: number }> {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    let status: number | undefined;
    const end = (why: string) => {
      deadline.cancel();
      // The answer was there; that the rest of it broke off or took too long changes nothing.
      if (status !== undefined) resolve({ status });
      else reject(new PostError(why));
    };
    // undici hears a signal only once a call has a connection, so nobody waits for undici here.
    const deadline = timer.after(timeoutMs, () => {
      end('TIMEOUT');
      over.abort();
    });
    const send = async () => {
      const answer = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'embedded-signup-kit' },
        body,
        signal: over.signal,
      });
      status = answer.statusCode;
      await answer.body.dump({ limit: mostBytes });
    };
    send().then(
      () => end('NO_ANSWER'),
      (error: unknown) => end(codeOf(error)),
    );
  });
}

/** Node's or undici's own word for an error, or its class. Messages can hold addresses and pieces of answers. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'CONNECTION_FAILED';
  const words = ['code' in error ? error.code : undefined, error.name];
  const word = words.find((one) => typeof one === 'string' && /^[A-Za-z][A-Za-z0-9_]{1,60}$/.test(one));
  return typeof word === 'string' ? word : 'CONNECTION_FAILED';
}
