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

/** Deeper values are not kept: nothing of Meta's is nested like that. */
const DEEPEST = 20;

/** A copy in which every secret, at any depth, is `***`; JSON sent as text in a query or form is read for it. */
export function maskSecrets(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return maskMembers(values, 0);
}

/** A path in which what looks like a token or a code of Meta's is `***`. */
export function maskPath(path: string): string {
  return path.replace(/(EAA|AQ)[\w-]{20,}/g, '***');
}

function maskMembers(values: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      maskName(name),
      isSecret(name) ? '***' : maskInside(value, depth + 1),
    ]),
  );
}

// JSON sent without its content type is read as a form with one name: the whole of it.
function maskName(name: string): string {
  return /^\s*[{[]/.test(name) && namesSecret(name) ? '***' : name;
}

// `backup[password]` is how some clients write a member of an object in a form; others err in case or blanks.
function isSecret(name: string): boolean {
  const words = name.toLowerCase().split(/[[\]]/);
  return words.some((word) => SECRETS.has(word.trim()));
}

function namesSecret(text: string): boolean {
  return [...SECRETS].some((name) => text.toLowerCase().includes(name));
}

function maskInside(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) return '…';
  if (Array.isArray(value)) return value.map((item: unknown) => maskInside(item, depth + 1));
  if (typeof value === 'string') return /^\s*[{[]/.test(value) ? maskJsonText(value, depth) : value;
  return typeof value === 'object' && value !== null ? maskMembers(value, depth) : value;
}

function maskJsonText(text: string, depth: number): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Broken JSON cannot be searched for secrets, so nothing is kept that names one.
    return namesSecret(text) ? '***' : text;
  }
  return JSON.stringify(maskInside(value, depth + 1));
}
