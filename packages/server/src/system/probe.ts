import { Agent, request } from 'undici';
import type { Timer } from '../ports/clock.ts';
import { ProbeError, type Probe, type ProbeAnswer, type ProbeInput } from '../ports/preflight.ts';

/** Of an answer so much is read; the head of a page is in it. Bytes. */
const mostBytes = 256 * 1024;

/** {@link Probe} over connections of its own. */
export interface Prober {
  probe: Probe;
  /** Ends the connections; calls under way fail. */
  close(): Promise<void>;
}

/** Makes a {@link Prober} on undici, which follows no redirects unless it is told to. */
export function createProber({ timer }: { timer: Timer }): Prober {
  // The deadline of a call is exact; undici's own clock ticks every half second.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  return { probe: (input) => probe(agent, timer, input), close: () => agent.destroy() };
}

function probe(
  agent: Agent,
  timer: Timer,
  { url, method, headers, body, timeoutMs }: ProbeInput,
): Promise<ProbeAnswer> {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const deadline = timer.after(timeoutMs, () => {
      reject(new ProbeError('TIMEOUT'));
      over.abort();
    });
    const call = async (): Promise<ProbeAnswer> => {
      const answer = await request(url, {
        dispatcher: agent,
        method,
        headers: { accept: '*/*', 'user-agent': 'embedded-signup-kit-doctor', ...headers },
        signal: over.signal,
        ...(body === undefined ? {} : { body }),
      });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= mostBytes) break;
      }
      return {
        status: answer.statusCode,
        headers: joined(answer.headers),
        body: Buffer.concat(chunks).toString('utf8'),
      };
    };
    call()
      .then(resolve, (error: unknown) => reject(new ProbeError(codeOf(error))))
      .finally(() => deadline.cancel());
  });
}

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

/** Node's or undici's own word for an error, or its class. Messages can hold addresses. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'CONNECTION_FAILED';
  const words = ['code' in error ? error.code : undefined, error.name];
  const word = words.find((one) => typeof one === 'string' && /^[A-Za-z][A-Za-z0-9_]{1,60}$/.test(one));
  return typeof word === 'string' ? word : 'CONNECTION_FAILED';
}
