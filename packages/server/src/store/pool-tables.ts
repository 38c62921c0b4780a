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
