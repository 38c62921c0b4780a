import { metaId, type CallClass, type Endpoint } from '../graph-request.ts';
import { readSuccess } from '../meta-values.ts';

/** A number of the pool, and with whom it is shared. */
export interface ShareInput {
  /** The portfolio that owns the number. */
  businessId: string;
  /** The partner's portfolio, a member of the same Multi-Partner Solution. */
  partnerBusinessId: string;
  preverifiedId: string;
}

/** `POST /<BUSINESS_ID>/share_preverified_numbers`. The partner is not told by Meta. Sharing twice is refused. */
export const sharePreverifiedNumber = call('POST', 'share the number', 'costly');

/** `DELETE /<BUSINESS_ID>/share_preverified_numbers`: the partner can no longer offer the number. */
export const unsharePreverifiedNumber = call('DELETE', 'stop sharing the number', 'costly');

/** Meta's guide shows query parameters for both verbs; its samples leave the business id out of the path by mistake. */
function call(method: 'POST' | 'DELETE', action: string, repeat: CallClass): Endpoint<ShareInput, void> {
  return {
    repeat,
    request: ({ businessId, partnerBusinessId, preverifiedId }) => ({
      action,
      method,
      path: `/${metaId(businessId)}/share_preverified_numbers`,
      query: { partner_business_id: metaId(partnerBusinessId), preverified_id: metaId(preverifiedId) },
    }),
    read: readSuccess,
  };
}
