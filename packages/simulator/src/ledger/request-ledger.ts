import type { TokenKind } from '../world/caller.ts';

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
  /** HTTP status of the answer; undefined when none was sent. */
  readonly status: number | undefined;
  /** `error.code` of the answer. */
  readonly errorCode?: number;
  /** The kind of fault that was played on it. */
  readonly fault?: string;
  /** As in `x-fb-trace-id`. */
  readonly traceId: string;
}

const SECRETS = new Set([
  'access_token',
  'appsecret_proof',
  'client_secret',
  'code',
  'input_token',
  'password',
  'pin',
  'verify_token',
]);

/** A copy in which every secret, at any depth, is `***`. */
export function maskSecrets(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, SECRETS.has(name) ? '***' : maskInside(value)]),
  );
}

function maskInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskInside);
  return typeof value === 'object' && value !== null ? maskSecrets({ ...value }) : value;
}
