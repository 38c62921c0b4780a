import { request } from 'node:http';
import type { CurlCommand } from './curl-command.ts';

/** An answer with its body parsed. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const BOUNDARY = '------------------------d74496d66958873e';

/** Makes the call of a command as curl does: bodies on any method, forms in parts, and nothing that was not asked for. */
export async function sendCommand({ method, url, headers, data, parts }: CurlCommand): Promise<Answer> {
  const body = parts.length > 0 ? multipart(parts) : data;
  const type =
    parts.length > 0 ? `multipart/form-data; boundary=${BOUNDARY}` : 'application/x-www-form-urlencoded';
  const sent: Record<string, string> = {
    'User-Agent': 'curl/8.5.0',
    Accept: '*/*',
    ...(body !== undefined && { 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(body)) }),
    ...Object.fromEntries(headers),
  };
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers: sent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString()) });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

function multipart(parts: readonly string[]): string {
  const written = parts.map((part) => {
    const [name = '', ...value] = part.split('=');
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value.join('=')}\r\n`;
  });
  return `${written.join('')}--${BOUNDARY}--\r\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
