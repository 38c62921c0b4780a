import { z } from 'zod';
import type { ClaimRequest } from '../requests.ts';
import { metaId } from './meta-id.ts';

/**
 * What the session log says of the finish. All of it is hearsay until Meta confirms it. Ids of other assets
 * (pages, catalogs …) may come along; they are kept as they are when they are digit strings.
 */
const finishDataSchema = z.object({
  phone_number_id: metaId.optional(),
  waba_id: metaId.optional(),
  business_id: metaId.optional(),
  waba_ids: z.array(metaId).max(50).optional(),
  ad_account_ids: z.array(metaId).max(50).optional(),
  page_ids: z.array(metaId).max(50).optional(),
  dataset_ids: z.array(metaId).max(50).optional(),
  catalog_ids: z.array(metaId).max(50).optional(),
  instagram_account_ids: z.array(metaId).max(50).optional(),
});

/** The body of `POST /claims`: the event, or the code, or both. */
export const claimRequestSchema: z.ZodType<ClaimRequest> = z
  .strictObject({
    event: z
      .string()
      .regex(/^FINISH(_[A-Z0-9_]{1,80})?$/, 'must be a FINISH event of the session log')
      .optional(),
    data: finishDataSchema.optional(),
    /** The code of `FB.login`. It lives 30 seconds. */
    code: z.string().min(1).max(4096).optional(),
    /** Only for a launch by full-page redirect: the exact address that Meta was given. */
    redirectUri: z
      .url()
      .max(2048)
      .regex(/^\P{Cc}*$/u, 'must be without control characters')
      .optional(),
  })
  .refine((body) => body.event !== undefined || body.code !== undefined, {
    message: 'needs an event, or a code, or both',
    path: [],
  })
  .refine((body) => body.data === undefined || body.event !== undefined, {
    message: 'data belongs to an event',
    path: ['data'],
  });
