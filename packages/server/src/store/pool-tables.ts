/** The pool: one row per pre-verified number, for ever. */
export interface NumberRow {
  id: string;
  app_id: string;
  business_id: string;
  phone_number: string;
  /** The form under which numbers are compared. */
  digits: string;
  display_phone_number: string;
  country: string | null;
  verification_status: string;
  verified_at: number | null;
  verification_expires_at: number | null;
  owner_business_id: string | null;
  held_by: string | null;
  held_until: number | null;
  claim_id: string | null;
  claimed_by: string | null;
  claimed_at: number | null;
  gone_at: number | null;
  /** Of a number that is gone: when a whole list last had it. */
  last_listed_at: number | null;
  synced_at: number;
  /** When the kit saw it first; null when an older version wrote it. */
  first_seen_at: number | null;
  /** When to look at it next; null: now. */
  care_at: number | null;
  /** Of which end of the verification the host was told last, and how many days before it. */
  told_expiry: number | null;
  told_stage: number | null;
  told_unverified_at: number | null;
  /** A one-time code that came by text. */
  sealed_text: string | null;
  text_received_at: number | null;
  /** Set aside for nobody until then, because nobody knows whether Meta is deleting it. */
  doubted_until: number | null;
}

/** The ledger of calls about a telephone number that Meta counts, and that a person may ask for again. */
export interface NumberCallRow {
  id: string;
  app_id: string;
  business_id: string;
  /** The form under which numbers are compared. */
  digits: string;
  /** Meta's id of the object that was asked; null where it is still to be made. */
  number_id: string | null;
  kind: string;
  at: number;
  who: string;
  /** `SMS` or `VOICE`, of a request for a code. */
  method: string | null;
  /** Null while nobody knows, and for ever when the process was killed in the call. */
  outcome: string | null;
  reason: string | null;
  /** Keyed mark of a code that came by text. */
  mark: string | null;
  /** Until when Meta takes no further call of this kind. */
  closed_until: number | null;
}

/** The countries that the pool has, or had, numbers of, and when the host was last told that they run out. */
export interface PoolLevelRow {
  app_id: string;
  business_id: string;
  /** ISO 3166-1 alpha-2; empty for numbers that do not tell. */
  country: string;
  told_at: number | null;
  /** When there were enough again. */
  enough_at: number | null;
}
