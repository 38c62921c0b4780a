import type { webcrypto } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import type { NamedKey } from '../config/derive-keys.ts';
import type { Cipher } from '../ports/cipher.ts';

/** A sealed text that does not open: altered, moved from another cell, or sealed with a secret that is gone. */
export class CipherError extends Error {
  override readonly name = 'CipherError';
  readonly code = 'cipher_failed';
}

/**
 * Seals with JWE (`dir`, A256GCM). The cell is part of the protected header, which A256GCM authenticates, so a
 * text copied into another row or column does not open there. The first key seals; all keys open. Keys are imported
 * once, because that costs more than the encryption itself.
 */
export async function createJoseCipher(keys: readonly NamedKey[]): Promise<Cipher> {
  const imported = await Promise.all(
    keys.map(async ({ kid, bytes }) => ({ kid, key: await importKey(bytes) })),
  );
  const [current] = imported;
  if (current === undefined) throw new TypeError('createJoseCipher: needs at least one key');
  const byKid = new Map(imported.map(({ kid, key }) => [kid, key]));
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  return {
    seal: (plain, context) =>
      new CompactEncrypt(encoder.encode(plain))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: current.kid, cell: context })
        .encrypt(current.key),

    async open(sealed, context) {
      try {
        const { plaintext, protectedHeader } = await compactDecrypt(
          sealed,
          (header) => {
            const key = byKid.get(String(header.kid));
            if (key === undefined) throw new Error('its key is not among the secrets');
            return key;
          },
          { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
        );
        if (protectedHeader['cell'] !== context) throw new Error('it was sealed for another cell');
        return decoder.decode(plaintext);
      } catch (cause) {
        throw new CipherError(
          `The cipher cannot open ${context}: put the secret it was sealed with back into \`secrets\`.`,
          { cause },
        );
      }
    },

    keyOf(sealed) {
      const kid = kidOf(sealed);
      return { kid, isNewest: kid === current.kid };
    },
  };
}

/** The name of a text's key, from its header, which anybody can read. */
function kidOf(sealed: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(sealed);
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}

function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<webcrypto.CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
