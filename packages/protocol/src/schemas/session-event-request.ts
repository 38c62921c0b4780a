import { z } from 'zod';
import type { SessionEventRequest } from '../requests.ts';

/** Without control characters, which some databases refuse. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .transform((value) => value.replace(/\p{Cc}/gu, ' '));
const short = text(300);

/**
 * The body of `POST /session-events`: a CANCEL, an ERROR, or any event of the session log that is no finish.
 * Meta's payload drifts (`error_id` became `error_code`, numbers become strings), so both forms are taken
 * and what is not known is dropped by the schema, not refused.
 */
export const sessionEventRequestSchema: z.ZodType<SessionEventRequest> = z.object({
  event: z.string().regex(/^[A-Za-z0-9_]{1,80}$/, 'must be the event word of the session log'),
  data: z
    .object({
      current_step: short.optional(),
      error_code: z.union([short, z.number()]).optional(),
      error_id: z.union([short, z.number()]).optional(),
      error_message: text(2000).optional(),
      session_id: short.optional(),
      timestamp: z.union([short, z.number()]).optional(),
    })
    .optional(),
});
