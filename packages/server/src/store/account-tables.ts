/** A customer's WhatsApp Business Account that Meta says is ours to look after, and when to look at it next. */
export interface AccountRow {
  app_id: string;
  business_id: string;
  waba_id: string;
  /** The customer's portfolio. */
  owner_business_id: string | null;
  /** When we heard of it first, in a webhook or in Meta's list. */
  found_at: number;
  /** Of the newest webhook that says it was added, by Meta's clock; null when only Meta's list says so. */
  added_at: number | null;
  /** Of the newest webhook that says it was removed, by Meta's clock. */
  removed_at: number | null;
  /** Numbers that left it alone, not dealt with yet: JSON, digits to Meta's time. */
  removed_numbers: string;
  /** When the last look found nothing left to be waited for; null until then. */
  settled_at: number | null;
  run_at: number | null;
  /** Since it last had news. */
  looks: number;
  /** By the database's clock. */
  lease_until: number | null;
  fence: number;
  wakes: number;
}

/** Changes of webhooks that were acted on, by their content. */
export interface HeardChangeRow {
  mark: string;
  at: number;
}

/** Which node did what is to be done once per period: one row per period. */
export interface TurnRow {
  app_id: string;
  business_id: string;
  name: string;
  slot: number;
}

/** When Meta was last asked for a list of the pool that then came whole. */
export interface MirrorRow {
  app_id: string;
  business_id: string;
  asked_at: number;
}
