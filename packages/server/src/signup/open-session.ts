import type { HeldNumber, Launch, OpenSessionRequest } from '@embedded-signup-kit/protocol';
import type { Customer } from '../config/options.ts';
import type { ResolvedOptions } from '../config/resolve-options.ts';
import { durations } from '../domain/durations.ts';
import { launchExtras } from '../domain/launch-extras.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Claim } from '../ports/records.ts';
import type { SessionClaims, SessionTokens } from '../ports/session-tokens.ts';
import type { Store } from '../ports/store.ts';

/** What opening a session is made of. */
export interface OpenSessionDeps {
  store: Store;
  tokens: SessionTokens;
  clock: Clock;
  random: Random;
  options: Pick<ResolvedOptions, 'meta' | 'extras' | 'numbersPerSession'>;
}

/** A session, ready for the page. */
export interface OpenedSignup {
  session: string;
  /** Milliseconds UTC: until when the popup may be opened. */
  launchUntil: number;
  launch: Launch;
  numbers: HeldNumber[];
  /** The customer's open claims, and the one that the older session has brought, however it ended. The newest last. */
  claims: Claim[];
}

/**
 * Opens a session for a customer, or renews one under its id for a day, and sets numbers aside. An empty pool is no error:
 * the customer can still use a number of their own.
 *
 * @throws StoreUnavailableError
 */
export function openSession({ store, tokens, clock, random, options }: OpenSessionDeps) {
  /** A session brings one claim, so one whose claim is under way or settled is not renewed: the next number needs its own. */
  const isRenewable = (old: SessionClaims, brought: Claim | undefined, now: number): boolean =>
    now < old.openedAt + durations.renewSession &&
    (brought === undefined || brought.status === 'needs_signup');

  /** With the claim that the old session brought, if it is still this customer's. Ids grow with time. */
  const withBrought = async (
    openClaims: Claim[],
    brought: Claim | undefined,
    customerId: string,
  ): Promise<Claim[]> => {
    if (brought === undefined || openClaims.some(({ id }) => id === brought.id)) return openClaims;
    // Read once more: it may have been finished since.
    const claim = await store.findClaim(brought.id);
    if (claim?.customerId !== customerId) return openClaims;
    return [...openClaims, claim].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  };

  return async (
    customer: Customer,
    request: OpenSessionRequest,
    old?: SessionClaims,
  ): Promise<OpenedSignup> => {
    const now = clock.now();
    const brought = old === undefined ? undefined : await store.findClaimOfSession(old.id);
    const renewed = old !== undefined && isRenewable(old, brought, now) ? old : undefined;
    const session: SessionClaims = {
      id: renewed?.id ?? random.id(),
      customerId: customer.id,
      openedAt: renewed?.openedAt ?? now,
      launchUntil: now + durations.launch,
      claimUntil: now + durations.deliverClaim,
    };
    const { numbers, openClaims } = await store.openSession({
      id: session.id,
      customerId: customer.id,
      country: request.country ?? customer.country,
      wanted: options.numbersPerSession,
      now,
      launchUntil: session.launchUntil,
      claimUntil: session.claimUntil,
      verifiedUntil: session.launchUntil + durations.verifiedBeyondSession,
    });
    const { meta } = options;
    return {
      session: await tokens.sign(session),
      launchUntil: session.launchUntil,
      launch: {
        appId: meta.appId,
        configId: customer.configId ?? meta.configId,
        graphVersion: meta.graphVersion,
        sdkUrl: meta.sdkUrl,
        dialogOrigins: meta.dialogOrigins,
        extras: launchExtras({
          host: options.extras,
          customer,
          page: request,
          numberIds: numbers.map((number) => number.id),
        }),
      },
      numbers,
      claims: await withBrought(openClaims, brought, customer.id),
    };
  };
}
