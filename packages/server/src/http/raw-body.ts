import { isUint8Array } from 'node:util/types';
import type { Request } from 'express';
import type { Timer } from '../ports/clock.ts';
import { looksSigned } from '../webhook/verify-signature.ts';
import { WebhookRefusedError } from '../webhook/webhook-refused-error.ts';
import { arrivingBodies, wasTaken } from './arriving-body.ts';

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
  const read = arrivingBodies({ most, timer, tooLarge: () => new WebhookRefusedError('body_too_large') });
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
    return read(req);
  };
}
