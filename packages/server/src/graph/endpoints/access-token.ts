import { z } from 'zod';
import type { Endpoint } from '../graph-request.ts';

/** A code of the popup, and the app it was made for. */
export interface AccessTokenInput {
  appId: string;
  appSecret: string;
  /** `response.authResponse.code`. Works once, within 30 seconds. */
  code: string;
  /** Only for flows with a redirect: the popup sends none. */
  redirectUri?: string | undefined;
}

/** A customer's token. */
export interface AccessToken {
  accessToken: string;
  /** Seconds from now; `undefined` when the token does not expire. */
  expiresInSeconds: number | undefined;
}

const body = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});

/**
 * `GET /oauth/access_token` (Meta, "Onboarding customers as a Tech Provider", step 1). Meta documents the app secret and
 * the code as parameters of the address and nothing else, so this address must never reach a log.
 */
export const accessToken: Endpoint<AccessTokenInput, AccessToken> = {
  repeat: 'code',
  request: ({ appId, appSecret, code, redirectUri }) => {
    // Meta's codes are letters, digits and a few signs. Anything else would come back spelled in ways that no mask knows.
    if (typeof code !== 'string' || !/^[\x21-\x7e]+$/.test(code)) {
      throw new TypeError('graph: the code is empty or holds what no code of Meta’s holds; nothing was sent');
    }
    return {
      action: 'exchange the code',
      method: 'GET',
      path: '/oauth/access_token',
      query: {
        client_id: appId,
        client_secret: appSecret,
        code,
        ...(redirectUri === undefined ? {} : { redirect_uri: redirectUri }),
      },
      secrets: [appSecret, code],
    };
  },
  read: (answer) => {
    const { access_token, expires_in } = body.parse(answer);
    return { accessToken: access_token, expiresInSeconds: expires_in };
  },
  meaning({ code, subcode, words }) {
    // "Error validating client secret." comes as code 1, which elsewhere, and with other words here, is "unknown error".
    if (code === 1 && /client secret/i.test(words)) return { kind: 'auth', advice: 'Check the app secret.' };
    return code === 100 && subcode === undefined ? { kind: 'code_refused' } : undefined;
  },
};
