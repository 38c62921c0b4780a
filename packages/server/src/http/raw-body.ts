import { Socket } from 'node:net';
import { isUint8Array } from 'node:util/types';
import type { Request } from 'express';
import { second } from '../domain/durations.ts';
import type { Timer } from '../ports/clock.ts';
import { looksSigned } from '../webhook/verify-signature.ts';
import { WebhookRefusedError } from '../webhook/webhook-refused-error.ts';
import { HttpProblem } from './http-problem.ts';

/** How long a body may take to arrive. Milliseconds. */
const mostTime = 30 * second;

/** How much the bodies that are arriving may take together: a stranger can begin to send as many as they like. Bytes. */
const mostTogether = 32 * 1024 * 1024;

/** What a reader of bodies is made of. */
export interface RawBodyDeps {
  /** Bytes of one body; what is longer is refused without being read to its end. */
  most: number;
  timer: Timer;
}

/**
 * Reads the bytes of requests' bodies, or takes them as a parser before us kept them. Our own reader, because Express's would
 * go on to the end of what is too long.
 *
 * @throws WebhookRefusedError when a parser has taken the bytes away, when they are too many or not the ones that were signed
 * @throws HttpProblem when they do not arrive, or when too many others arrive at the same time
 */
export function rawBodies({ most, timer }: RawBodyDeps): (req: Request) => Promise<Uint8Array> {
  const arriving = { bytes: 0 };
  return async (req) => {
    const encoding = req.headers['content-encoding'] ?? '';
    if (!/^(identity)?$/i.test(encoding)) throw new WebhookRefusedError('encoding_unsupported');
    const kept: unknown = Reflect.get(req, 'rawBody');
    if (isUint8Array(kept)) return kept;
    const parsed: unknown = req.body;
    if (isUint8Array(parsed)) return parsed;
    if (wasTaken(req)) throw new WebhookRefusedError('raw_body_missing');
    if (Number(req.headers['content-length'] ?? 0) > most) throw new WebhookRefusedError('body_too_large');
    if (!looksSigned(req.headers['x-hub-signature-256'])) throw new WebhookRefusedError('signature_invalid');
    return read(req, { most, timer, arriving });
  };
}

/** Not by what is in `req.body`: Express 4's parsers put an empty object there when they leave the body alone. */
function wasTaken(req: Request): boolean {
  return req.readableDidRead || req.readableEnded || req.readableEncoding !== null;
}

function read(
  req: Request,
  { most, timer, arriving }: RawBodyDeps & { arriving: { bytes: number } },
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const stop = () => {
      limit.cancel();
      arriving.bytes -= length;
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
      arriving.bytes += chunk.byteLength;
      if (length > most) refuse(new WebhookRefusedError('body_too_large'));
      else if (arriving.bytes > mostTogether)
        refuse(new HttpProblem('too_busy', 'Send it again in a moment.'));
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
