import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether `proof` is the hex HMAC-SHA256 of the token under the app's secret ("Securing Graph API calls"). */
export function isAppSecretProof(proof: string, token: string, appSecret: string): boolean {
  const expected = Buffer.from(createHmac('sha256', appSecret).update(token).digest('hex'));
  const given = Buffer.from(proof);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
