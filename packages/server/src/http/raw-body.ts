import { Socket } from 'node:net';
import { isUint8Array } from 'node:util/types';
import type { Request } from 'express';
import { second } from '../domain/durations.ts';
import type { Timer } from '../ports/clock.ts';
import { WebhookRefusedError } from '../webhook/webhook-refused-error.ts';
import { HttpProblem } from './http-problem.ts';

/** How long a body may take to arrive. Milliseconds. */
const mostTime = 30 * second;

/**
 * The bytes of a request's body: read here, or as a parser before us kept them. Our own reader, because Express's would go on
 * to the end of what is too long.
 *
 * @param limits.most bytes; what is longer is refused without being read to its end
 * @throws WebhookRefusedError when a parser has taken the bytes away, when they are too many or not the ones that were signed
 * @throws HttpProblem when they do not arrive
 */
export async function rawBodyOf(req: Request, limits: { most: number; timer: Timer }): Promise<Uint8Array> {
  const encoding = req.headers['content-encoding'] ?? '';
  if (!/^(identity)?$/i.test(encoding)) throw new WebhookRefusedError('encoding_unsupported');
  const kept: unknown = Reflect.get(req, 'rawBody');
  if (isUint8Array(kept)) return kept;
  const parsed: unknown = req.body;
  if (isUint8Array(parsed)) return parsed;
  if (wasTaken(req)) throw new WebhookRefusedError('raw_body_missing');
  if (Number(req.headers['content-length'] ?? 0) > limits.most)
    throw new WebhookRefusedError('body_too_large');
  return read(req, limits);
}

/** Not by what is in `req.body`: Express 4's parsers put an empty object there when they leave the body alone. */
function wasTaken(req: Request): boolean {
  return req.readableDidRead || req.readableEnded || req.readableEncoding !== null;
}

function read(req: Request, { most, timer }: { most: number; timer: Timer }): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const stop = () => {
      limit.cancel();
      req.off('data', take).off('end', end).off('close', broken).off('error', broken);
    };
    const refuse = (error: Error) => {
      stop();
      // Nothing more is taken in: the connection ends with the answer. The stream would still ask for one piece more, so the
      // connection is paused once it has asked.
      req.pause();
      queueMicrotask(() => {
        if (req.socket instanceof Socket) req.socket.pause();
      });
      reject(error);
    };
    const take = (chunk: Uint8Array) => {
      length += chunk.byteLength;
      if (length > most) refuse(new WebhookRefusedError('body_too_large'));
      else chunks.push(chunk);
    };
    const end = () => {
      stop();
      resolve(Buffer.concat(chunks, length));
    };
    const broken = () =>
      refuse(new HttpProblem('invalid_request', 'The body did not arrive whole. Send it again.'));
    const limit = timer.after(mostTime, () =>
      refuse(new HttpProblem('body_too_slow', 'Send the body within 30 seconds.')),
    );
    req.on('data', take).on('end', end).on('close', broken).on('error', broken);
    // Who has hung up already says so no more.
    if (req.destroyed) broken();
  });
}
