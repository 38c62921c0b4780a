import { createHmac } from 'node:crypto';

/** Value of `X-Hub-Signature-256`: `sha256=` and the hex HMAC-SHA256 of the body under the app's secret. */
export function signatureOf(body: string, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}
