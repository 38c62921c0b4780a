/** One call to Meta, before it has a token. */
export interface GraphRequest {
  /** For people: `register the number`. Goes into errors and logs. */
  action: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** Behind the version, with every id checked: `/123/register`. */
  path: string;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
}

/** A kind of call: how it is asked, and how its answer is read. Both are pure. */
export interface Endpoint<Input, Output> {
  request(input: Input): GraphRequest;
  /** @throws ZodError when the answer is not what Meta documents */
  read(body: unknown): Output;
}

/**
 * An id for a path. Ids come from Meta or through a schema, but a path is built here alone, so it is here that
 * nothing but digits gets in.
 *
 * @throws TypeError when it is anything but 1 to 20 digits
 */
export function idInPath(id: string): string {
  if (!/^[0-9]{1,20}$/.test(id)) throw new TypeError('graph: an id of Meta’s is a string of 1 to 20 digits');
  return id;
}
