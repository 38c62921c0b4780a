import { z } from 'zod';
import type { OpenSessionRequest } from '../requests.ts';
import { prefillSchema } from './prefill.ts';

/** The body of `POST /sessions`. */
export const openSessionRequestSchema: z.ZodType<OpenSessionRequest> = z.strictObject({
  /** The wire version the widget speaks. */
  version: z.int().min(1).optional(),
  prefill: prefillSchema.optional(),
  /** A wish: numbers of this country first. ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code')
    .optional(),
});
