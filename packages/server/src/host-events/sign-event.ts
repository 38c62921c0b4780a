import { createHmac } from 'node:crypto';
import type { Secret } from '../config/secret.ts';

/** What is signed. */
export interface SignedContent {
  /** The event's id: the same in every delivery. */
  id: string;
  /** When this delivery goes out, milliseconds UTC. Whoever gets it refuses what is too old. */
  at: number;
  /** The text as it is sent. */
  body: string;
}

/** Makes the headers of one delivery. */
export type SignEvent = (content: SignedContent) => Record<string, string>;

/**
 * Signs as Standard Webhooks says (https://www.standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, one signature
 * for each secret, so that a secret can be changed while both sides run.
 *
 * @param secrets the current one first. `whsec_` and base64 is decoded, any other text is taken as it is
 * @throws TypeError when a secret begins with `whsec_` and is not base64 of 24 bytes or more
 */
export function signEvent(secrets: readonly Secret[]): SignEvent {
  const keys = secrets.map(keyOf);
  return ({ id, at, body }) => {
    const timestamp = String(Math.floor(at / 1000));
    const content = `${id}.${timestamp}.${body}`;
    const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`);
    return {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatures.join(' '),
    };
  };
}

const prefix = 'whsec_';
const leastBytes = 24;

function keyOf(secret: Secret): Buffer {
  const text = secret.reveal();
  if (!text.startsWith(prefix)) return Buffer.from(text, 'utf8');
  const encoded = text.slice(prefix.length);
  const key = Buffer.from(encoded, 'base64');
  // Node reads over what is not base64; the other side may not, and would have another key.
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || key.length < leastBytes) {
    throw new TypeError(
      'events.secret: behind whsec_ there must be base64 of 24 bytes or more; make one with: echo whsec_$(openssl rand -base64 32)',
    );
  }
  return key;
}
