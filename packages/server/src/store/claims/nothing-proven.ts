import type { ClaimRow } from '../tables.ts';

/** The columns of a claim of which Meta has said nothing yet. */
export const nothingProven = {
  waba_id: null,
  phone_number_id: null,
  phone_number: null,
  digits: null,
  display_phone_number: null,
  number_source: 'unknown',
  pool_number_id: null,
  proven_at: null,
  register_by: null,
  credit_allocation_id: null,
  remind_at: null,
} as const satisfies Partial<ClaimRow>;
