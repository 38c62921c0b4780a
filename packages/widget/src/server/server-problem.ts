import type { ProblemCode } from '@embedded-signup-kit/protocol';

/** Why a request came to nothing, when the server itself said nothing that could be read. */
export type TransportCode = 'server_unreachable' | 'server_answer_unreadable';

/** A request to the signup server that failed. */
export class ServerProblem extends Error {
  /** Stable; match on this. A newer server may send codes that are not listed yet. */
  readonly code: ProblemCode | TransportCode;
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Stands in the server's log. */
  readonly reference: string | undefined;

  constructor(code: ServerProblem['code'], status: number, detail?: string, requestId?: string) {
    super(detail ?? code);
    this.code = code;
    this.status = status;
    this.reference = requestId;
  }

  /** Whether the server said no. Otherwise the same request may do better later. */
  get final(): boolean {
    return /^4(?!08|29)/.test(`${this.status}`);
  }
}
