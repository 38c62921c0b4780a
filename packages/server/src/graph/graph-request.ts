import type { GraphErrorKind } from '../ports/graph-error-kind.ts';

/**
 * What a repeated call would cost.
 *
 * - `read` — nothing
 * - `idempotent` — nothing: doing it twice is doing it once
 * - `costly` — something is added, sent or paid a second time
 * - `counted` — an attempt: Meta counts every one that reaches it, whatever its outcome
 * - `code` — the code works once
 */
export type CallClass = 'read' | 'idempotent' | 'costly' | 'counted' | 'code';

/** One call to Meta, before it has a token. */
export interface GraphRequest {
  /** For people: `register the number`. Goes into errors and logs. */
  action: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** Behind the version, with every id checked: `/123/register`. */
  path: string;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  /** What of this call is secret beside its token: masked wherever Meta repeats it. */
  secrets?: readonly string[];
}

/** Meta's refusal, as far as it could be read. */
export interface Refusal {
  status: number;
  code: number | undefined;
  subcode: number | undefined;
  /** Meta's sentences; they are looked at, and never shown. */
  words: string;
}

/** A kind of call: how it is asked, and how its answer is read. Both are pure. */
export interface Endpoint<Input, Output> {
  repeat: CallClass;
  /** @throws TypeError when an id is none: nothing is sent then */
  request(input: Input): GraphRequest;
  /** @throws Error when the answer is not what Meta documents */
  read(body: unknown): Output;
  /** What a code that means many things means here. `undefined`: what it means everywhere. */
  meaning?(refusal: Refusal): Meaning | undefined;
}

/** What an error code means. */
export interface Meaning {
  kind: GraphErrorKind;
  /** How long Meta wants to be left alone, milliseconds, when no header says it more exactly. */
  waitMs?: number;
  /**
   * What is over its limit: every call of it has to wait. `account`: the object, and the account that it belongs to; `call`:
   * this one call of the object.
   */
  limitOf?: 'app' | 'token' | 'object' | 'account' | 'call';
  /** What to do next, where the sentence of the kind is not enough. */
  advice?: string;
}

/**
 * An id for a path or a parameter. Ids come from Meta or through a schema, but calls are built here alone, so it is here
 * that nothing but digits gets in.
 *
 * @throws TypeError when it is anything but 1 to 20 digits
 */
export function metaId(id: string): string {
  // The type is a promise that callers without types do not keep: a number would already have lost digits.
  if (typeof id !== 'string' || !/^[0-9]{1,20}$/.test(id)) {
    throw new TypeError('graph: an id of Meta’s is a string of 1 to 20 digits; nothing was sent');
  }
  return id;
}
