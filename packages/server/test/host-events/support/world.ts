import { inspect } from 'node:util';
import type { HostHandlers } from '../../../src/config/options.ts';
import type { ResolvedOptions } from '../../../src/config/resolve-options.ts';
import { deliverHostEvents } from '../../../src/host-events/deliver-host-events.ts';
import type { HostEventType } from '../../../src/domain/host-event-types.ts';
import type { HostEvent, HostEventDestination, HostEventEnd } from '../../../src/ports/host-events.ts';
import type { Timer } from '../../../src/ports/clock.ts';
import type { Logger } from '../../../src/ports/logger.ts';
import type { PostJson, PostJsonInput } from '../../../src/ports/post-json.ts';
import type { Store } from '../../../src/ports/store.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';

/** Milliseconds. */
export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** One event for one destination, as the outbox keeps it. */
export interface OutboxRow {
  event: HostEvent;
  destination: HostEventDestination;
  state: 'waiting' | 'dead' | 'delivered';
  runAt: number;
  attempts: number;
  firstTriedAt: number | undefined;
  leasedUntil: number | undefined;
  fence: number;
  lastError: string | undefined;
}

/** The store's side of telling the host, in memory: what the two methods promise, and nothing more. */
export function createOutbox(now: () => number, leaseMs = 20 * second) {
  const rows: OutboxRow[] = [];
  const isFree = (row: OutboxRow) => row.leasedUntil === undefined || row.leasedUntil <= now();
  const isOldest = (row: OutboxRow) =>
    rows.find(
      (other) =>
        other.state === 'waiting' &&
        other.event.claimId === row.event.claimId &&
        other.destination === row.destination,
    ) === row;
  const store: Pick<Store, 'leaseHostEvents' | 'finishHostEvent'> = {
    leaseHostEvents: async ({ now: at, limit }) =>
      rows
        .filter((row) => row.state === 'waiting' && row.runAt <= at && isFree(row) && isOldest(row))
        .slice(0, limit)
        .map((row) => {
          row.leasedUntil = now() + leaseMs;
          row.fence += 1;
          row.attempts += 1;
          row.firstTriedAt ??= at;
          const { destination, attempts, firstTriedAt, fence } = row;
          return { event: structuredClone(row.event), destination, attempts, firstTriedAt, fence };
        }),
    finishHostEvent: async ({ lease, end }) => {
      const row = rows.find(
        ({ event, destination, fence }) =>
          event.id === lease.event.id && destination === lease.destination && fence === lease.fence,
      );
      if (row === undefined || row.state !== 'waiting') return false;
      row.leasedUntil = undefined;
      Object.assign(row, written(end));
      return true;
    },
  };
  return { rows, store };
}

function written(end: HostEventEnd): Partial<OutboxRow> {
  if (end.do === 'delivered') return { state: 'delivered' };
  if (end.do === 'again') return { runAt: end.runAt, lastError: end.error };
  return { state: 'dead', lastError: end.error };
}

/** What the world is made of. */
export interface WorldOptions {
  on?: HostHandlers;
  events?: ResolvedOptions['events'];
  post?: PostJson;
  /** @default the middle of what is possible */
  below?: (limit: number) => number;
  logger?: Logger;
  store?: Partial<ReturnType<typeof createOutbox>['store']>;
}

/** An outbox, a frozen clock with the timers that hang on it, and who delivers. */
export function createWorld(options: WorldOptions = {}) {
  let now = t0;
  const timers = new Set<{ at: number; run: () => void }>();
  const timer: Timer = {
    after(ms, run) {
      const one = { at: now + ms, run };
      timers.add(one);
      return { cancel: () => void timers.delete(one) };
    },
  };
  const log: string[] = [];
  const note = (level: string) => (message: string, facts?: object) =>
    void log.push(inspect({ level, message, ...facts }));
  const closing = new AbortController();
  const outbox = createOutbox(() => now);
  const posted: PostJsonInput[] = [];
  const deps = {
    on: {},
    events: undefined,
    post: async (input: PostJsonInput) => {
      posted.push(input);
      return { status: 204 };
    },
    ...options,
    store: { ...outbox.store, ...options.store },
    clock: { now: () => now },
    timer,
    random: { id: () => 'never asked for', below: options.below ?? ((limit: number) => (limit - 1) / 2) },
    logger: options.logger ?? {
      debug: note('debug'),
      info: note('info'),
      warn: note('warn'),
      error: note('error'),
    },
    signal: closing.signal,
  };
  let count = 0;
  return {
    outbox,
    rows: outbox.rows,
    deps,
    delivery: deliverHostEvents(deps),
    log,
    posted,
    timers,
    close: () => closing.abort(),
    /** Puts an event into the outbox. */
    tell(
      over: Partial<Omit<HostEvent, 'type'>> & { type?: string; to?: HostEventDestination[] } = {},
    ): HostEvent {
      count += 1;
      const { to = ['handler'], type = 'claimRegistered', ...rest } = over;
      const event: HostEvent = {
        id: `event-${count}`,
        type: type as HostEventType, // some tests tell what this version does not know
        occurredAt: new Date(now).toISOString(),
        claimId: `claim-${count}`,
        data: { claim: { status: 'registered' } },
        ...rest,
      };
      for (const destination of to) {
        outbox.rows.push({
          event,
          destination,
          state: 'waiting',
          runAt: now,
          attempts: 0,
          firstTriedAt: undefined,
          leasedUntil: undefined,
          fence: 0,
          lastError: undefined,
        });
      }
      return event;
    },
    now: () => now,
    /** Moves the clock, and runs the timers whose time has come. */
    pass(ms: number) {
      now += ms;
      for (const one of timers) {
        if (one.at > now) continue;
        timers.delete(one);
        one.run();
      }
    },
  };
}

/** A promise, and the way to keep it. */
export function promised<Value = void>() {
  let keep: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
}
