const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The origins Meta's popup speaks from; exact, because `endsWith('facebook.com')` also takes `evilfacebook.com`. */
export const metaDialogOrigins = ['https://www.facebook.com', 'https://web.facebook.com'] as const;

/** Whether a text is an exact origin that may be trusted: https, or http on this very machine. */
export function isTrustworthyOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin !== origin) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
}

/** Whether an address may be fetched or loaded from: https, or http on this very machine. */
export function isTrustworthyUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return isTrustworthyOrigin(url.origin) && url.username === '' && url.password === '';
}

/** Whether calls can be put behind an address: it has no parameters, and no version such as `v26.0` in its path. */
export function isBaseAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { pathname, search, hash } = new URL(address);
  return /^(\/[\w-]+)*\/?$/.test(pathname) && search === '' && hash === '' && !address.endsWith('#');
}
