import { createHmac } from 'node:crypto';
import { deriveKeys, type KeyPurpose } from '../../../src/config/derive-keys.ts';
import { Secret } from '../../../src/config/secret.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';
import { canaries } from '../../support/host.ts';

/** Writes tokens by hand, with the kit's own key or any other, so that only what a test changes is wrong. */
export interface Forge {
  kid: string;
  key: Uint8Array;
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  /** The good token with changes; what is set to `undefined` is left out. */
  token(change?: {
    header?: Record<string, unknown>;
    claims?: Record<string, unknown>;
    key?: Uint8Array;
    hash?: string;
  }): string;
  /** Any two texts, signed. */
  signed(header: string, claims: string, key?: Uint8Array, hash?: string): string;
}

/** A forger who holds the test host's own secret. */
export function forgeFor(appId: string, purpose: KeyPurpose = 'sessions'): Forge {
  const [own] = deriveKeys([new Secret(canaries.secret)], purpose);
  if (own === undefined) throw new Error('no key');
  const header = { alg: 'HS256', typ: 'signup-session+jwt', kid: own.kid };
  const claims = {
    lx: t0 / 1000 + 3_600,
    fo: t0 / 1000,
    iss: 'embedded-signup-kit',
    aud: appId,
    sub: 'lucky-shrub',
    jti: '01990000-0000-7000-8000-000000000000',
    iat: t0 / 1000,
    exp: t0 / 1000 + 86_400,
  };
  const signed: Forge['signed'] = (head, body, key = own.bytes, hash = 'sha256') => {
    const text = `${coded(head)}.${coded(body)}`;
    return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`;
  };
  return {
    kid: own.kid,
    key: own.bytes,
    header,
    claims,
    signed,
    token: (change = {}) =>
      signed(
        JSON.stringify({ ...header, ...change.header }),
        JSON.stringify({ ...claims, ...change.claims }),
        change.key,
        change.hash,
      ),
  };
}

/** Text as a part of a token. */
export function coded(text: string | Uint8Array): string {
  return Buffer.from(text).toString('base64url');
}

/** What a token says, believed without a look at its signature. */
export function saidBy(token: string): Record<string, unknown> {
  const said: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return { ...(typeof said === 'object' ? said : {}) };
}
