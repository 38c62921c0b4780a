import { Socket } from 'node:net';
import type { Request } from 'express';
import { second } from '../domain/durations.ts';
import type { Timer } from '../ports/clock.ts';
import { HttpProblem } from './http-problem.ts';

/** How long a body may take to arrive. Milliseconds. */
const mostTime = 30 * second;

/** How much the bodies that are arriving may take together: a stranger can begin to send as many as they like. Bytes. */
const mostTogether = 32 * 1024 * 1024;

/** What a reader of bodies is made of. */
export interface ArrivingBodiesDeps {
  /** Bytes of one body; what is longer is refused without being read to its end. */
  most: number;
  timer: Timer;
  tooLarge: () => Error;
}

/**
 * Reads the bytes of bodies that nobody has read yet.
 *
 * @throws HttpProblem when they do not arrive, or when too many others arrive at the same time, and what `tooLarge` makes
 */
export function arrivingBodies(deps: ArrivingBodiesDeps): (req: Request) => Promise<Uint8Array> {
  const arriving = { bytes: 0 };
  return async (req) => {
    if (Number(req.headers['content-length'] ?? 0) > deps.most) throw deps.tooLarge();
    return read(req, { ...deps, arriving });
  };
}

/**
 * Whether a parser has had the body. Not by what is in `req.body`: Express 4’s parsers put an empty object there when they
 * leave the body alone.
 */
export function wasTaken(req: Request): boolean {
  return req.readableDidRead || req.readableEnded || req.readableEncoding !== null;
}

function read(
  req: Request,
  { most, timer, tooLarge, arriving }: ArrivingBodiesDeps & { arriving: { bytes: number } },
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
      if (length > most) refuse(tooLarge());
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
