import type { webcrypto } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { NamedKey } from '../config/derive-keys.ts';
import { SessionTokenError, type SessionTokens } from '../ports/session-tokens.ts';

const issuer = 'embedded-signup-kit';
const type = 'signup-session+jwt';
const algorithm = 'HS256';

/** More than any session needs; a longer text is not even parsed. */
const mostCharacters = 2048;

/** What the tokens are made of. */
export interface SessionTokensDeps {
  /** The first one signs; all of them verify. */
  keys: readonly NamedKey[];
  /** The audience: a session of one app is none of another's. */
  appId: string;
  now: () => number;
}

/**
 * Signup sessions as JWT (HS256). Algorithm, issuer, audience, type and required claims are fixed, because a JWT
 * library by itself takes whatever fits the key. Keys are imported once: that is most of the time a verification takes.
 */
export async function createJoseSessionTokens({
  keys,
  appId,
  now,
}: SessionTokensDeps): Promise<SessionTokens> {
  const imported = await Promise.all(
    keys.map(async ({ kid, bytes }) => ({ kid, key: await importKey(bytes) })),
  );
  const byKid = new Map(imported.map(({ kid, key }) => [kid, key]));
  const [current] = imported;
  if (current === undefined) throw new TypeError('createJoseSessionTokens: needs at least one key');

  return {
    sign: (session) =>
      new SignJWT({
        lx: Math.floor(session.launchUntil / 1000),
        fo: Math.floor(session.openedAt / 1000),
      })
        .setProtectedHeader({ alg: algorithm, typ: type, kid: current.kid })
        .setIssuer(issuer)
        .setAudience(appId)
        .setSubject(session.customerId)
        .setJti(session.id)
        .setIssuedAt(Math.floor(now() / 1000))
        .setExpirationTime(Math.floor(session.claimUntil / 1000))
        .sign(current.key),

    async verify(token) {
      if (token.length > mostCharacters) throw new SessionTokenError('session_invalid');
      try {
        const { payload } = await jwtVerify(
          token,
          ({ kid }) => {
            const key = byKid.get(kid ?? '');
            if (key === undefined) throw new Error('no key of ours');
            return key;
          },
          {
            algorithms: [algorithm],
            issuer,
            audience: appId,
            typ: type,
            requiredClaims: ['sub', 'jti', 'exp', 'iat', 'lx'],
            currentDate: new Date(now()),
          },
        );
        const { sub, jti, exp, iat, lx } = payload;
        // Tokens of the version before do not say when they were first opened.
        const { fo = iat } = payload;
        if (
          sub === undefined ||
          jti === undefined ||
          exp === undefined ||
          typeof lx !== 'number' ||
          typeof fo !== 'number'
        ) {
          throw new SessionTokenError('session_invalid');
        }
        return {
          id: jti,
          customerId: sub,
          openedAt: fo * 1000,
          launchUntil: lx * 1000,
          claimUntil: exp * 1000,
        };
      } catch (cause) {
        if (cause instanceof SessionTokenError) throw cause;
        const over = cause instanceof errors.JWTExpired;
        throw new SessionTokenError(over ? 'session_expired' : 'session_invalid', { cause });
      }
    },
  };
}

function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<webcrypto.CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}
