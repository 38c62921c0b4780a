import type { Simulator } from '../../src/index.ts';

/** An answer with its body parsed. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

interface CallOptions {
  readonly token?: string;
  readonly json?: unknown;
  readonly form?: URLSearchParams | FormData;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** Makes a Graph call, given as `METHOD /path?query`, with the token in the header. */
export async function graph(
  { url }: Pick<Simulator, 'url'>,
  request: string,
  { token, json, form, body, headers }: CallOptions = {},
): Promise<Answer> {
  const [method = '', path = ''] = request.split(' ');
  const payload = json === undefined ? (form ?? body ?? null) : JSON.stringify(json);
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: payload,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** Values as a query string, for the end of an address. */
export function queryOf(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(values).toString();
}

/** The value at a path of member names and list positions, or undefined. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}

/** The text at a path; throws when there is none. */
export function text(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  if (typeof found !== 'string') throw new Error(`no text at ${path.join('.')} in ${JSON.stringify(value)}`);
  return found;
}

/** What tests compare of an error answer: status, code and subcode. */
export function errorOf({ status, body }: Answer) {
  return { status, code: at(body, 'error', 'code'), subcode: at(body, 'error', 'error_subcode') };
}
