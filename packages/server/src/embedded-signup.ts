import type { Router } from 'express';
import type { ClaimVerbs } from './claims/claim-verbs.ts';
import type { SyncedPool } from './pool/sync-pool.ts';
import type { Claim, PoolRecord } from './ports/records.ts';
import type { Page, PageQuery } from './ports/page.ts';

/** The kit, ready to be mounted. */
export interface EmbeddedSignup {
  /** For customers: mount it where the widget's `server` attribute points. */
  router: Router;
  /** For BSP staff: mount it behind the host's own authentication. */
  operator: Router;
  pool: {
    /** Mirrors the pool as Meta lists it. @throws GraphError, StoreUnavailableError */
    sync(): Promise<SyncedPool>;
    list(query: PageQuery): Promise<Page<PoolRecord>>;
  };
  /** What operators do by HTTP, for the host's own code. `who` goes into the claim's history. */
  claims: Omit<ClaimVerbs, 'accessToken' | 'redeliver'> & {
    find(id: string): Promise<Claim | undefined>;
    list(query: PageQuery<Claim['status']>): Promise<Page<Claim>>;
  };
  /**
   * The newest token of a customer's account, for the host's own calls to Meta. Ask for it each time: a customer who signs
   * up again brings a new one.
   */
  accessToken: ClaimVerbs['accessToken'];
  /** Begins the background work and fetches the pool. */
  start(): Promise<void>;
  /** One round of the background work: everything that is due now. */
  runDue(): Promise<void>;
  /**
   * Takes no new work, lets what is under way come to its next halt, gives back the rest, and closes the database: within 10
   * seconds. Close the HTTP server first, so that no request comes in meanwhile.
   */
  close(): Promise<void>;
}
