import type { webcrypto } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { NamedKey } from '../config/derive-keys.ts';
import { SessionTokenError, type SessionTokens } from '../ports/session-tokens.ts';

const issuer = 'embedded-signup-kit';
const type = 'signup-session+jwt';
const algorithm = 'HS256';

/** More than any session needs; a longer text is not even parsed. */
const mostCharacters = 2048;

/** What a session must say, of which kind. Seconds are whole; a JWT library takes any number. */
const claimsSchema = z.object({
  sub: z.string().min(1),
  jti: z.string().min(1),
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  lx: z.int(),
  // Tokens of the version before do not say when they were first opened.
  fo: z.int().optional(),
});

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
 * library by itself takes whatever fits the key. The key is found by its name among those derived from the secrets, and
 * nothing else that a header says is looked at. Keys are imported once: that is most of the time a verification takes.
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
        const { payload, protectedHeader } = await jwtVerify(
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
        if (!isOurSpelling(token, protectedHeader, payload)) throw new SessionTokenError('session_invalid');
        const { sub, jti, exp, iat, lx, fo = iat } = claimsSchema.parse(payload);
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

/** 32 bytes in base64url: the last character has two bits of its own, which have to be zero. */
const signature = /^[\w-]{42}[AEIMQUYcgkosw048]$/;

/**
 * Whether a text is spelled as this kit spells it. Decoders are forgiving (padding, blanks, stray bits, a key that stands
 * twice), so that one session could be written in many ways.
 */
function isOurSpelling(token: string, header: object, payload: object): boolean {
  const [head, body, end = ''] = token.split('.');
  return head === spelled(header) && body === spelled(payload) && signature.test(end);
}

function spelled(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<webcrypto.CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}
