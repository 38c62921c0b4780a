/** A number on a customer's account that a live claim owns, or owned. */
export interface PhoneNumberRow {
  app_id: string;
  business_id: string;
  /** Meta's id of the WhatsApp phone number. */
  phone_number_id: string;
  waba_id: string;
  phone_number: string;
  /** The form under which numbers are compared. */
  digits: string;
  display_phone_number: string;
  /** JSON: each fact with its value and since when it is known to be true. */
  facts: string;
  /** Whether the identity check is on, as the kit set it; null where it never did: Meta does not tell. */
  identity_check: number | null;
  identity_check_at: number | null;
  /** How often it was begun to switch it off, or the number left: what was begun before that switches nothing on. */
  identity_check_turn: number;
  /** Meta may be switching it off until then, by the database's clock; null when nobody has begun to. */
  identity_check_off_until: number | null;
  created_at: number;
  /** When its last live claim was over. */
  left_at: number | null;
  /** When Meta last answered with all of it. */
  read_at: number | null;
  /** When Meta was last asked, or when somebody took it to ask; null when nobody did. What an account may have goes by it. */
  asked_at: number | null;
  /** When to read it next. */
  run_at: number;
  /** What makes that read urgent: see `phone-numbers/urgency.ts`; null where nobody waits for it. */
  urgent: number | null;
  /** Reads that failed since the last one that did not. */
  failures: number;
  /** Why the last read failed; null when it did not. */
  problem: string | null;
  problem_at: number | null;
  /** News since it is known: a read that ends later than the news came leaves `run_at` alone. */
  wakes: number;
}

/** What changed about a number, append-only. */
export interface PhoneNumberChangeRow {
  id: string;
  app_id: string;
  business_id: string;
  phone_number_id: string;
  at: number;
  fact: string;
  before: string | null;
  after: string | null;
  /** `meta`, `kit`, or an operator's name. */
  who: string;
}

/** Who a customer of a business number is known to be. */
export interface IdentityRow {
  app_id: string;
  business_id: string;
  phone_number_id: string;
  /** Of the customer, in the form under which numbers are compared. */
  digits: string;
  /** The newest hash, by Meta's clock; with when and in which message it was seen. */
  hash: string | null;
  hash_at: number | null;
  hash_message_id: string | null;
  /** When another hash than that was last seen. */
  other_at: number | null;
  /** The newest message that Meta did not deliver for its hash (137000). */
  mismatch_at: number | null;
  mismatch_message_id: string | null;
  /** When the host vouched for the customer last, by our clock; and who did. */
  trusted_at: number | null;
  trusted_by: string | null;
  /** The newest of all that was known then, by Meta's clock: what is no newer says nothing against them. */
  settled_at: number | null;
  /** The id of the change that was vouched for then. */
  trusted_change: string | null;
  /** JSON: what the host is to be told of a change that was noted where nobody hears of it; null when there is nothing. */
  untold: string | null;
}

/** How many numbers Meta allows the portfolio of an account. */
export interface AccountCapRow {
  app_id: string;
  business_id: string;
  waba_id: string;
  most_numbers: number;
  /** By Meta's clock. */
  at: number;
}
