import { expect } from 'vitest';

/** A secret as it could leak: plain, in base64, in hex, in a URL. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
  ];
}

/** None of the secrets is in the text, in whichever way it is written. */
export function expectNoneOf(secrets: readonly string[], text: string) {
  const leaked = secrets.flatMap(spellings).filter((spelling) => text.includes(spelling));
  expect(leaked).toEqual([]);
}
