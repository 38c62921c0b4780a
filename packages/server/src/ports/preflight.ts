/** What `debug_token` says of the BSP's own token. Times in milliseconds UTC. */
export interface InspectedToken {
  valid: boolean;
  appId: string | undefined;
  /** Meta's word: `SYSTEM_USER`, `USER`, `PAGE`, …. */
  type: string | undefined;
  /** `undefined`: never. */
  expiresAt: number | undefined;
  /** All permissions, those that are granted for some objects only included. */
  scopes: string[];
}

/** What the app hears of one kind of Meta's objects. */
export interface AppSubscription {
  /** Such as `whatsapp_business_account`. */
  object: string;
  callbackUrl: string | undefined;
  active: boolean;
  /** Names of the fields, such as `account_update`. */
  fields: string[];
}

/** One call of a preflight, with the answer as it came. Holds secrets: it is redacted before anybody sees it. */
export interface Exchange {
  method: string;
  /** Path and query, as they were sent. */
  path: string;
  status: number;
  /** Lower case; a header that came several times is a list. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
  /** When the answer began, milliseconds UTC by this machine's clock. */
  answeredAt: number;
}

/**
 * Meta, as a preflight asks it: nothing here changes anything. Every method but `exchanges` may throw a `GraphError`, `unreadable`
 * when what answers cannot be told to be Meta.
 */
export interface MetaPreflight {
  /** Asked with the app's own token, so it fails with `auth` where app id and app secret do not belong together. */
  inspectToken(token: string): Promise<InspectedToken>;
  /** Asked with the app's own token. */
  listSubscriptions(): Promise<AppSubscription[]>;
  readBusiness(): Promise<{ name: string | undefined }>;
  /** `false`: Meta says that the business may not hold pre-verified numbers. */
  mayHoldNumbers(): Promise<boolean>;
  /** All calls that Meta has answered so far, in the order of their answers; those that somebody else did are left out. */
  exchanges(): readonly Exchange[];
}

/** One call to an address that is not Meta's. */
export interface ProbeInput {
  url: string;
  method: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** For all of it, milliseconds. */
  timeoutMs: number;
}

/** What came back. */
export interface ProbeAnswer {
  status: number;
  /** Lower case; a header that came several times is joined by commas, as HTTP allows. */
  headers: Readonly<Record<string, string>>;
  /** Its beginning, as text. */
  body: string;
}

/**
 * Calls an address once and follows no redirects.
 *
 * @throws ProbeError when no answer came
 */
export type Probe = (input: ProbeInput) => Promise<ProbeAnswer>;

/** No answer came. Its message is a code such as `ECONNREFUSED`, `TIMEOUT` or `CERT_HAS_EXPIRED`, and nothing else. */
export class ProbeError extends Error {
  override readonly name = 'ProbeError';
}

/** What stands against a database keeping its promises, and what only should be known. Sentences to act on. */
export interface Durability {
  failures: string[];
  warnings: string[];
}

/** How many numbers stand where. */
export interface PoolCounts {
  /** All that Meta lists and nobody has claimed. */
  listed: number;
  /** Verified and held by nobody. */
  free: number;
  /** Those of `free` whose verification ends before the moment that was asked for. */
  freeAndLapsing: number;
}

/** A database, looked at without a write. */
export interface InspectedDatabase {
  kind: 'sqlite' | 'postgres';
  /**
   * `missing` — there is none yet, and one can be made; `behind` — migrations are left to do; `newer` — a newer version of the
   * kit has migrated it.
   */
  schema: 'missing' | 'behind' | 'current' | 'newer';
  /** What the server's clock is ahead of this machine's, milliseconds; `undefined` where both are the same clock. */
  aheadMs: number | undefined;
  durability: Durability;
  /** `undefined` where the schema is not the one of this version. */
  pool: PoolCounts | undefined;
}

/**
 * Looks at the database that the options name. Nothing is written and no file is made.
 *
 * @throws Error whose message says what to do, without an address or a password
 */
export type InspectDatabase = (input: { lapsingBefore: number }) => Promise<InspectedDatabase>;
