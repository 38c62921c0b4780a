import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Fault } from '../fault.ts';
import { breakConnection } from './break-connection.ts';
import { sendHead, sendWhole, type PlainAnswer } from './plain-answer.ts';
import { drip, sendHuge } from './send-slowly.ts';

interface Deps {
  /** Resolves after so many ms of real time. */
  readonly delay: (ms: number) => Promise<void>;
  /** Refuses connections for so many ms of real time; undefined where nothing can. */
  readonly refuse: ((ms: number) => void) | undefined;
}

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

const GATEWAY_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>\n';

/** Sends `answer`, or what the fault makes of it. Resolves once everything is handed over, with `hang` at once. */
export async function sendAnswer(
  { delay, refuse }: Deps,
  { req, res }: Exchange,
  answer: PlainAnswer,
  fault: Fault | undefined,
): Promise<void> {
  const { headers, body } = answer;
  switch (fault?.kind) {
    case undefined:
    case 'error':
    case 'error-in-200':
    case 'throttled': {
      return sendWhole(res, answer);
    }
    case 'slow': {
      await delay(fault.ms);
      return sendWhole(res, answer);
    }
    case 'reset':
    case 'lost': {
      return breakConnection(req.socket);
    }
    case 'refuse': {
      breakConnection(req.socket);
      return refuse?.(fault.ms);
    }
    case 'hang': {
      return undefined;
    }
    case 'drip': {
      return await drip(delay, res, answer, fault.ms);
    }
    case 'huge': {
      return await sendHuge(res, answer, fault.bytes);
    }
    case 'reset-mid-body': {
      const bytes = Buffer.from(body);
      sendHead(res, answer, bytes.length);
      // Cut, not reset: a reset could overtake the half that is to arrive.
      res.write(bytes.subarray(0, bytes.length / 2), () => req.socket.destroy());
      return undefined;
    }
    case 'malformed': {
      return sendWhole(res, { headers, status: 200, body: body.slice(0, Math.ceil(body.length / 2)) });
    }
    case 'html': {
      const page = { ...headers, 'content-type': 'text/html; charset=utf-8' };
      return sendWhole(res, { status: fault.status ?? 502, headers: page, body: GATEWAY_PAGE });
    }
    case 'empty': {
      return sendWhole(res, { headers, status: 200, body: '' });
    }
    case 'truncated-gzip': {
      const whole = gzipSync(body);
      const half = whole.subarray(0, whole.length / 2);
      sendHead(res, { ...answer, headers: { ...headers, 'content-encoding': 'gzip' } }, half.length);
      res.end(half);
      return undefined;
    }
    case 'wrong-type': {
      const type = { ...headers, 'content-type': fault.contentType ?? 'text/plain; charset=utf-8' };
      return sendWhole(res, { ...answer, headers: type });
    }
  }
}

/** What of an answer can be read by the caller. */
interface Readable {
  readonly status: number | undefined;
  readonly errorCode?: number | undefined;
}

/** What is left of an answer's status and error code when it goes out with a fault. */
export function onTheWire({ status, errorCode }: Readable, fault: Fault | undefined): Readable {
  switch (fault?.kind) {
    case 'reset':
    case 'lost':
    case 'refuse':
    case 'hang': {
      return { status: undefined };
    }
    case 'malformed':
    case 'empty': {
      return { status: 200 };
    }
    case 'html': {
      return { status: fault.status ?? 502 };
    }
    default: {
      return { status, errorCode };
    }
  }
}
