import type { TokenKind } from '../world/access/caller.ts';
import { matchesCall, type CallMatch } from './call-match.ts';

/** One Graph call as Meta saw it, secrets masked. */
export interface RecordedRequest {
  /** ms, UTC. */
  readonly at: number;
  readonly method: string;
  /** Without version and query: `/123/register`. */
  readonly path: string;
  /** The version that served it, such as `v26.0`. */
  readonly version: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Which kind of token it carried; the token itself is not kept. */
  readonly token: TokenKind;
  /** HTTP status that went out; undefined when none did. */
  readonly status: number | undefined;
  /** `error.code` of the answer that went out. */
  readonly errorCode?: number;
  /** The kind of fault that was played on it. */
  readonly fault?: string;
  /** Only with a fault: whether Meta carried the call out, whatever the caller was told. */
  readonly done?: boolean;
  /** As in `x-fb-trace-id`. */
  readonly traceId: string;
}

/** Some of the calls in the ledger. */
export interface RequestFilter extends CallMatch {
  /** ms, UTC: only calls at or after this time. */
  readonly since?: number | undefined;
}

/** The Graph calls received, the newest so many of them. */
export interface RequestLedger {
  add(request: RecordedRequest): void;
  /** Oldest first. */
  list(filter?: RequestFilter): RecordedRequest[];
  clear(): void;
}

/** A ledger that keeps the newest `limit` calls; adding one costs the same however many there are. */
export function createRequestLedger({ limit }: { limit: number }): RequestLedger {
  let kept: RecordedRequest[] = [];
  /** Where the oldest call stands once the ledger is full; the next call replaces it. */
  let oldest = 0;
  return {
    add(request) {
      if (kept.length < limit) {
        kept.push(request);
      } else if (limit > 0) {
        kept[oldest] = request;
        oldest = (oldest + 1) % limit;
      }
    },
    list({ since = -Infinity, ...match } = {}) {
      const inOrder = [...kept.slice(oldest), ...kept.slice(0, oldest)];
      return inOrder.filter(({ at, method, path }) => at >= since && matchesCall(match, method, path));
    },
    clear() {
      kept = [];
      oldest = 0;
    },
  };
}
