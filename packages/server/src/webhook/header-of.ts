import type { IncomingHttpHeaders } from 'node:http';

/** Headers of a request, as Node, Express or `fetch` have them. */
export type WebhookHeaders = IncomingHttpHeaders | Headers | Readonly<Record<string, unknown>>;

/**
 * The value of a header, whatever its letters' case. A header that is there twice is a list, as for Node: neither of the two
 * is to be believed.
 *
 * @param name in small letters
 */
export function headerOf(headers: WebhookHeaders, name: string): unknown {
  // By its method: hosts bring classes of their own, and copies of fetch's.
  if (hasGet(headers)) return headers.get(name) ?? undefined;
  const keys = Object.keys(headers).filter((key) => key.toLowerCase() === name);
  const values = keys.map((key): unknown => Reflect.get(headers, key));
  return values.length > 1 ? values : values[0];
}

function hasGet(headers: WebhookHeaders): headers is Headers {
  return typeof Reflect.get(headers, 'get') === 'function';
}
