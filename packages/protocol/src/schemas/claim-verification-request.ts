import { z } from 'zod';
import type { ClaimVerificationRequest } from '../requests.ts';

/** Six digits in one or two groups, as Meta prints them and as people paste them: any blank or dash between. */
const asTyped = /^([0-9]{3})[\s\p{Pd}]?([0-9]{3})$/u;
const fields: ReadonlySet<string> = new Set(['code']);

/** The body of `POST /claims/:id/verification`. The code comes out as six digits. Refusals never repeat what was typed. */
export const claimVerificationRequestSchema: z.ZodType<ClaimVerificationRequest> = z
  .looseObject(
    {
      code: z
        .string('must be a text')
        .trim()
        .regex(asTyped, 'must be the six digits of the text, such as 123-456')
        .transform((typed) => typed.replace(asTyped, '$1$2')),
    },
    'must be an object',
  )
  // What stands in the place of a name may be the code itself, so it is not repeated.
  .refine((body) => Object.keys(body).every((name) => fields.has(name)), {
    message: 'has a field that does not exist',
  })
  .transform(({ code }) => ({ code }));
