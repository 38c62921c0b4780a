import { z } from 'zod';

/**
 * An id of Meta's: a string of digits, never a JavaScript number (ids pass 2^53, and a number would be
 * rounded to somebody else's id).
 */
export const metaId = z
  .string('must be a text of digits, as Meta sends it')
  .regex(/^[0-9]{1,20}$/, 'must be a string of 1 to 20 digits, as Meta sends it');
