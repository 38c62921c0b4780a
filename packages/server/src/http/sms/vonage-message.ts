import { createHash } from 'node:crypto';
import { jwtVerify } from 'jose';
import { isSame } from './is-one-of.ts';
import { bytesAreGone } from './read-text-body.ts';
import { only, type SignedText, type TextRequest } from './text-request.ts';
import { mostAge, type VonageOptions } from './vonage-text.ts';

/**
 * A text of Vonage's Messages API: JSON, with a JWT in `Authorization` that is signed by the signature secret (HS256, whatever
 * method is chosen for the SMS API) and holds the SHA-256 of the body (Vonage, "Signed webhooks").
 *
 * @param now milliseconds UTC
 * @throws HttpProblem when a parser of the host's has taken the bytes away
 */
export async function vonageMessage(
  { secrets }: VonageOptions,
  token: string,
  { body }: TextRequest,
  now: number,
): Promise<SignedText | undefined> {
  for (const secret of secrets) {
    const hash = await signedHash(token, secret.reveal(), now);
    if (hash === undefined) continue;
    if (body?.bytes === undefined) throw bytesAreGone();
    const isOfIt = isSame(Buffer.from(hash, 'hex'), createHash('sha256').update(body.bytes).digest());
    return isOfIt ? { to: only(body.fields, 'to'), body: only(body.fields, 'text') } : undefined;
  }
  return undefined;
}

/** The hash in a token that this secret signed a moment ago. */
async function signedHash(token: string, secret: string, now: number): Promise<string | undefined> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      currentDate: new Date(now),
      requiredClaims: ['iat', 'payload_hash'],
    });
    const { iat = 0, payload_hash: hash } = payload;
    const isRecent = Math.abs(now - iat * 1000) <= mostAge;
    return isRecent && typeof hash === 'string' && /^[0-9a-f]{64}$/i.test(hash) ? hash : undefined;
  } catch {
    // Its sentence says why; that it is not signed is enough for a stranger.
    return undefined;
  }
}
