import type { HostHandlers } from '../config/options.ts';
import type { ResolvedOptions } from '../config/resolve-options.ts';
import { hour, minute, second } from '../domain/durations.ts';
import { hostEventTypes } from '../domain/host-event-types.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import type { HostEventDestination, HostEventEnd, HostEventLease } from '../ports/host-events.ts';
import { laneOfLeases, type Lane } from '../ports/lane.ts';
import type { Logger } from '../ports/logger.ts';
import type { PostJson } from '../ports/post-json.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';
import { afterFailure } from './after-failure.ts';
import { callHandler } from './call-handler.ts';
import type { Delivery } from './delivery.ts';
import { postEvent } from './post-event.ts';

/** What telling the host is made of. */
export interface DeliverHostEventsDeps {
  store: Pick<Store, 'leaseHostEvents' | 'finishHostEvent'>;
  on: HostHandlers;
  events: ResolvedOptions['events'];
  post: PostJson;
  clock: Clock;
  timer: Timer;
  random: Random;
  logger: Logger;
  /** Only events for this one, so that a slow address holds up no function. @default all */
  destination?: HostEventDestination;
  /** Closing: nothing new is begun after it. */
  signal: AbortSignal;
}

/** Events at once. The claims' order does not depend on it: of each claim only one is out. */
const mostAtOnce = 16;

/** For one try, milliseconds. Less than a lease, so that an event is not out twice while its first try goes on. */
const timeoutMs = 15 * second;

/** How long nodes of two versions of the host may run side by side, and how often to look meanwhile. Milliseconds. */
const updateTakes = hour;
const betweenLooks = 10 * minute;

const known: ReadonlySet<string> = new Set(hostEventTypes);

/**
 * Makes the lane that tells the host what is in the outbox; several may share one database. A lease leads to one try and one end, and the store gives a claim's next event only after that end, so
 * the order holds whoever delivers.
 *
 * @throws TypeError when a secret cannot be used
 */
export function deliverHostEvents(deps: DeliverHostEventsDeps): Lane {
  const { store, clock, random, logger, signal } = deps;
  const deliveries: Record<HostEventDestination, Delivery> = {
    handler: callHandler({ ...deps, timeoutMs }),
    http: postEvent({ ...deps, timeoutMs }),
  };
  const endOf = async (lease: HostEventLease): Promise<HostEventEnd> => {
    const now = clock.now();
    // Leased while closing began: another node may have it at once.
    if (signal.aborted) return { do: 'again', runAt: now, error: 'closing' };
    if (!known.has(lease.event.type) || !Object.hasOwn(deliveries, lease.destination)) {
      return laterOrNever(lease, now);
    }
    const error = await deliveries[lease.destination](lease.event);
    if (error === undefined) return { do: 'delivered' };
    if (error === 'no_destination') return withoutDestination(lease, now);
    return afterFailure({ lease, now: clock.now(), random, error });
  };
  // While the host is being updated another node may have the function or the address already.
  const withoutDestination = ({ firstTriedAt }: HostEventLease, now: number): HostEventEnd =>
    now < firstTriedAt + updateTakes
      ? {
          do: 'again',
          runAt: Math.min(now + betweenLooks, firstTriedAt + updateTakes),
          error: 'no_destination',
        }
      : { do: 'give_up', error: 'no_destination' };
  // A newer node may know this event; none has come for a day when this is given up.
  const laterOrNever = (lease: HostEventLease, now: number): HostEventEnd => {
    const end = afterFailure({ lease, now, random, error: 'unknown_type' });
    return end.do === 'again' ? { ...end, runAt: now + hour } : end;
  };

  const deliver = async (lease: HostEventLease): Promise<void> => {
    const end = await endOf(lease);
    const kept = await store.finishHostEvent({ lease, now: clock.now(), end });
    tellLog(logger, lease, end, kept);
  };

  return laneOfLeases({
    lease: (limit) => store.leaseHostEvents({ now: clock.now(), limit, destination: deps.destination }),
    work: deliver,
    mostAtOnce,
    onUnended: (error) => logger.warn('the end of a delivery could not be written', errorFacts(error)),
    onUntaken: (error) => logger.warn('events for the host could not be taken', errorFacts(error)),
    signal,
  });
}

/** Ids, names and figures; what the event says is the host's and its customer's. */
function tellLog(
  logger: Logger,
  { event, destination, attempts }: HostEventLease,
  end: HostEventEnd,
  kept: boolean,
) {
  const facts = { eventId: event.id, type: event.type, claimId: event.claimId, destination, attempts };
  if (!kept) logger.info('an event for the host came to another end elsewhere', facts);
  else if (end.do === 'delivered') logger.debug('the host was told', facts);
  else if (end.do === 'again')
    logger.warn('the host was not told; it is tried again', { ...facts, error: end.error });
  else
    logger.error('the host was not told; the event is kept as a dead letter', { ...facts, error: end.error });
}
