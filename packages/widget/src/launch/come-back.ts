import type { KeptLaunch } from './kept-launch.ts';

/** What a page finds when Meta sent the customer back to it. */
export interface Return {
  /** The login code; empty when the customer left Meta's page without finishing. */
  code: string;
  /** What the exchange of the code has to repeat. */
  redirectUri: string;
}

// What Meta may have added to the address, by the pages on Facebook Login (read 2026-11).
const added = ['code', 'state', 'error', 'error_code', 'error_reason', 'error_description', 'error_message'];

/**
 * Reads what Meta added to the page's address, and takes it out again, so that the code stays neither in the history nor
 * in a referrer. Once, and only for a launch that left this very page: another log-in's `code` is none of our business.
 */
export function comeBack({ redirectUri, settled }: KeptLaunch): Return | undefined {
  const address = new URL(location.href);
  const { searchParams: said } = address;
  const code = said.get('code');
  if (settled || redirectUri !== address.origin + address.pathname) return undefined;
  if (code === null && !said.has('error')) return undefined;
  for (const name of added) said.delete(name);
  // Facebook ends the address with it; nobody else does.
  if (address.hash === '#_=_') address.hash = '';
  history.replaceState(history.state, '', address);
  return { code: code ?? '', redirectUri };
}
