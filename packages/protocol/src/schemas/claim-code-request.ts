import { z } from 'zod';
import type { ClaimCodeRequest } from '../requests.ts';
import { locale } from './locale.ts';

/** The body of `POST /claims/:id/code`. */
export const claimCodeRequestSchema: z.ZodType<ClaimCodeRequest> = z.strictObject({
  method: z.enum(['SMS', 'VOICE'], 'must be SMS or VOICE').optional(),
  language: locale.optional(),
});
