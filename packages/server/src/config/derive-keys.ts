import { createHash, hkdfSync } from 'node:crypto';
import type { Secret } from './secret.ts';

/** A key of one purpose, with the name that tokens and sealed texts carry. */
export interface NamedKey {
  /** Says which secret it came from without giving it away. */
  kid: string;
  /** 32 bytes. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** What a key is for. Keys of two purposes have nothing in common but their secret. */
export type KeyPurpose = 'sessions' | 'data' | 'marks';

/**
 * Derives one 32-byte key per secret for a purpose (HKDF-SHA256), in the order of the secrets: the first one
 * signs and seals, all of them verify and open.
 */
export function deriveKeys(secrets: readonly Secret[], purpose: KeyPurpose): NamedKey[] {
  return secrets.map((secret) => {
    const bytes = new Uint8Array(
      hkdfSync('sha256', secret.reveal(), 'embedded-signup-kit', `embedded-signup-kit/${purpose}/1`, 32),
    );
    const kid = createHash('sha256').update('kid').update(bytes).digest('base64url').slice(0, 12);
    return { kid, bytes };
  });
}
