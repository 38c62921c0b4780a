import { z } from 'zod';
import type { Prefill } from '../requests.ts';

const text = (most: number) => z.string().trim().min(1).max(most);

/**
 * What a page may put into the popup's forms: the texts of Meta's pre-filled data page, and nothing that
 * decides what is claimed. Ids (`business.id`, `preVerifiedPhone`, `solutionID`) come from the server alone.
 */
export const prefillSchema: z.ZodType<Prefill> = z.strictObject({
  business: z
    .strictObject({
      name: text(100),
      email: text(254),
      website: text(2048),
      phone: z.strictObject({ code: z.union([z.int(), text(4)]), number: text(20) }),
      address: z
        .strictObject({
          streetAddress1: text(200),
          streetAddress2: text(200),
          city: text(100),
          state: text(100),
          zipPostal: text(20),
          country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code'),
        })
        .partial(),
      timezone: z.string().regex(/^UTC[+-]\d{2}:\d{2}$/, 'must look like UTC-08:00'),
    })
    .partial()
    .optional(),
  phone: z
    .strictObject({ displayName: text(100), category: text(50), description: text(512) })
    .partial()
    .optional(),
});
