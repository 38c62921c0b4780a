import { createHmac } from 'node:crypto';
import { isTrustworthyUrl } from '../../config/origins.ts';
import type { GraphRequest } from '../graph-request.ts';

/** Where every call goes: one origin, one version. */
export interface GraphAddress {
  origin: string;
  /** In front of the version; usually empty. */
  basePath: string;
  version: string;
}

/** A call as it goes out. The path can hold secrets: it must not reach a log. */
export interface WireRequest {
  origin: string;
  path: string;
  method: GraphRequest['method'];
  headers: Record<string, string>;
  body: string | undefined;
}

/**
 * Checks where calls go.
 *
 * @throws TypeError when the address is not https (http on this machine), or the version does not look like `v26.0`
 */
export function graphAddress(graphUrl: string, version: string): GraphAddress {
  if (typeof version !== 'string' || !/^v\d{1,3}\.\d{1,2}$/.test(version)) {
    throw new TypeError('graph: graphVersion must look like v26.0');
  }
  if (!isTrustworthyUrl(graphUrl)) {
    throw new TypeError('graph: graphUrl must be an https address (http only on this machine)');
  }
  const { origin, pathname, search, hash } = new URL(graphUrl);
  const basePath = pathname.replace(/\/$/, '');
  if (!/^(\/[\w-]+)*$/.test(basePath) || search !== '' || hash !== '') {
    throw new TypeError('graph: graphUrl must be an address without parameters');
  }
  return { origin, basePath, version };
}

/** What a path may look like behind the base: `/v26.0/123/phone_numbers`. Nothing in it can point elsewhere. */
const shape = /^\/v\d{1,3}\.\d{1,2}(\/[0-9a-z_]+){1,2}$/;

/**
 * Puts a call together. The token goes into the `Authorization` header, because addresses end up in logs; its proof is
 * a parameter, as Meta documents it ("Secure Graph API calls").
 *
 * @throws TypeError when something of it cannot be sent
 */
export function wireRequest(
  address: GraphAddress,
  request: GraphRequest,
  token: string | undefined,
  appSecret: string,
): WireRequest {
  const version = `/${address.version}${request.path}`;
  if (!shape.test(version)) throw new TypeError('graph: this is no path of Meta’s; nothing was sent');
  const query = new URLSearchParams(request.query);
  if (token !== undefined) query.set('appsecret_proof', appsecretProof(checkedToken(token), appSecret));
  const path = address.basePath + version;
  return {
    origin: address.origin,
    path: query.size > 0 ? `${path}?${query}` : path,
    method: request.method,
    headers: {
      accept: 'application/json',
      // An answer cut off in a compressed stream says less than one cut off in plain text.
      'accept-encoding': 'identity',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
  };
}

/** Proof that a call comes from the app's own server: hex HMAC-SHA256 of the token under the app secret. */
export function appsecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

function checkedToken(token: string): string {
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    throw new TypeError('graph: the token is empty or holds blanks; nothing was sent');
  }
  return token;
}
