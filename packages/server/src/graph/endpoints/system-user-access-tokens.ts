import { z } from 'zod';
import { metaId, type Endpoint } from '../graph-request.ts';

/** Whose token to fetch. */
export interface SystemUserTokenInput {
  /** The customer's portfolio, as `PARTNER_ADDED` names it. */
  customerBusinessId: string;
  /** One of several system users. */
  systemUserId?: string | undefined;
}

const body = z.object({ access_token: z.string().min(1) });

/**
 * `POST /<CUSTOMER_BUSINESS_ID>/system_user_access_tokens` (Meta, "Hosted Embedded Signup"): the token that a sign-up made,
 * without its code. `fetch_only` makes no new one, so this may be repeated.
 */
export const fetchSystemUserToken: Endpoint<SystemUserTokenInput, { accessToken: string }> = {
  repeat: 'idempotent',
  request: ({ customerBusinessId, systemUserId }) => ({
    action: 'fetch the customer’s token',
    method: 'POST',
    path: `/${metaId(customerBusinessId)}/system_user_access_tokens`,
    body: {
      fetch_only: true,
      ...(systemUserId === undefined ? {} : { system_user_id: metaId(systemUserId) }),
    },
  }),
  read: (answer) => ({ accessToken: body.parse(answer).access_token }),
};
