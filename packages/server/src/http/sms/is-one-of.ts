import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../config/secret.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether a text is one of the secrets. In constant time, whatever their lengths and whichever it is. */
export function isOneOf(secrets: readonly Secret[], given: string | undefined): boolean {
  if (given === undefined) return false;
  const wanted = digest(given);
  return secrets.map((secret) => timingSafeEqual(digest(secret.reveal()), wanted)).includes(true);
}

/** Whether two signatures are the same bytes. In constant time. */
export function isSame(given: Buffer, wanted: Buffer): boolean {
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** What stands in `Authorization: Bearer …`. */
export function bearerIn(header: string | undefined): string | undefined {
  return /^Bearer +([^\s,]+)\s*$/i.exec(header ?? '')?.[1];
}
