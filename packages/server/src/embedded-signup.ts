import type { Router } from 'express';
import type { ClaimVerbs } from './claims/claim-verbs.ts';
import type { NumberVerbs } from './numbers/number-verbs.ts';
import type { PoolVerbs } from './pool/pool-verbs.ts';
import type { Claim } from './ports/records.ts';
import type { Page, PageQuery } from './ports/page.ts';
import type { WebhookHeaders } from './webhook/header-of.ts';
import type { RotatedSecrets, RotationOptions } from './secrets/rotate-secrets.ts';

/** The kit, ready to be mounted. */
export interface EmbeddedSignup {
  /** For customers: mount it where the widget's `server` attribute points. */
  router: Router;
  /** For BSP staff: mount it behind the host's own authentication. */
  operator: Router;
  /** `/healthz` and `/readyz` alone, which `router` has as well: for a process that serves no customers. */
  health: Router;
  /** The names of the migrations that were applied to the database just now; empty when it was up to date. */
  migrated: readonly string[];
  /** What operators do with the pool by HTTP, for the host's own code. `who` goes into the ledger of calls. */
  pool: PoolVerbs;
  /** What operators do by HTTP, for the host's own code. `who` goes into the claim's history. */
  claims: Omit<ClaimVerbs, 'accessToken' | 'redeliver'> & {
    find(id: string): Promise<Claim | undefined>;
    list(query: PageQuery<Claim['status']>): Promise<Page<Claim>>;
  };
  /** Numbers in service: what is known of them, texts to their customers, and numbers of the pool that go on an account. */
  numbers: NumberVerbs;
  /**
   * The newest token of a customer's account, for the host's own calls to Meta. Ask for it each time: a customer who signs
   * up again brings a new one.
   */
  accessToken: ClaimVerbs['accessToken'];
  /**
   * Seals codes, tokens and PINs anew with the first of `secrets`, while the servers go on. Run it when every server has the
   * new one in front; once a run has nothing left to seal and nothing that it cannot open, the old ones can be taken away. It
   * may be killed at any moment and run again. @throws StoreUnavailableError
   */
  rotateSecrets(options?: RotationOptions): Promise<RotatedSecrets>;
  /**
   * Takes a webhook of Meta's, for hosts whose app has a callback of its own: hand every one over, as it came. Resolves when
   * what the kit acts on is on disk, and `on.webhook` has taken the rest; only then answer with 200.
   *
   * @param rawBody the bytes as they came, not what a parser made of them
   * @throws WebhookRefusedError whose `status` is to be answered; StoreUnavailableError
   */
  receiveWebhook(rawBody: Uint8Array, headers: WebhookHeaders): Promise<void>;
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
