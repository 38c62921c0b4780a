import { isSupportedCountry } from 'libphonenumber-js/min';
import { z } from 'zod';

/** A country that national numbers are of: ISO 3166-1 alpha-2. */
export const country = z
  .string('must be a text')
  .refine((code) => isSupportedCountry(code), 'must be an ISO 3166-1 alpha-2 code, such as US');
