import { checkOf, finding } from '../check.ts';

/** The verify token is there, without which the callback cannot be set up. */
export const checkVerifyToken = checkOf('verify_token', ['meta.webhookVerifyToken'], ({ options }) =>
  Promise.resolve(
    options.meta.webhookVerifyToken === undefined
      ? {
          seen: '',
          findings: [
            finding(
              'verify_token_missing',
              'not set',
              'Make up a text, set it as meta.webhookVerifyToken (META_WEBHOOK_VERIFY_TOKEN), and enter the same in App Dashboard ▸ WhatsApp ▸ Configuration ▸ Webhook ▸ Verify token: without it /webhook refuses Meta’s handshake.',
            ),
          ],
        }
      : { seen: 'set' },
  ),
);
