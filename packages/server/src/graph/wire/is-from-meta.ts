import type { Exchange } from '../../ports/preflight.ts';

/**
 * Whether an answer is Meta's, as far as it can be told: by a header that only Meta sends, or, where something in between
 * took the headers away, by the shape of Graph's JSON. Any web server answers 404, so a status says nothing.
 */
export function isFromMeta({
  status,
  headers,
  body,
}: Pick<Exchange, 'status' | 'headers' | 'body'>): boolean {
  if (Object.keys(headers).some((name) => name === 'facebook-api-version' || name.startsWith('x-fb-'))) {
    return true;
  }
  const answer = jsonOf(body);
  if (!isObject(answer)) return false;
  if ('error' in answer) return isObject(answer.error) && 'code' in answer.error && hasTrace(answer.error);
  if (status < 200 || status > 299) return false;
  return ('data' in answer && isObject(answer.data)) || ('id' in answer && isId(answer.id));
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const hasTrace = (error: object): boolean =>
  'fbtrace_id' in error && typeof error.fbtrace_id === 'string' && error.fbtrace_id !== '';
/** A number where it stands without quotes; its digits do not matter here. */
const isId = (id: unknown): boolean => /^\d{1,20}$/.test(String(id));

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
