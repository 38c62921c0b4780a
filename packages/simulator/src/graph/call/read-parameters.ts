import { isJsonObject } from '../../json.ts';
import { invalidParameter } from '../errors/general-errors.ts';

/** The body of a call, as it came. */
export interface CallBody {
  readonly method: string;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

/**
 * Reads the parameters in a body. Meta's pages send urlencoded and multipart forms, JSON, and (pre-verified
 * numbers guide) JSON as text/plain. A body on GET is ignored: Meta's own samples send `{}`.
 * Throws GraphError 100 when the body cannot be read.
 */
export async function readBody({
  method,
  contentType = '',
  bytes,
}: CallBody): Promise<Record<string, unknown>> {
  if (method === 'GET' || bytes.length === 0) return {};
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase();
  if (mediaType === 'multipart/form-data') return await readMultipart(bytes, contentType);
  const text = new TextDecoder().decode(bytes);
  if (mediaType === 'application/json' || mediaType === 'text/plain') return readJson(text);
  return Object.fromEntries(new URLSearchParams(text));
}

async function readMultipart(bytes: Uint8Array, contentType: string): Promise<Record<string, unknown>> {
  try {
    // A copy, because a Buffer may share memory that Response does not take.
    const response = new Response(Uint8Array.from(bytes), { headers: { 'content-type': contentType } });
    const form = await response.formData();
    return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  } catch (cause) {
    throw Object.assign(invalidParameter('the multipart body could not be read'), { cause });
  }
}

function readJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw Object.assign(invalidParameter('the body is not JSON'), { cause });
  }
  if (!isJsonObject(value)) throw invalidParameter('the body must be a JSON object');
  return value;
}
