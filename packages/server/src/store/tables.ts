import type { AccountRow, HeardChangeRow, MirrorRow, TurnRow } from './account-tables.ts';
import type {
  AccountCapRow,
  IdentityRow,
  PhoneNumberChangeRow,
  PhoneNumberRow,
} from './phone-number-tables.ts';
import type { NumberCallRow, NumberRow, PoolLevelRow } from './pool-tables.ts';

/**
 * The tables as Kysely sees them. Times are milliseconds UTC, ids of ours UUIDv7 text, Meta's ids digit text,
 * flags 0 or 1, so that one schema serves SQLite and PostgreSQL. `sealed_…` columns hold JWE texts.
 */
export interface Tables {
  signup_numbers: NumberRow;
  signup_holds: HoldRow;
  signup_sessions: SessionRow;
  signup_session_events: SessionEventRow;
  signup_claims: ClaimRow;
  signup_claim_history: ClaimHistoryRow;
  signup_work: WorkRow;
  signup_pins: PinRow;
  signup_attempts: AttemptRow;
  signup_host_events: HostEventRow;
  signup_spent_codes: SpentCodeRow;
  signup_accounts: AccountRow;
  signup_heard_changes: HeardChangeRow;
  signup_turns: TurnRow;
  signup_mirrors: MirrorRow;
  signup_number_calls: NumberCallRow;
  signup_pool_levels: PoolLevelRow;
  signup_phone_numbers: PhoneNumberRow;
  signup_phone_number_changes: PhoneNumberChangeRow;
  signup_identities: IdentityRow;
  signup_account_caps: AccountCapRow;
}

/** Who held which number, and until when: history as well as state. */
export interface HoldRow {
  number_id: string;
  session_id: string;
  customer_id: string;
  held_at: number;
  held_until: number;
  released_at: number | null;
}

/** One attempt of one customer. */
export interface SessionRow {
  id: string;
  app_id: string;
  business_id: string;
  customer_id: string;
  country: string | null;
  created_at: number;
  renewed_at: number;
  launch_until: number;
  claim_until: number;
}

/** Events of the session log that are no finish. */
export interface SessionEventRow {
  id: string;
  session_id: string;
  at: number;
  event: string;
  step: string | null;
  error_code: string | null;
  error_message: string | null;
  meta_session_id: string | null;
}

/** One claim per session; one live claim per WhatsApp phone number. */
export interface ClaimRow {
  id: string;
  app_id: string;
  business_id: string;
  session_id: string;
  customer_id: string;
  status: string;
  /** 1 from proof until it is over: the unique index on the number looks at it. */
  live: number;
  event: string | null;
  event_data: string;
  waba_id: string | null;
  phone_number_id: string | null;
  phone_number: string | null;
  display_phone_number: string | null;
  number_source: string;
  pool_number_id: string | null;
  reason_code: string | null;
  reason_message: string | null;
  sealed_code: string | null;
  code_mark: string | null;
  code_received_at: number | null;
  code_used_at: number | null;
  redirect_uri: string | null;
  sealed_token: string | null;
  token_expires_at: number | null;
  created_at: number;
  updated_at: number;
  proven_at: number | null;
  registered_at: number | null;
  register_by: number | null;
  history_length: number;
  event_received_at: number | null;
  /** Of the proven number, in the form under which numbers are compared. */
  digits: string | null;
  assigned_at: number | null;
  assigned_waba_id: string | null;
  assigned_phone_number_id: string | null;
  credit_allocation_id: string | null;
  token_at: number | null;
  /** When to look whether it is registered; null when there is nothing to remind of. */
  remind_at: number | null;
  /** When Meta's own word opened or completed it, for want of a browser. */
  recovered_at: number | null;
  /** When the host was last told that its token runs out. */
  token_warned_at: number | null;
  /** Of a claim that an operator opened without a popup: which number of the pool goes on which account, under which name. */
  attach_number_id: string | null;
  attach_name: string | null;
  attach_waba_id: string | null;
}

/** Append-only. */
export interface ClaimHistoryRow {
  claim_id: string;
  position: number;
  at: number;
  what: string;
  who: string;
  status: string;
  reason: string | null;
  trace_id: string | null;
}

/** What is left to do for a claim. A worker may write only under the fence it was given. */
export interface WorkRow {
  id: string;
  app_id: string;
  business_id: string;
  kind: string;
  claim_id: string;
  step: string;
  run_at: number;
  attempts: number;
  /** By the database's clock, so that a node whose clock is wrong cannot steal. */
  lease_until: number | null;
  fence: number;
  wakes: number;
  created_at: number;
}

/** The two-step PIN of a WhatsApp phone number, kept before Meta hears it. */
export interface PinRow {
  phone_number_id: string;
  sealed_pin: string;
  created_at: number;
  /** The operator who gave it; null when the kit made it. */
  supplied_by: string | null;
}

/** The ledger of calls that Meta counts. */
export interface AttemptRow {
  phone_number_id: string;
  kind: string;
  at: number;
  claim_id: string;
  fence: number;
}

/** Codes that were sent to Meta, by their marks. */
export interface SpentCodeRow {
  code_mark: string;
  claim_id: string;
  at: number;
}

/** The outbox: what the host is still to be told, one row per event and destination. Delivered ones are deleted. */
export interface HostEventRow {
  id: string;
  destination: string;
  app_id: string;
  business_id: string;
  type: string;
  claim_id: string | null;
  /** The order of a claim's events. */
  position: number;
  occurred_at: number;
  /** JSON. */
  data: string;
  /** `waiting`, or `dead` once it is given up. */
  state: string;
  run_at: number;
  attempts: number;
  first_tried_at: number | null;
  /** By the database's clock. */
  lease_until: number | null;
  fence: number;
  last_error: string | null;
}
