import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** What the store needs of a database, so that its queries are written once. */
export interface Engine {
  kind: 'sqlite' | 'postgres';
  /** For reading outside transactions. */
  read: Kysely<Tables>;
  /**
   * Runs `act` in one transaction, durable when the promise resolves, undone when it rejects.
   *
   * @throws StoreUnavailableError when the database cannot do it now
   */
  write<T>(act: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /**
   * Lets acts about one name, such as a customer's, happen one after the other; the lock ends with the transaction. Several
   * are taken in one order, so that two transactions cannot wait for each other.
   */
  lockNames(trx: Transaction<Tables>, names: readonly string[]): Promise<void>;
  /**
   * Like {@link Engine.write}, for changing the schema: one such act at a time among all processes, on a connection of its
   * own, with the time that it needs. It waits minutes for others, and begins anew when it and a running node were in each
   * other's way.
   *
   * @throws StoreUnavailableError when the others go on for too long; its message says what to do
   */
  migrating<T>(act: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Runs what reads by {@link Engine.read}. @throws StoreUnavailableError when the database cannot do it now */
  reading<T>(act: () => Promise<T>): Promise<T>;
  /** The database's own clock, in milliseconds UTC. Leases go by it. */
  databaseNow: RawBuilder<number>;
  /** What that clock says; `undefined` when it is this machine's. @throws StoreUnavailableError */
  databaseTime(): Promise<number | undefined>;
  /** Whether an error says that a unique index refused a row. */
  isUniqueViolation(error: unknown): boolean;
  /** How many batches may be under way at once. */
  batchesInFlight: number;
  /** Checks what the promises rest on, such as a durable commit. @throws Error with the sentence to act on */
  checkDurability(): Promise<void>;
  close(): Promise<void>;
}
