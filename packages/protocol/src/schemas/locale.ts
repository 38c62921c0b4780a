import { z } from 'zod';

/** A locale as Meta writes it. A language that Meta does not have is English there. */
export const locale = z
  .string('must be a text')
  .regex(/^[a-z]{2,3}([_-][A-Za-z]{2,4})?$/, 'must be a locale such as en_US');
