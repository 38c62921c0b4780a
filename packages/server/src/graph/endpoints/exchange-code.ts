import { z } from 'zod';
import type { Endpoint } from '../graph-request.ts';

const body = z.object({
  access_token: z.string().min(1),
  /** Seconds. Absent when the token never expires. */
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});

/**
 * `GET /oauth/access_token` (Meta, "Onboarding customers as a Tech Provider", step 1). Meta wants the app secret
 * and the code in the query, so this URL must never reach a log. The popup flow sends no `redirect_uri`.
 */
export const exchangeCode: Endpoint<
  { appId: string; appSecret: string; code: string; redirectUri: string | undefined },
  { accessToken: string; expiresInSeconds: number | undefined }
> = {
  request: ({ appId, appSecret, code, redirectUri }) => ({
    action: 'exchange the code',
    method: 'GET',
    path: '/oauth/access_token',
    query: {
      client_id: appId,
      client_secret: appSecret,
      code,
      ...(redirectUri === undefined ? {} : { redirect_uri: redirectUri }),
    },
  }),
  read: (answer) => {
    const { access_token, expires_in } = body.parse(answer);
    return { accessToken: access_token, expiresInSeconds: expires_in };
  },
};
