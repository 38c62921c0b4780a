import type { Request } from 'express';

/**
 * The address that was called, as Express sees it: behind a proxy only when the host's `trust proxy` says so. Never decoded
 * or put in order, because it is signed as it was written.
 */
export function addressOf(req: Request): string {
  const { hostname, protocol, originalUrl } = req;
  // Not `req.host`: in Express 4 it has no port. Twilio signs the forwarded one without a port as well.
  const host = req.headers.host ?? '';
  const authority = isOf(hostname, host) ? host : hostname;
  return `${protocol}://${authority}${originalUrl}`;
}

/** Whether a host with a port, or without one, is this host. */
function isOf(hostname: string | undefined, host: string): boolean {
  return hostname !== undefined && (host === hostname || host.startsWith(`${hostname}:`));
}

/** What follows the first `?`. */
export function queryIn(url: string): string {
  const from = url.indexOf('?');
  return from === -1 ? '' : url.slice(from + 1);
}
