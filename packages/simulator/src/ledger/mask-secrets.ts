const SECRETS = new Set([
  'access_token',
  'appsecret_proof',
  'client_secret',
  'code',
  'fb_exchange_token',
  'input_token',
  'password',
  'pin',
  'verify_token',
]);

/** A copy in which every secret, at any depth, is `***`; JSON sent as text in a query or form is read for it. */
export function maskSecrets(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isSecret(name) ? '***' : maskInside(value)]),
  );
}

// `backup[password]` is how some clients write a member of an object in a form.
function isSecret(name: string): boolean {
  return SECRETS.has(name) || (name.includes('[') && name.split(/[[\]]/).some((part) => SECRETS.has(part)));
}

function maskInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskInside);
  if (typeof value === 'string') return /^\s*[{[]/.test(value) ? maskJsonText(value) : value;
  return typeof value === 'object' && value !== null ? maskSecrets({ ...value }) : value;
}

function maskJsonText(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Broken JSON cannot be searched for secrets, so nothing is kept that names one.
    return [...SECRETS].some((name) => text.includes(name)) ? '***' : text;
  }
  return JSON.stringify(maskInside(value));
}
