/** Throws TypeError for an address that no request can be sent to. */
export function requireCallback(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new TypeError('url must be an address that begins with http:// or https://');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new TypeError('url must not contain a user name or password');
  }
}
