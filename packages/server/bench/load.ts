import autocannon from 'autocannon';

/** What one run gave. */
export interface Load {
  perSecond: number;
  /** Milliseconds. */
  p99: number;
  /** Answers with a 2xx status. */
  accepted: number;
  /** Other answers, and requests without one. */
  failed: number;
}

/** Sends one request after another on each connection, for a while. */
export async function loadWith(
  url: string,
  requests: Iterator<{ path: string; session: string; body: string }>,
  { seconds, connections }: { seconds: number; connections: number },
): Promise<Load> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        setupRequest: (request) => {
          const next = requests.next();
          if (next.done === true) throw new Error('the requests of the bench are used up');
          const { path, session, body } = next.value;
          return {
            ...request,
            method: 'POST',
            path,
            body,
            headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` },
          };
        },
      },
    ],
  });
  return {
    perSecond: result['2xx'] / result.duration,
    p99: result.latency.p99,
    accepted: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts,
  };
}

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
