/**
 * The business and profile texts that a page may put into the forms of Meta's window. The customer can change
 * them there.
 */
export interface Prefill {
  business?: {
    /** Up to 100 characters. */
    name?: string;
    email?: string;
    website?: string;
    /** The calling code, and the number without it. */
    phone?: { code: number | string; number: string };
    address?: {
      streetAddress1?: string;
      streetAddress2?: string;
      city?: string;
      state?: string;
      zipPostal?: string;
      /** ISO 3166-1 alpha-2. */
      country?: string;
    };
    /** Such as `UTC-08:00`. */
    timezone?: string;
  };
  phone?: {
    displayName?: string;
    /** Meta's name of the trade, such as `RETAIL`. */
    category?: string;
    /** Up to 512 characters. */
    description?: string;
  };
}
