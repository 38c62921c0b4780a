import type { Request } from 'express';
import { WebhookRefusedError } from '../webhook/webhook-refused-error.ts';

/**
 * The bytes of a request's body: read here, or as a parser before us kept them.
 *
 * @param most bytes; what is longer is refused without being read to its end
 * @throws WebhookRefusedError when a parser has taken the bytes away, and when there are too many
 */
export async function rawBodyOf(req: Request, most: number): Promise<Uint8Array> {
  const kept: unknown = Reflect.get(req, 'rawBody');
  if (kept instanceof Uint8Array) return kept;
  const parsed: unknown = req.body;
  if (parsed instanceof Uint8Array) return parsed;
  if (req.readableDidRead || req.readableEnded) throw new WebhookRefusedError('raw_body_missing');
  if (Number(req.headers['content-length'] ?? 0) > most) throw new WebhookRefusedError('body_too_large');
  return read(req, most);
}

function read(req: Request, most: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const stop = () => {
      req.off('data', take).off('end', end).off('close', broken).off('error', broken);
    };
    const take = (chunk: Uint8Array) => {
      length += chunk.byteLength;
      chunks.push(chunk);
      if (length <= most) return;
      stop();
      // Nothing more is taken in: the connection ends with the answer.
      req.pause();
      reject(new WebhookRefusedError('body_too_large'));
    };
    const end = () => {
      stop();
      resolve(Buffer.concat(chunks, length));
    };
    const broken = () => {
      stop();
      reject(new WebhookRefusedError('webhook_malformed'));
    };
    req.on('data', take).on('end', end).on('close', broken).on('error', broken);
  });
}
