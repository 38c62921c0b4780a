/** Long enough for a sentence of Meta's. */
const mostChars = 500;

/** A text of Meta's without what was secret in the call, in any spelling that an address or JSON gives it. */
export function maskSecrets(text: string | undefined, secrets: readonly string[]): string | undefined {
  if (text === undefined) return undefined;
  let masked = text;
  // The longest first: a secret can be a part of another one.
  const spellings = secrets.flatMap(spellingsOf).sort((one, other) => other.length - one.length);
  for (const secret of spellings) masked = masked.replaceAll(secret, '[secret]');
  return masked.slice(0, mostChars);
}

function spellingsOf(secret: string): string[] {
  if (secret === '') return [];
  // Half a character pair cannot be spelled in an address; the other half would throw here, after the call was paid for.
  const inAddress = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\u{fffd}'));
  return [
    secret,
    inAddress,
    inAddress.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
  ];
}
