import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../config/secret.ts';

/** Meta's header: `sha256=` and 64 hexadecimal digits. Meta writes them small; capitals are the same digits. */
const signature = /^sha256=([0-9a-fA-F]{64})$/;

/** Whether a header looks like a signature at all: what does not is refused before its body is read. */
export function looksSigned(header: unknown): boolean {
  return typeof header === 'string' && signature.test(header);
}

/**
 * Whether Meta signed these bytes: an HMAC-SHA256 under the app's secret (Meta, "Create a webhook endpoint"). Compared in
 * constant time, and with every secret, so that the time says nothing about which one it was.
 *
 * @param secrets all secrets of the app that are valid now: two while it is rotated
 * @param header the value of `X-Hub-Signature-256`; anything but one text is no signature
 */
export function isSigned(body: Uint8Array, header: unknown, secrets: readonly Secret[]): boolean {
  const digits = typeof header === 'string' ? signature.exec(header)?.[1] : undefined;
  if (digits === undefined) return false;
  const given = Buffer.from(digits, 'hex');
  return secrets
    .map((secret) => timingSafeEqual(createHmac('sha256', secret.reveal()).update(body).digest(), given))
    .includes(true);
}
